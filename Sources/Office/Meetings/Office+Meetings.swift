import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Opens a meeting, admits its members and prepares the notice that calls them.
  ///
  /// Who admits members is a deputy, who signs notices and drafts none: the handler who submits the
  /// prepared notice is its drafter.
  package func createMeeting(
    _ request: API.CreateMeetingRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.createMeeting, request, by: acting, on: request.number ?? "-") {
      transaction, desk in
      let opened = try desk.open(
        Opening(
          kind: .meeting, title: request.title, number: request.number, admit: request.members,
          on: request.on), in: transaction)
      let members = try Field.agencies(request.members, "members").filter { $0 != agency }
      var notice = DraftContent(
        form: .meetingNotice, title: try Field.line(request.title, "title"), body: "", to: members)
      notice.meeting = DraftMeeting(
        series: try Field.line(request.series, "series"), issue: max(0, request.issue),
        heldOn: request.heldOn, place: try Field.optionalLine(request.place, "place"),
        chair: try Field.optionalLine(request.chair, "chair"))
      _ = try notice.meeting?.record()
      let row = DraftRow(
        id: desk.newID(), dossier: opened.dossier, content: notice, drafter: try desk.clerk().id)
      try row.insert(of: agency, at: desk.now, in: transaction.sql)
      var step = try desk.step(
        opened.dossier, opened.change, opened.records, number: opened.number, in: transaction)
      step.draft = row.id.uuidString
      return step
    }
  }

  /// Drafts the minutes, or their next version when one circulates already.
  package func minutes(_ request: API.MinutesRequest, by acting: Acting) async throws -> API.Draft {
    try await write(API.minutes, request, by: acting, on: request.meeting) { transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.meeting, in: transaction)
      var content = DraftContent(form: .minutes, title: request.title, body: request.body)
      content.items = request.resolutions
      let newest = try Minutes.all(of: dossier, by: agency, in: transaction).last
      content.supersedes = newest?.document.uuidString
      content.required = request.required
      if content.required.isEmpty {
        content.required = try desk.members(of: dossier, in: transaction)
      }
      var meeting = try desk.meeting(of: dossier, in: transaction)
      meeting.present = request.present
      meeting.absent = request.absent
      meeting.topics = request.topics
      content.meeting = meeting
      _ = try meeting.record()
      return try desk.draft(content, in: dossier, in: transaction)
    }
  }

  /// Circulates a signed version for countersigning; its hash is what members sign.
  package func circulate(
    _ request: API.CirculateRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.circulate, request, by: acting, on: request.meeting) {
      transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.meeting, in: transaction)
      let draft: DraftRow
      if let named = request.draft, !named.isEmpty {
        draft = try desk.draft(named, in: transaction)
        guard draft.state == .signed else { throw draft.notIn([.signed]) }
      } else {
        let signed = try DraftRow.all(
          .minutes, of: agency, in: dossier, state: .signed, transaction.sql)
        guard let newest = signed.first else {
          throw OfficeError(.draftState, ["state": "-", "needed": "draft.signed"])
        }
        draft = newest
      }
      guard draft.dossier == dossier, try draft.form() == .minutes else {
        throw Lookup.notFound(request.draft ?? "")
      }
      _ = try desk.role(oneOf: [.registry, .deputy, .head], for: "verb.circulate")
      var step = try desk.issue(draft, on: request.on, in: transaction)
      step.state = MinutesState.circulated.rawValue
      return step
    }
  }

  /// Countersigns a version.
  package func countersign(
    _ request: API.CountersignRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.countersign, request, by: acting, on: request.meeting) {
      transaction, desk in
      let version = try Minutes.pick(
        request.version, of: request.meeting, by: agency, in: transaction)
      return try desk.answer(
        .countersign, version, request.on, request.note ?? "", in: transaction)
    }
  }

  /// Abstains from a version: answered, without a word for or against it.
  package func abstain(_ request: API.AbstainRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.abstain, request, by: acting, on: request.meeting) { transaction, desk in
      let version = try Minutes.pick(
        request.version, of: request.meeting, by: agency, in: transaction)
      return try desk.answer(.abstain, version, request.on, request.note ?? "", in: transaction)
    }
  }

  /// Objects to a version; after the finalization it stands as a reserved opinion.
  package func object(_ request: API.ObjectRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.object, request, by: acting, on: request.meeting) { transaction, desk in
      let version = try Minutes.pick(
        request.version, of: request.meeting, by: agency, in: transaction)
      let text = try Field.text(request.text, "text")
      return try desk.answer(.object, version, request.on, text, in: transaction)
    }
  }

  /// Records that members let the time for countersigning pass in silence, naming them.
  ///
  /// Lawful after the last day of the rule for countersigning, by the business clock and by the
  /// date stated; whoever has answered this text, also by an objection, was not silent.
  package func lapse(_ request: API.LapseRequest, by acting: Acting) async throws -> API.Step {
    try await write(API.lapse, request, by: acting, on: request.meeting) { transaction, desk in
      let version = try Minutes.pick(
        request.version, of: request.meeting, by: agency, in: transaction)
      let deadlines = try Deadlines.read(in: transaction.sql)
      let due = deadlines.due(.countersign, from: version.circulatedOn)
      return try desk.answer(
        .lapse, version, request.on, request.note ?? "", in: transaction
      ) { act, _ in
        guard act.on > due.on else {
          throw OfficeError(.conflict, ["detail": "conflict.notLapsed, \(due.on)"])
        }
        let named = try Field.agencies(request.members, "members")
        if let heard = named.first(where: { !version.silent.contains($0) }) {
          throw OfficeError(.conflict, ["detail": "conflict.notSilent, \(heard.rawValue)"])
        }
        act.agencies = named.isEmpty ? version.silent : named
        guard !act.agencies.isEmpty else {
          throw OfficeError(.conflict, ["detail": "conflict.notSilent"])
        }
      }
    }
  }

  /// Finalizes a version, citing what every required member answered to this very text.
  package func finalize(
    _ request: API.FinalizeRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.finalize, request, by: acting, on: request.meeting) { transaction, desk in
      let version = try Minutes.pick(
        request.version, of: request.meeting, by: agency, in: transaction)
      let answers = try version.answers(in: transaction)
      return try desk.answer(
        .finalize, version, request.on, request.note ?? "", in: transaction
      ) { act, _ in
        let missing = version.missing
        guard missing.isEmpty else {
          throw OfficeError(
            .countersignaturesMissing,
            ["missing": missing.map(\.rawValue).joined(separator: ", ")])
        }
        act.basis += answers
      }
    }
  }

  /// Issues the final minutes with their number; the resolutions begin to run.
  package func issueMinutes(
    _ request: API.IssueMinutesRequest, by acting: Acting
  ) async throws -> API.Step {
    try await write(API.issueMinutes, request, by: acting, on: request.meeting) {
      transaction, desk in
      let dossier = try Lookup(agency: agency).dossier(request.meeting, in: transaction)
      let all = try Minutes.convened(in: dossier, in: transaction)
      guard let version = all.last(where: { $0.state == .finalized }) ?? all.last else {
        throw OfficeError(.versionUnknown, ["version": "1"])
      }
      let finalized = try version.acts([.finalize], in: transaction)
      var number = ""
      var step = try desk.answer(
        .issue, version, request.on, request.note ?? "", in: transaction
      ) { act, desk in
        number = try desk.minutesNumber(version, year: act.on.year, in: transaction)
        act.internalNumber = number
        act.basis += finalized
      }
      step.number = number
      return step
    }
  }
}
