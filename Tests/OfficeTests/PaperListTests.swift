import Casework
import Office
import TestSupport
import Testing

/// What is listed of papers, meetings and items, and to whom.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct PaperListTests {
  private func documents(
    _ agency: Agency, _ fill: (inout API.DocumentListRequest) -> Void = { _ in }
  ) async throws -> [API.DocumentLine] {
    var request = API.DocumentListRequest()
    fill(&request)
    return try await agency.office.documents(request).documents
  }

  private func report(_ agency: Agency, _ year: Int? = nil) async throws -> [Int] {
    let report = try await agency.office.minutesReport(API.MinutesReportRequest(year: year))
    return [report.year, report.held, report.issued, report.resolutions, report.signedOff]
  }

  @Test func `issued documents are listed by dossier, form and author to who may see them`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (fzb, sfj, fy) = (
        try city["420300-FZB"], try city["420300-SFJ"], try city["420300-FY"]
      )
      try city.on("2023-03-08")
      let dossier = try await fzb.open("inspection", "年度督察", admit: ["420300-SFJ"])
      let first = try await fzb.issue("supervisionLetter", in: dossier) { $0.to = ["420300-SFJ"] }
      try city.on("2023-03-09")
      let second = try await fzb.issue("bulletin", in: dossier) { $0.to = ["420300-SFJ"] }
      let other = try await fzb.open("inspection", "专门督察", admit: ["420300-SFJ"])
      _ = try await fzb.office.draft(
        API.DraftRequest(
          dossier: other, form: "bulletin", title: "未印发", body: "正文", to: ["420300-SFJ"]),
        by: fzb.by(.handler))
      try await city.settle()
      for agency in [fzb, sfj] {
        #expect(try await documents(agency).map(\.id) == [second.id, first.id])
        #expect(try await documents(agency).map(\.dossier) == [dossier, dossier])
        #expect(try await documents(agency) { $0.form = "bulletin" }.map(\.id) == [second.id])
        #expect(try await documents(agency) { $0.author = "420300-SFJ" }.isEmpty)
        #expect(try await documents(agency) { $0.dossier = other }.isEmpty)
      }
      #expect(try await documents(fy).isEmpty, "no member")
      await expect(.notFound) { try await documents(fy) { $0.dossier = dossier } }
      await expect(.invalidValue) { try await documents(fzb) { $0.form = "letters" } }
      let page = try await fzb.office.documents(API.DocumentListRequest(limit: 1))
      #expect(page.documents.map(\.id) == [second.id] && page.next == 2)
    }
  }

  @Test func `meetings are listed with their minutes, and the report of a year sums them`()
    async throws
  {
    try await City.with(Array(City.six.prefix(4))) { city in
      let (fzb, jw, sfj, fy) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"],
        try city["420300-FY"]
      )
      try city.on("2023-10-20")
      let (meeting, _) = try await fzb.callMeeting()
      try await fzb.circulate(meeting, "第一稿")
      try await city.settle()
      // What circulates is no resolution of issued minutes yet.
      #expect(try await report(jw) == [2023, 1, 0, 0, 0])
      for agency in [jw, sfj] { try await agency.countersign(meeting) }
      try await city.settle()
      _ = try await fzb.office.finalize(
        API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
      _ = try await fzb.office.issueMinutes(
        API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let lines = try await agency.office.meetings(API.MeetingListRequest()).meetings
        #expect(lines.map(\.dossier) == [meeting] && lines.map(\.heldOn) == ["2023-10-20"])
        #expect(lines.map(\.state) == ["issued"] && lines.map(\.minutesNumber) == ["第3期"])
        #expect(lines.map(\.resolutions) == [1] && lines.map(\.signedOff) == [0])
        #expect(try await report(agency, 2023) == [2023, 1, 1, 1, 0])
        #expect(try await report(agency, 2022) == [2022, 0, 0, 0, 0])
      }
      #expect(try await report(fy, 2023) == [2023, 0, 0, 0, 0])
      #expect(try await fy.office.meetings(API.MeetingListRequest()).meetings.isEmpty)
      await expect(.invalidValue) { try await report(fzb, 20) }
      try await signOff(of: meeting, by: sfj, fzb, in: city)
      for agency in [fzb, jw, sfj] {
        #expect(try await report(agency, 2023) == [2023, 1, 1, 1, 1])
      }
    }
  }

  @Test func `a meeting ahead or one that was called off is none that was held`() async throws {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-10-18")
      let (meeting, notice) = try await fzb.callMeeting()
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await report(agency) == [2023, 0, 0, 0, 0])
        let lines = try await agency.office.meetings(API.MeetingListRequest()).meetings
        #expect(lines.map(\.dossier) == [meeting] && lines.map(\.heldOn) == ["2023-10-20"])
      }
      try city.on("2023-10-20")
      for agency in [fzb, jw] { #expect(try await report(agency) == [2023, 1, 0, 0, 0]) }
      _ = try await fzb.office.revokeDocument(
        API.RevokeDocumentRequest(document: notice, text: "会议取消"), by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw] {
        #expect(try await report(agency) == [2023, 0, 0, 0, 0])
        let lines = try await agency.office.meetings(API.MeetingListRequest()).meetings
        #expect(lines.map(\.dossier) == [meeting] && lines.map(\.heldOn) == [nil])
      }
    }
  }

  @Test func `what a member circulates as minutes of another's meeting is none of its lines`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-10-20")
      let (meeting, _) = try await fzb.callMeeting()
      try await city.settle()
      try await jw.circulate(meeting, "自拟稿")
      try await city.settle()
      for agency in [fzb, jw] {
        let lines = try await agency.office.meetings(API.MeetingListRequest()).meetings
        #expect(lines.map(\.dossier) == [meeting] && lines.map(\.convenor) == ["420300-FZB"])
        #expect(lines.map(\.state) == ["draft"] && lines.map(\.resolutions) == [0])
        #expect(lines.map(\.heldOn) == ["2023-10-20"])
      }
    }
  }

  @Test func `only the minutes of its convenor lead a meeting and are countersigned by its name`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-10-20")
      let (meeting, _) = try await fzb.callMeeting()
      try await city.settle()
      try await jw.circulate(meeting, "自拟稿")
      try await city.settle()
      let request = API.MeetingRequest(meeting: meeting)
      for agency in [fzb, jw] {
        let shown = try await agency.office.meeting(request)
        #expect(shown.state == "draft" && shown.versions.isEmpty && shown.resolutions.isEmpty)
        #expect(shown.heldOn == "2023-10-20" && shown.topics.isEmpty)
      }
      await expect(.versionUnknown) { try await sfj.countersign(meeting) }
      try await fzb.circulate(meeting, "第一稿")
      // What the member goes on with follows its own paper.
      try await jw.circulate(meeting, "自拟第二稿")
      try await city.settle()
      for agency in [jw, sfj] { try await agency.countersign(meeting) }
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(request)
        #expect(shown.versions.map(\.version) == [1] && shown.state == "circulated")
        #expect(shown.versions.map(\.countersignedBy) == [["420300-JW", "420300-SFJ"]])
        #expect(shown.resolutions.count == 1)
      }
    }
  }

  @Test func `issued minutes count until those that amend them are issued`() async throws {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-10-20")
      let (meeting, _) = try await fzb.callMeeting()
      for body in ["第一稿", "更正稿"] {
        try await fzb.circulate(meeting, body)
        try await city.settle()
        for agency in [jw, sfj] { try await agency.countersign(meeting) }
        try await city.settle()
        _ = try await fzb.office.finalize(
          API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
        try await city.settle()
        // The second is final, and the first is what was issued.
        let isAmendment = body == "更正稿"
        let sums = isAmendment ? [2023, 1, 1, 1, 0] : [2023, 1, 0, 0, 0]
        for agency in [fzb, jw] {
          #expect(try await report(agency) == sums)
          let lines = try await agency.office.meetings(API.MeetingListRequest()).meetings
          #expect(lines.map(\.state) == [isAmendment ? "issued" : "finalized"])
        }
        _ = try await fzb.office.issueMinutes(
          API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
        try await city.settle()
      }
      #expect(try await report(jw) == [2023, 1, 1, 1, 0])
    }
  }

  /// Takes the one resolution of a meeting to its end, and reads it on the way.
  private func signOff(
    of meeting: String, by unit: Agency, _ issuer: Agency, in city: City
  ) async throws {
    let item = try await issuer.item(of: meeting).id
    _ = try await unit.office.reportItem(
      API.ItemReportRequest(item: item, text: "制度已印发"), by: unit.by(.head))
    try await city.settle()
    _ = try await issuer.office.passItem(
      API.ItemActRequest(item: item), by: issuer.by(.sectionHead))
    _ = try await issuer.office.signOffItem(
      API.ItemActRequest(item: item), by: issuer.by(.deputy))
    try await city.settle()
    for agency in [issuer, unit] {
      let shown = try await agency.office.item(API.ItemRequest(item: item))
      #expect(shown.item.state == "signedOff" && shown.item.dossier == meeting)
      #expect(
        shown.acts.map { "\($0.author) \($0.verb)" } == [
          "\(unit.code) report", "\(issuer.code) pass", "\(issuer.code) signOff",
        ])
      #expect(shown.acts.allSatisfy { $0.target == item } && !shown.truncated)
    }
    let stranger = try city["420300-FY"]
    await expect(.notFound) { try await stranger.office.item(API.ItemRequest(item: item)) }
    await expect(.notFound) { try await issuer.office.item(API.ItemRequest(item: meeting)) }
  }
}
