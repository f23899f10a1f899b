import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Steps that answer somebody else's silence, report or request, and what a refusal of them says.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct StepsTests {
  private static let two = Array(City.six.prefix(2))
  private static let three = Array(City.six.prefix(3))

  @Test func `a draft is reviewed by another person, and goes back from every state before issue`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler))
      let draft = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
        by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      let back = API.DraftActRequest(draft: draft.id, note: "改正标题")
      await expect(.draftState) { try await fzb.office.review(act, by: fzb.by(.sectionHead)) }
      await expect(.draftState) { try await fzb.office.returnDraft(back, by: fzb.by(.deputy)) }
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      await expect(.roleMissing) { try await fzb.office.review(act, by: fzb.by(.handler)) }
      let reviewed = try await fzb.office.review(act, by: fzb.by(.sectionHead))
      #expect(reviewed.state == "reviewed")
      await expect(.missingValue) {
        try await fzb.office.returnDraft(act, by: fzb.by(.sectionHead))
      }
      #expect(try await fzb.office.returnDraft(back, by: fzb.by(.deputy)).state == "draft")
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.review(act, by: fzb.by(.sectionHead))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      // What is signed only those may take back who may sign.
      await expect(.roleMissing) {
        try await fzb.office.returnDraft(back, by: fzb.by(.sectionHead))
      }
      let returned = try await fzb.office.returnDraft(back, by: fzb.by(.head))
      #expect(returned.state == "draft")
      #expect(returned.signer == nil)
      // What was sent back its drafter changes, and nobody else.
      let change = API.ChangeDraftRequest(draft: draft.id, title: "移送函(改)")
      await expect(.conflict) {
        try await fzb.office.changeDraft(change, by: fzb.by(.sectionHead))
      }
      try await changeCopies(of: draft.id, at: fzb)
      let changed = try await fzb.office.changeDraft(change, by: fzb.by(.handler))
      #expect(try await fzb.office.drafts(API.DraftListRequest()).drafts == [changed])
      let letter = try await fzb.finish(changed)
      let issued = try await fzb.office.document(
        API.DocumentRequest(document: try #require(letter.records.first)))
      #expect(issued.title == "移送函(改)" && issued.body == "现移送" && issued.items.count == 1)
      #expect(try await fzb.office.drafts(API.DraftListRequest()).drafts.isEmpty)
      await expect(.draftState) { try await fzb.office.returnDraft(back, by: fzb.by(.head)) }
      await expect(.draftState) {
        try await fzb.office.changeDraft(change, by: fzb.by(.handler))
      }

      let own = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "再移送", points: ["一"]),
        by: fzb.by(.sectionHead))
      let request = API.DraftActRequest(draft: own.id, note: "请审核")
      _ = try await fzb.office.submit(request, by: fzb.by(.handler))
      let noted = try await fzb.store.read { transaction in
        try transaction.sql.value(
          "SELECT detail FROM office.audit WHERE verb = 'submit' ORDER BY seq DESC LIMIT 1",
          as: String.self)
      }
      #expect(noted == "请审核")
      await expect(.conflict) { try await fzb.office.review(request, by: fzb.by(.sectionHead)) }
    }
  }

  private func changeCopies(of draft: String, at agency: Agency) async throws {
    func copies(_ cc: [String]?) async throws -> [String] {
      let request = API.ChangeDraftRequest(draft: draft, cc: cc)
      _ = try await agency.office.changeDraft(request, by: agency.by(.handler))
      let read = API.DocumentRequest(document: draft)
      return try await agency.office.document(read, by: agency.by(.handler)).cc
    }
    #expect(try await copies(["420300-JW"]) == ["420300-JW"])
    #expect(try await copies(nil) == ["420300-JW"], "what is not named stays")
    #expect(try await copies([]).isEmpty)
  }

  @Test func `silence lapses after the last day, by name, and never for who has answered`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let meeting = try await circulated(city)
      _ = try await jw.office.object(
        API.ObjectRequest(meeting: meeting, text: "第一条不准"), by: jw.by(.deputy))
      try await city.settle()
      let lapse = API.LapseRequest(meeting: meeting)
      // Circulated on Friday 20 October: the five working days end on Friday the 27th.
      try city.on("2023-10-27")
      await expect(.conflict) { try await fzb.office.lapse(lapse, by: fzb.by(.deputy)) }
      try city.on("2023-10-30")
      await expect(.conflict) {
        try await fzb.office.lapse(
          API.LapseRequest(meeting: meeting, on: "2023-10-27"), by: fzb.by(.deputy))
      }
      await expect(.roleMissing) { try await fzb.office.lapse(lapse, by: fzb.by(.handler)) }
      await expect(.notYours) { try await sfj.office.lapse(lapse, by: sfj.by(.deputy)) }
      await expect(.conflict) {
        try await fzb.office.lapse(
          API.LapseRequest(meeting: meeting, members: ["420300-JW"]), by: fzb.by(.deputy))
      }
      _ = try await fzb.office.lapse(lapse, by: fzb.by(.deputy))
      let shown = try await fzb.office.meeting(API.MeetingRequest(meeting: meeting))
      let act = try #require(shown.acts.last)
      #expect(act.verb == "lapse")
      #expect(act.agencies == ["420300-SFJ"])
      await expect(.countersignaturesMissing) {
        try await fzb.office.finalize(
          API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      }
      _ = try await jw.office.countersign(
        API.CountersignRequest(meeting: meeting), by: jw.by(.deputy))
      try await city.settle()
      let final = try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      #expect(final.state == MinutesState.finalized.rawValue)
    }
  }

  /// A meeting of FZB whose minutes JW and SFJ must countersign, with one resolution for SFJ.
  private func circulated(_ city: City) async throws -> String {
    let fzb = try city["420300-FZB"]
    try city.on("2023-10-20")
    let meeting = try await fzb.office.createMeeting(
      API.CreateMeetingRequest(
        title: "联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20",
        members: ["420300-JW", "420300-SFJ"]), by: fzb.by(.deputy)
    ).dossier
    let draft = try await fzb.office.minutes(
      API.MinutesRequest(
        meeting: meeting, title: "纪要", body: "议定一项",
        resolutions: [API.DraftItem(kind: "resolution", text: "完善制度", unit: "420300-SFJ")]),
      by: fzb.by(.handler))
    let act = API.DraftActRequest(draft: draft.id)
    _ = try await fzb.office.submit(act, by: fzb.by(.handler))
    _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
    _ = try await fzb.office.circulate(
      API.CirculateRequest(meeting: meeting), by: fzb.by(.registry))
    try await city.settle()
    return meeting
  }

  @Test func `row 28: a report is sent back with a reason, and the next one is signed off`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let meeting = try await circulated(city)
      for code in ["420300-JW", "420300-SFJ"] {
        let member = try city[code]
        _ = try await member.office.countersign(
          API.CountersignRequest(meeting: meeting), by: member.by(.deputy))
      }
      try await city.settle()
      _ = try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      _ = try await fzb.office.issueMinutes(
        API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
      try await city.settle()
      let item = try #require(
        try await sfj.office.meeting(API.MeetingRequest(meeting: meeting)).resolutions.first
      ).id
      let reject = API.ItemRejectRequest(item: item, reason: "formalOnly", note: "仍未施行")
      await expect(.unlawful) {
        try await fzb.office.rejectItem(reject, by: fzb.by(.sectionHead))
      }
      _ = try await sfj.office.reportItem(
        API.ItemReportRequest(item: item, text: "已印发"), by: sfj.by(.head))
      try await city.settle()
      await expect(.roleMissing) { try await fzb.office.rejectItem(reject, by: fzb.by(.head)) }
      await expect(.notYours) {
        try await sfj.office.rejectItem(reject, by: sfj.by(.sectionHead))
      }
      await expect(.invalidValue) {
        try await fzb.office.rejectItem(
          API.ItemRejectRequest(item: item, reason: "whatever"), by: fzb.by(.sectionHead))
      }
      let rejected = try await fzb.office.rejectItem(reject, by: fzb.by(.sectionHead))
      #expect(rejected.state == ItemState.rejected.rawValue)
      await expect(.unlawful) {
        try await fzb.office.passItem(API.ItemActRequest(item: item), by: fzb.by(.sectionHead))
      }
      try await city.settle()
      _ = try await sfj.office.reportItem(
        API.ItemReportRequest(item: item, text: "已施行"), by: sfj.by(.head))
      try await city.settle()
      let passed = try await fzb.office.passItem(
        API.ItemActRequest(item: item), by: fzb.by(.sectionHead))
      #expect(passed.state == ItemState.passed.rawValue)
      _ = try await fzb.office.signOffItem(API.ItemActRequest(item: item), by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await agency.item(of: meeting).state == ItemState.signedOff.rawValue)
      }
    }
  }

  @Test func `a withdrawal is refused by its addressee alone, and only when it was asked for`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      let refuse = API.AgreeWithdrawRequest(clue: clue, note: "已开始办理")
      await expect(.conflict) {
        try await jw.office.refuseWithdraw(refuse, by: jw.by(.caseOffice))
      }
      _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      try await city.settle()
      await expect(.roleMissing) {
        try await jw.office.refuseWithdraw(refuse, by: jw.by(.registry))
      }
      await expect(.notYours) {
        try await fzb.office.refuseWithdraw(refuse, by: fzb.by(.deputy))
      }
      _ = try await jw.office.refuseWithdraw(refuse, by: jw.by(.caseOffice))
      try await city.settle()
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.referrals.first?.withdrawal == WithdrawState.refused.rawValue)
      #expect(shown.state == ReferralState.sent.rawValue)
    }
  }

  @Test func `a refusal names the step that was tried and who may take it`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let empty = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler)
      ).dossier
      await expect(.conflict) {
        try await fzb.office.withdraw(API.WithdrawRequest(clue: empty), by: fzb.by(.deputy))
      }
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      do {
        _ = try await fzb.office.accept(API.AcceptRequest(clue: clue), by: fzb.by(.sectionHead))
        Issue.record("an agency accepted its own letter")
      } catch let error as OfficeError {
        #expect(error.refusal == .notYours)
        #expect(error.problem(in: .zh).detail == "受理 由 420300-JW 办理")
      }
      do {
        _ = try await fzb.office.recordResult(
          API.ResultRequest(clue: clue, kind: "caseFiled"), by: fzb.by(.head))
        Issue.record("an agency recorded a result on its own letter")
      } catch let error as OfficeError {
        #expect(error.refusal == .notYours)
        #expect(error.problem(in: .zh).detail.hasPrefix("记录"))
      }
    }
  }

  @Test func `a result without a date is of today, and an excluded holder has no turn`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      try city.on("2023-03-09")
      _ = try await jw.office.recordResult(
        API.ResultRequest(clue: clue, kind: "caseFiled"), by: jw.by(.caseOffice))
      try await city.settle()
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.results.map(\.on) == ["2023-03-09"])
      #expect(shown.holder == "420300-JW")
      _ = try await fzb.office.exclude(
        API.ExcludeRequest(dossier: clue, agency: "420300-JW", reason: "涉及该机关"),
        by: fzb.by(.deputy))
      let after = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(after.holder == "420300-FZB")
      #expect(after.dueOn == nil)
      #expect(try await fzb.office.clues(API.ClueListRequest()).clues.first?.dueOn == nil)
    }
  }

  @Test func `scenario S12 an ended member keeps what it had and hears no more until let in again`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await fzb.office.end(
        API.EndRequest(dossier: clue, agency: "420300-JW", reason: "另案办理"),
        by: fzb.by(.deputy))
      try await city.settle()
      let members = try await fzb.office.dossier(API.DossierRequest(dossier: clue)).members
      #expect(members == ["420300-FZB"])
      #expect(try await jw.office.dossier(API.DossierRequest(dossier: clue)).members == members)
      let again = try await fzb.office.admit(
        API.AdmitRequest(dossier: clue, agency: "420300-JW"), by: fzb.by(.deputy))
      try await city.settle()
      #expect(try await jw.office.show(API.ShowRequest(id: again.changeSet)).dossier == clue)
    }
  }

  @Test func `an explanation lists the acts of a change set that does not count, with the reason`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      let received = try await jw.office.receive(
        API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      try await city.settle()
      let (dossier, change) = (
        try #require(DossierID(hex: clue)), try #require(ChangeSetID(hex: received.changeSet))
      )
      try await city.tamper(
        fzb, "DELETE FROM casework.act WHERE dossier = \(dossier) AND change = \(change)")
      try await city.tamper(
        fzb,
        """
        INSERT INTO casework.void (dossier, change, part, record, author, reason, detail)
        VALUES (\(dossier), \(change), -1, -1, '420300-JW', 'notCounted', 'fork')
        """)
      let why = try await fzb.office.explain(API.ExplainRequest(dossier: clue))
      #expect(why.voids.map(\.verb) == ["receive"])
      #expect(why.voids.map(\.voidReason) == ["fork"])
      #expect(Catalogue.contains("void.fork"))
    }
  }

  @Test func `security T15 the check of the node names the line of the audit that was tampered`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      _ = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲"), by: fzb.by(.handler))
      let before = try await fzb.office.auditCheck()
      #expect(before.fault == nil)
      #expect(before.lines > 0)
      try await city.tamper(fzb, "UPDATE office.audit SET verb = 'x' WHERE seq = 1")
      let after = try await fzb.office.auditCheck()
      #expect(
        after.fault == API.RowDifference(table: "office.audit", id: "seq=1", kind: "changed"))
    }
  }
}
