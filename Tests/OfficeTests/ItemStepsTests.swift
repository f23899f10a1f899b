import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What the responsible agency and the issuer of an item put to each other, and what is decided.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ItemStepsTests {
  private static let three = Array(City.six.prefix(3))

  /// Feedback of FZB with one finding for SFJ, in a dossier that JW belongs to.
  private func finding(_ city: City, due: String? = "2023-05-31") async throws -> String {
    let fzb = try city["420300-FZB"]
    try city.on("2023-03-07")
    let dossier = try await fzb.office.createDossier(
      API.CreateDossierRequest(kind: "inspection", title: "年度督察", admit: ["420300-JW"]),
      by: fzb.by(.deputy)
    ).dossier
    let letter = try await fzb.finish(
      try await fzb.office.draft(
        API.DraftRequest(
          dossier: dossier, form: "feedback", title: "反馈意见", body: "请整改",
          to: ["420300-SFJ"],
          items: [
            API.DraftItem(kind: "finding", text: "超期办理", unit: "420300-SFJ", dueOn: due)
          ]), by: fzb.by(.handler)))
    try await city.settle()
    let items = try await fzb.office.items(API.ItemListRequest(dossier: letter.dossier))
    return try #require(items.items.first).id
  }

  private func shown(_ item: String, at agency: Agency) async throws -> API.Item {
    let dossier = try await agency.office.dossierID(item).hex
    let items = try await agency.office.items(API.ItemListRequest(dossier: dossier)).items
    return try #require(items.first { $0.id == item })
  }

  @Test func `row 10: a unit takes a finding up, plans, and is granted the time it asks for`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let item = try await finding(city)
      let up = API.ItemStepRequest(item: item)
      await expect(.notYours) {
        try await fzb.office.acknowledgeItem(up, by: fzb.by(.handler))
      }
      await expect(.roleMissing) {
        try await sfj.office.acknowledgeItem(up, by: sfj.by(.deputy))
      }
      let taken = try await sfj.office.acknowledgeItem(up, by: sfj.by(.handler))
      #expect(taken.state == "acknowledged")
      let plan = API.ItemTextRequest(item: item, text: "五月底前完成")
      await expect(.missingValue) {
        try await sfj.office.planItem(
          API.ItemTextRequest(item: item, text: " "), by: sfj.by(.sectionHead))
      }
      #expect(try await sfj.office.planItem(plan, by: sfj.by(.sectionHead)).state == "planned")
      await expect(.unlawful) {
        try await sfj.office.acknowledgeItem(up, by: sfj.by(.handler))
      }
      await expect(.conflict) {
        try await fzb.office.grantItem(
          API.ItemGrantRequest(item: item), by: fzb.by(.sectionHead))
      }
      let extend = API.ItemExtendRequest(item: item, reason: "complex", dueOn: "2023-06-30")
      await expect(.invalidValue) {
        try await sfj.office.extendItem(
          API.ItemExtendRequest(item: item, reason: "tired", dueOn: "2023-06-30"),
          by: sfj.by(.head))
      }
      _ = try await sfj.office.extendItem(extend, by: sfj.by(.sectionHead))
      #expect(try await shown(item, at: sfj).extensionState == "requested")
      try await city.settle()
      await expect(.roleMissing) {
        try await fzb.office.denyItem(API.ItemAnswerRequest(item: item), by: fzb.by(.handler))
      }
      _ = try await fzb.office.grantItem(
        API.ItemGrantRequest(item: item), by: fzb.by(.sectionHead))
      try await city.settle()
      for agency in [fzb, sfj] {
        let item = try await shown(item, at: agency)
        #expect(item.dueOn == "2023-06-30")
        #expect(item.extensionState == "granted")
        #expect(item.state == "planned")
      }
      // A request that was answered is not answered twice; a new one is.
      await expect(.conflict) {
        try await fzb.office.denyItem(API.ItemAnswerRequest(item: item), by: fzb.by(.deputy))
      }
      _ = try await sfj.office.extendItem(
        API.ItemExtendRequest(item: item, reason: "funds", dueOn: "2023-12-31"),
        by: sfj.by(.head))
      try await city.settle()
      _ = try await fzb.office.denyItem(
        API.ItemAnswerRequest(item: item, note: "不再延期"), by: fzb.by(.deputy))
      let denied = try await shown(item, at: fzb)
      #expect(denied.dueOn == "2023-06-30")
      #expect(denied.extensionState == "denied")
    }
  }

  @Test func `row 17: a dispute (race K9) stops the sign-off until decided, and upheld it cancels`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let item = try await finding(city)
      let dispute = API.ItemTextRequest(item: item, text: "事实不符")
      await expect(.roleMissing) {
        try await sfj.office.disputeItem(dispute, by: sfj.by(.sectionHead))
      }
      let answer = API.ItemAnswerRequest(item: item, note: "经复核,事实清楚")
      await expect(.conflict) {
        try await fzb.office.dismissItem(answer, by: fzb.by(.deputy))
      }
      _ = try await sfj.office.disputeItem(dispute, by: sfj.by(.head))
      _ = try await sfj.office.reportItem(
        API.ItemReportRequest(item: item, text: "已整改"), by: sfj.by(.head))
      try await city.settle()
      _ = try await fzb.office.passItem(
        API.ItemActRequest(item: item), by: fzb.by(.sectionHead))
      await expect(.conflict) {
        try await fzb.office.signOffItem(API.ItemActRequest(item: item), by: fzb.by(.deputy))
      }
      await expect(.missingValue) {
        try await fzb.office.dismissItem(
          API.ItemAnswerRequest(item: item), by: fzb.by(.deputy))
      }
      await expect(.notYours) {
        try await sfj.office.upholdItem(answer, by: sfj.by(.deputy))
      }
      _ = try await fzb.office.dismissItem(answer, by: fzb.by(.deputy))
      let done = try await fzb.office.signOffItem(
        API.ItemActRequest(item: item), by: fzb.by(.deputy))
      #expect(done.state == "signedOff")
      try await city.settle()
      let why = API.ItemTextRequest(item: item, text: "问题反弹")
      await expect(.missingValue) {
        try await fzb.office.reopenItem(
          API.ItemTextRequest(item: item, text: ""), by: fzb.by(.deputy))
      }
      #expect(try await fzb.office.reopenItem(why, by: fzb.by(.deputy)).state == "reopened")
      await expect(.unlawful) { try await fzb.office.reopenItem(why, by: fzb.by(.deputy)) }
      try await city.settle()
      _ = try await sfj.office.disputeItem(dispute, by: sfj.by(.head))
      try await city.settle()
      let upheld = try await fzb.office.upholdItem(answer, by: fzb.by(.deputy))
      #expect(upheld.state == "cancelled")
      try await city.settle()
      #expect(try await shown(item, at: sfj).state == "cancelled")
    }
  }

  @Test func `an item goes to another member of the dossier, and is taken back`() async throws {
    try await City.with(Self.three + [City.six[3]]) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let item = try await finding(city)
      _ = try await sfj.office.acknowledgeItem(
        API.ItemStepRequest(item: item), by: sfj.by(.registry))
      try await city.settle()
      await expect(.conflict) {
        try await fzb.office.reassignItem(
          API.ItemReassignRequest(item: item, unit: "420300-FY", text: "职责调整"),
          by: fzb.by(.deputy))
      }
      let request = API.ItemReassignRequest(item: item, unit: "420300-JW", text: "职责调整")
      await expect(.roleMissing) {
        try await fzb.office.reassignItem(request, by: fzb.by(.sectionHead))
      }
      let given = try await fzb.office.reassignItem(request, by: fzb.by(.deputy))
      #expect(given.state == "issued")
      try await city.settle()
      #expect(try await shown(item, at: jw).unit == "420300-JW")
      await expect(.notYours) {
        try await sfj.office.reportItem(
          API.ItemReportRequest(item: item, text: "已整改"), by: sfj.by(.head))
      }
      _ = try await jw.office.acknowledgeItem(
        API.ItemStepRequest(item: item), by: jw.by(.handler))
      try await city.settle()
      let cancelled = try await fzb.office.cancelItem(
        API.ItemTextRequest(item: item, text: "重复交办"), by: fzb.by(.deputy))
      #expect(cancelled.state == "cancelled")
      try await city.settle()
      await expect(.unlawful) {
        try await jw.office.planItem(
          API.ItemTextRequest(item: item, text: "方案"), by: jw.by(.head))
      }
    }
  }

  /// A finding of a revoked letter is nobody's any more: no step, no date, no figure.
  private func expectEnded(_ item: String, _ city: City) async throws {
    let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
    try city.on("2023-12-20")
    for agency in [fzb, sfj] {
      let ended = try await shown(item, at: agency)
      #expect(ended.state == "revoked")
      #expect(try await !agency.due(ended.dossier).contains { $0.subject == item })
      let late = try await agency.office.overdue(API.OverdueRequest()).lines
      #expect(!late.contains { $0.record == item })
      let now = try await agency.office.figures(API.FiguresRequest(year: 2023, asOf: "now"))
      #expect(!now.figures.contains { $0.code == "rectRate.inspection" })
    }
    await expect(.unlawful) {
      try await sfj.office.reportItem(
        API.ItemReportRequest(item: item, text: "已整改"), by: sfj.by(.head))
    }
    await expect(.unlawful) {
      try await fzb.office.cancelItem(
        API.ItemTextRequest(item: item, text: "重复交办"), by: fzb.by(.deputy))
    }
  }

  @Test func `a document is revoked by its author alone, with a reason, and stays readable`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      let item = try await finding(city)
      let letter = try await shown(item, at: fzb).document
      let revoke = API.RevokeDocumentRequest(document: letter, text: "另行反馈")
      await expect(.roleMissing) {
        try await fzb.office.revokeDocument(revoke, by: fzb.by(.registry))
      }
      await expect(.notYours) {
        try await sfj.office.revokeDocument(revoke, by: sfj.by(.deputy))
      }
      await expect(.missingValue) {
        try await fzb.office.revokeDocument(
          API.RevokeDocumentRequest(document: letter, text: ""), by: fzb.by(.deputy))
      }
      let revoked = try await fzb.office.revokeDocument(revoke, by: fzb.by(.deputy))
      #expect(revoked.state == "revoked")
      try await city.settle()
      let copy = try await sfj.office.document(API.DocumentRequest(document: letter))
      #expect(copy.state == "revoked")
      #expect(copy.body == "请整改")
      try await expectEnded(item, city)
      await expect(.unlawful) {
        try await fzb.office.revokeDocument(revoke, by: fzb.by(.deputy))
      }
      let referral = try await fzb.refer(to: ["420300-JW"]).letter
      await expect(.conflict) {
        try await fzb.office.revokeDocument(
          API.RevokeDocumentRequest(document: referral.number ?? "", text: "有误"),
          by: fzb.by(.deputy))
      }
    }
  }

  @Test func `who abstains has answered, and the others finalize without its countersignature`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-10-20")
      let meeting = try await fzb.office.createMeeting(
        API.CreateMeetingRequest(
          title: "联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20",
          members: ["420300-JW", "420300-SFJ"]), by: fzb.by(.deputy)
      ).dossier
      let draft = try await fzb.office.minutes(
        API.MinutesRequest(meeting: meeting, title: "纪要", body: "议定"), by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
      _ = try await fzb.office.circulate(
        API.CirculateRequest(meeting: meeting), by: fzb.by(.registry))
      try await city.settle()
      let abstain = API.AbstainRequest(meeting: meeting, note: "不涉本机关职责")
      await expect(.roleMissing) { try await jw.office.abstain(abstain, by: jw.by(.handler)) }
      await expect(.notYours) { try await fzb.office.abstain(abstain, by: fzb.by(.deputy)) }
      _ = try await jw.office.abstain(abstain, by: jw.by(.deputy))
      _ = try await sfj.office.countersign(
        API.CountersignRequest(meeting: meeting), by: sfj.by(.deputy))
      try await city.settle()
      let final = try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      #expect(final.state == "finalized")
    }
  }
}
