import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// From which papers and which day duties run, and which of them are listed when there are many.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct DutySourceTests {
  private func due(_ agency: Agency, _ dossier: String) async throws -> [API.DeadlineLine] {
    try await agency.office.deadlines(API.DeadlineListRequest(dossier: dossier)).deadlines
  }

  /// The letters that are past their date.
  private func late(_ agency: Agency, asOf: String? = nil) async throws -> [API.OverdueLine] {
    try await agency.office.overdue(API.OverdueRequest(asOf: asOf)).lines.filter {
      $0.type == "letter"
    }
  }

  @Test func `casework A7 of a letter or a meeting notice that was revoked nothing is due`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-09-20")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "inspection", title: "年度督察", admit: ["420300-SFJ"]),
        by: fzb.by(.deputy)
      ).dossier
      let letter = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
            to: ["420300-SFJ"],
            items: [API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ")]),
          by: fzb.by(.handler)))
      let meeting = try await fzb.office.createMeeting(
        API.CreateMeetingRequest(
          title: "联席会议", series: "联席会议", issue: 3, heldOn: "2023-09-20",
          members: ["420300-SFJ"]), by: fzb.by(.deputy)
      ).dossier
      let draft = try #require(
        try await fzb.store.read { transaction in
          try transaction.sql.value(
            "SELECT id FROM office.draft WHERE kind = 'meetingNotice'", as: RecordID.self)
        })
      let act = API.DraftActRequest(draft: draft.uuidString)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      let notice = try await fzb.office.issue(act.issue, by: fzb.by(.registry))
      try await city.settle()
      _ = try await sfj.office.receive(
        API.ReceiveRequest(clue: letter.number ?? ""), by: sfj.by(.registry))
      try await city.settle()
      let circulate = DeadlineRule.Code.circulate.rawValue
      #expect(try await due(fzb, dossier).contains { $0.rule == "D17" })
      #expect(try await due(fzb, meeting).contains { $0.rule == circulate })
      try city.on("2023-12-20")
      #expect(try await late(fzb).count == 1)
      for record in [letter, notice] {
        _ = try await fzb.office.revokeDocument(
          API.RevokeDocumentRequest(
            document: try #require(record.records.first), text: "取消"), by: fzb.by(.deputy))
      }
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await !due(agency, dossier).contains { $0.rule == "D17" })
        #expect(try await !due(agency, meeting).contains { $0.rule == circulate })
        #expect(try await late(agency).isEmpty)
      }
      #expect(try await late(fzb, asOf: "2023-12-19").count == 1)
    }
  }

  @Test func `casework A7 a resolution runs from the issue of its minutes in every list`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-10-20")
      let meeting = try await fzb.office.createMeeting(
        API.CreateMeetingRequest(
          title: "联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20",
          members: ["420300-SFJ"]), by: fzb.by(.deputy)
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
      _ = try await sfj.office.countersign(
        API.CountersignRequest(meeting: meeting), by: sfj.by(.deputy))
      try await city.settle()
      _ = try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      try city.on("2023-11-06")
      _ = try await fzb.office.issueMinutes(
        API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
      try await city.settle()
      let issued = try #require(CivilDate("2023-11-06"))
      let day = Deadlines(WorkCalendar()).due(.resolution, from: issued).on.description
      try city.on("2024-03-01")
      let items = try await sfj.office.items(API.ItemListRequest(dossier: meeting)).items
      #expect(items.map(\.dueOn) == [day])
      let listed = try await due(sfj, meeting).filter { $0.subject == items.first?.id }
      #expect(listed.map(\.dueOn) == [day])
      let late = try await sfj.office.overdue(API.OverdueRequest()).lines
      #expect(late.filter { $0.type == "item" }.map(\.dueOn) == [day])
    }
  }

  @Test func `casework A7 a referral to the police is approved, sent and decided in its days`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let police = try await city.host(at: "420300-JW", kind: "unit")
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-JW"])
      func listed(_ office: Office) async throws -> [String] {
        try await office.deadlines(API.DeadlineListRequest(dossier: dossier)).deadlines.map {
          "\($0.rule ?? "") \($0.owes) \($0.dueOn)"
        }
      }
      let draft = try await fzb.office.draft(
        API.DraftRequest(
          dossier: dossier, form: "policeReferral", title: "案件移送书", body: "正文",
          to: [City.hosted]), by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id, note: "补证据")
      #expect(try await listed(fzb.office).isEmpty)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      try city.on("2023-03-08")
      _ = try await fzb.office.review(act, by: fzb.by(.sectionHead))
      #expect(try await listed(fzb.office) == ["D22 420300-FZB 2023-03-10"])
      _ = try await fzb.office.returnDraft(act, by: fzb.by(.sectionHead))
      #expect(try await listed(fzb.office).isEmpty)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      // 2023-03-11 is a Saturday; the hours until it is sent run through every day.
      #expect(try await listed(fzb.office) == ["D22 420300-FZB 2023-03-13"])
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      #expect(try await listed(fzb.office) == ["D22b 420300-FZB 2023-03-09"])
      try await city.settle()
      #expect(try await listed(jw.office).isEmpty, "a draft is known at home alone")
      let issued = try await fzb.office.issue(act.issue, by: fzb.by(.registry))
      try await city.settle()
      _ = try await police.office.receive(
        API.ReceiveRequest(clue: issued.number ?? ""), by: police.by(.registry))
      try await city.settle()
      for office in [fzb.office, police.office] {
        #expect(try await listed(office) == ["D22c 420304-JW 2023-03-13"])
      }
    }
  }

  @Test func `the oldest duty is listed although there are more than are read at once`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-09-20")
      let dossier = try await fzb.office.createDossier(
        API.CreateDossierRequest(kind: "petition", title: "反映办证超期"), by: fzb.by(.deputy)
      ).dossier
      let first = try #require(try await due(fzb, dossier).first)
      try await city.tamper(
        fzb,
        """
        INSERT INTO casework.course
        SELECT (jsonb_populate_record(c, jsonb_build_object(
          'subject', overlay(gen_random_uuid()::text PLACING '7' FROM 15 FOR 1),
          'stage_on', '2030-01-01'))).*
        FROM casework.course c, generate_series(1, 10002)
        """)
      // The row that is written last is the last one that is found.
      try await city.tamper(
        fzb, "UPDATE casework.course SET results = results WHERE stage_on IS NULL")
      let list = try await fzb.office.deadlines(API.DeadlineListRequest(limit: 1))
      #expect(list.truncated && list.deadlines.map(\.subject) == [first.subject])
    }
  }
}
