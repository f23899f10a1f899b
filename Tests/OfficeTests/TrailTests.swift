import Casework
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// One clue's paper trail (casework, appendix D) over six offices with databases of their own.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct TrailTests {
  @Test func `casework C11: the whole trail of a clue, and its digest on every entitled node`()
    async throws
  {
    try await City.with { city in
      let fzb = try city["420300-FZB"]
      let clue = try await lead(city)
      try await handle(clue, city)
      try await assess(clue, city)
      let meeting = try await resolve(city)
      try await compare([clue, meeting], city)

      let shown = try await fzb.office.clue(API.ClueRequest(clue: "420300-FZB-XS-2023-0004"))
      #expect(shown.state == ReferralState.closed.rawValue)
      #expect(shown.referrals.count == 2)
      #expect(shown.referrals.last?.forwardedBy == "420300-JW")
      #expect(shown.results.map(\.kind) == ["caseFiled", "sanction"])
      #expect(shown.results.last?.personKey != "P-001")
      #expect(shown.points.count == 2)
      #expect(shown.acts.allSatisfy { $0.voidReason == nil })
      #expect(!shown.members.contains("420322-FZB"))

      try await expectNothing(of: clue, at: city["420322-FZB"])
    }
  }

  /// SFJ tells FZB, which opens the clue, excludes the unit and refers it.
  func lead(_ city: City) async throws -> String {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    try city.on("2023-03-02")
    let advice = try await sfj.office.createDossier(
      API.CreateDossierRequest(kind: "advice", title: "复议发现履行迟延"), by: sfj.by(.handler))
    let supply = try await sfj.finish(
      try await sfj.office.draft(
        API.DraftRequest(
          dossier: advice.dossier, form: "leadSupply", title: "线索提供函", body: "提供",
          to: ["420300-FZB"]), by: sfj.by(.handler)))
    #expect(supply.number == "样司办函〔2023〕1号")
    try await city.settle()
    _ = try await fzb.office.receive(
      API.ReceiveRequest(clue: "样司办函〔2023〕1号"), by: fzb.by(.registry))

    try city.on("2023-03-06")
    let clue = try await fzb.office.createClue(
      API.CreateClueRequest(
        title: "许可超期不办", number: "420300-FZB-XS-2023-0004", source: "reconsideration",
        sourceAgency: "420300-SFJ", exclude: ["420322-FZB"],
        informant: API.SealedSheet(audience: ["420322-JW"], title: "反映人", body: "联络方式"),
      ), by: fzb.by(.deputy))
    #expect(clue.number == "420300-FZB-XS-2023-0004")
    #expect(clue.state == "registered")
    try city.on("2023-03-07")
    let letter = try await fzb.finish(
      try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现将问题线索移送你单位",
          points: ["超期不办", "违规收费"]), by: fzb.by(.handler)))
    #expect(letter.number == "样法办函〔2023〕1号")
    try await city.settle()
    return clue.dossier
  }

  /// JW forwards to the county body, which accepts, files, sanctions and feeds back.
  func handle(_ clue: String, _ city: City) async throws {
    let (fzb, jw, county) = (
      try city["420300-FZB"], try city["420300-JW"], try city["420322-JW"]
    )
    try city.on("2023-03-08")
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    try city.on("2023-03-13")
    _ = try await jw.office.forward(
      API.ForwardRequest(clue: clue, to: "420322-JW", note: "由县级管辖"), by: jw.by(.deputy))
    try await city.settle()
    try city.on("2023-03-14")
    _ = try await county.office.receive(API.ReceiveRequest(clue: clue), by: county.by(.registry))
    try city.on("2023-03-15")
    let accepted = try await county.office.accept(
      API.AcceptRequest(clue: clue, internalNumber: "县监2023-1"), by: county.by(.caseOffice))
    #expect(accepted.state == ReferralState.accepted.rawValue)
    try await city.settle()
    let line = try await fzb.office.clues(API.ClueListRequest()).clues.first
    #expect(line?.holder == "420322-JW")
    #expect(line?.dueOn == "2023-04-14")
    let sheets = try await county.office.document(
      API.DocumentRequest(document: "样法办函〔2023〕1号"), by: county.by(.caseOffice)
    ).sealed
    #expect(sheets.map(\.body) == ["联络方式"])

    try city.on("2023-04-03")
    _ = try await county.office.dispose(
      API.DisposeRequest(clue: clue, kind: "verification"), by: county.by(.head))
    try city.on("2023-06-12")
    _ = try await county.office.recordResult(
      API.ResultRequest(clue: clue, kind: "caseFiled", on: "2023-06-12"),
      by: county.by(.caseOffice))
    try city.on("2023-09-18")
    _ = try await county.office.recordResult(
      API.ResultRequest(
        clue: clue, kind: "sanction", on: "2023-09-18",
        measures: [
          API.Measure(class: "party", value: "warning"),
          API.Measure(class: "governmental", value: "demerit"),
        ], personKey: "P-001", formOfDiscipline: 2), by: county.by(.caseOffice))
    try city.on("2023-09-20")
    _ = try await county.office.dispose(
      API.DisposeRequest(clue: clue, kind: "executed"), by: county.by(.head))
    try city.on("2023-09-28")
    _ = try await county.office.feedback(
      API.FeedbackRequest(clue: clue, stage: "executed", final: true, note: "已处分执行"),
      by: county.by(.caseOffice))
    try await city.settle()
  }

  /// FZB puts the case in the assessment lines of the unit, which never hears of the clue.
  private func assess(_ clue: String, _ city: City) async throws {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-10-08")
    var request = API.AssessRequest(unit: "420322-FZB", cases: [clue], cc: ["420300-SFJ"])
    await expect(.conflict) { try await fzb.office.assess(request, by: fzb.by(.handler)) }
    request.cc = ["420300-JW", "420322-FZB"]
    let draft = try await fzb.office.assess(request, by: fzb.by(.handler))
    let paper = try await fzb.finish(draft)
    #expect(paper.number == "样法办报〔2023〕1号")
    try await city.settle()
    let read = try await jw.office.document(API.DocumentRequest(document: draft.id))
    #expect(read.to == [] && read.cc == ["420300-JW"])
    try await jw.receive(draft.id)
    try await fzb.advance(draft.id, to: "published", as: .head)
    try await city.settle()
    for agency in [fzb, jw] {
      let found = try await agency.office.deductions(API.OverdueRequest(unit: "420322-FZB"))
      let line = try #require(found.lines.first)
      #expect(found.lines.count == 1 && found.units.first?.points == 200)
      #expect(line.rule == "accountable" && line.stage == "published" && line.said == nil)
      #expect(line.text.contains("2023-09-18") && !line.text.contains("XS"))
      let evidence = try await agency.office.show(API.ShowRequest(id: line.record))
      #expect(evidence.kind == "result" && evidence.author == "420322-JW")
    }
    request.cc = []
    await expect(.conflict) { try await fzb.office.assess(request, by: fzb.by(.handler)) }
  }

  /// The meeting's minutes in two versions, and one resolution until it is signed off.
  func resolve(_ city: City) async throws -> String {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    try city.on("2023-10-20")
    let meeting = try await fzb.office.createMeeting(
      API.CreateMeetingRequest(
        title: "第三次联席会议", series: "协作配合联席会议", issue: 3, heldOn: "2023-10-20",
        members: ["420300-JW", "420300-SFJ", "420300-FY"]), by: fzb.by(.deputy))
    for version in 1...2 {
      let draft = try await fzb.office.minutes(
        API.MinutesRequest(
          meeting: meeting.dossier, title: "纪要", body: "第\(version)稿",
          resolutions: [
            API.DraftItem(
              kind: "resolution", text: "制度完善", unit: "420300-SFJ", dueOn: "2023-11-30")
          ]), by: fzb.by(.handler))
      #expect(draft.version == version)
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      _ = try await fzb.office.circulate(
        API.CirculateRequest(meeting: meeting.dossier), by: fzb.by(.registry))
      if version == 1 {
        try await city.settle()
        // One member signs the first version; that signature never carries over.
        _ = try await sfj.office.countersign(
          API.CountersignRequest(meeting: meeting.dossier, version: 1), by: sfj.by(.deputy))
      }
    }
    try await city.settle()
    await expect(.countersignaturesMissing) {
      try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting.dossier, version: 2), by: fzb.by(.deputy))
    }
    for code in ["420300-JW", "420300-SFJ", "420300-FY"] {
      let member = try city[code]
      _ = try await member.office.countersign(
        API.CountersignRequest(meeting: meeting.dossier), by: member.by(.deputy))
    }
    try await city.settle()
    _ = try await fzb.office.finalize(
      API.FinalizeRequest(meeting: meeting.dossier), by: fzb.by(.deputy))
    let issued = try await fzb.office.issueMinutes(
      API.IssueMinutesRequest(meeting: meeting.dossier), by: fzb.by(.registry))
    #expect(issued.number == "第3期")
    try await city.settle()
    try await signOff(meeting.dossier, city)
    return meeting.dossier
  }

  private func signOff(_ meeting: String, _ city: City) async throws {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    let shown = try await sfj.office.meeting(API.MeetingRequest(meeting: meeting))
    #expect(shown.state == MinutesState.issued.rawValue)
    #expect(shown.series == "协作配合联席会议")
    let item = try #require(shown.resolutions.first)
    #expect(item.dueOn == "2023-11-30")
    try city.on("2023-11-27")
    _ = try await sfj.office.reportItem(
      API.ItemReportRequest(item: item.id, text: "制度已印发"), by: sfj.by(.head))
    try await city.settle()
    try city.on("2023-12-01")
    _ = try await fzb.office.passItem(API.ItemActRequest(item: item.id), by: fzb.by(.sectionHead))
    try city.on("2023-12-04")
    let done = try await fzb.office.signOffItem(
      API.ItemActRequest(item: item.id), by: fzb.by(.deputy))
    #expect(done.state == ItemState.signedOff.rawValue)
    try await city.settle()
  }

  private func compare(_ dossiers: [String], _ city: City) async throws {
    for dossier in dossiers {
      let members = try await city["420300-FZB"].office.dossier(
        API.DossierRequest(dossier: dossier)
      ).members
      var digests: Set<String> = []
      for code in members {
        let shown = try await city[code].office.dossier(API.DossierRequest(dossier: dossier))
        #expect(shown.void == 0)
        digests.insert(try #require(shown.digest))
      }
      #expect(members.count >= 3)
      #expect(digests.count == 1)
    }
  }

  /// An excluded node holds nothing, and guessing the number tells nothing.
  private func expectNothing(of clue: String, at excluded: Agency) async throws {
    let connection = Connection(excluded.configuration)
    let foreign = try await connection.transaction(.read) { transaction in
      try transaction.value(
        """
        SELECT count(*) FROM ledger.change_set
        WHERE dossier <> (SELECT directory FROM exchange.node)
        """, as: Int.self)
    }
    await connection.close()
    #expect(foreign == 0)
    for name in ["420300-FZB-XS-2023-0004", "420300-FZB-XS-2023-9999", clue] {
      await expect(.notFound) { try await excluded.office.clue(API.ClueRequest(clue: name)) }
    }
  }
}

extension Tag {
  /// Tests on a real database.
  @Tag static var database: Self
}
