import Casework
import Ledger
import Office
import TestSupport
import Testing

/// Minutes whose versions, signatures and objections cross.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct MeetingEdgeTests {
  private static let three = Array(City.six.prefix(3))

  /// A meeting of three that is called and held.
  private func meeting(_ city: City) async throws -> String {
    let fzb = try city["420300-FZB"]
    try city.on("2023-10-20")
    let opened = try await fzb.office.createMeeting(
      API.CreateMeetingRequest(
        title: "第三次联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20", place: "三楼会议室",
        chair: "召集人", members: ["420300-JW", "420300-SFJ"]), by: fzb.by(.deputy))
    let act = API.DraftActRequest(draft: try #require(opened.draft))
    _ = try await fzb.office.submit(act, by: fzb.by(.handler))
    _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
    _ = try await fzb.office.issue(act.issue, by: fzb.by(.registry))
    return opened.dossier
  }

  /// The next version of the minutes, circulated.
  private func circulate(_ meeting: String, _ body: String, by fzb: Agency) async throws {
    let draft = try await fzb.office.minutes(
      API.MinutesRequest(
        meeting: meeting, title: "纪要", body: body,
        present: ["420300-FZB", "420300-JW", "420300-SFJ"], topics: ["整改销号"],
        resolutions: [API.DraftItem(kind: "resolution", text: "完善制度", unit: "420300-SFJ")]),
      by: fzb.by(.handler))
    let act = API.DraftActRequest(draft: draft.id)
    _ = try await fzb.office.submit(act, by: fzb.by(.handler))
    _ = try await fzb.office.sign(act, by: fzb.by(.deputy))
    _ = try await fzb.office.circulate(
      API.CirculateRequest(meeting: meeting), by: fzb.by(.registry))
  }

  private func countersign(_ meeting: String, by members: Agency...) async throws {
    for member in members {
      _ = try await member.office.countersign(
        API.CountersignRequest(meeting: meeting), by: member.by(.deputy))
    }
  }

  private func object(_ meeting: String, version: Int, by member: Agency) async throws {
    _ = try await member.office.object(
      API.ObjectRequest(meeting: meeting, version: version, text: "第一条不准"),
      by: member.by(.deputy))
  }

  private func finish(_ meeting: String, by fzb: Agency) async throws {
    _ = try await fzb.office.finalize(
      API.FinalizeRequest(meeting: meeting), by: fzb.by(.deputy))
    _ = try await fzb.office.issueMinutes(
      API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
  }

  @Test func `edge E15 who objects to what is final is shown as reserving its opinion`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let meeting = try await meeting(city)
      try await circulate(meeting, "第一稿", by: fzb)
      try await city.settle()
      try await countersign(meeting, by: jw, sfj)
      try await city.settle()
      // SFJ objects before it has heard that the text is final.
      try await finish(meeting, by: fzb)
      try await object(meeting, version: 1, by: sfj)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.versions.map(\.reservedBy) == [["420300-SFJ"]])
      }
      // JW objects to what it knows to be issued.
      try await object(meeting, version: 1, by: jw)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.state == "issued" && shown.finalVersion == 1)
        #expect(shown.versions.map { Set($0.reservedBy) } == [["420300-JW", "420300-SFJ"]])
        #expect(shown.resolutions.map(\.state) == ["issued"], "the resolution stands")
        #expect(shown.acts.allSatisfy { $0.standing == "counts" })
        #expect(try await agency.read(meeting).digest == fzb.read(meeting).digest)
      }
    }
  }

  @Test func `edge E13 of two versions that circulate the one with every signature is final`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let meeting = try await meeting(city)
      try await circulate(meeting, "第一稿", by: fzb)
      try await city.settle()
      // Version 2 is on its way while JW signs version 1.
      try await circulate(meeting, "第二稿", by: fzb)
      try await countersign(meeting, by: jw)
      try await city.settle()
      for version in [1, 2] {
        await expect(.countersignaturesMissing) {
          try await fzb.office.finalize(
            API.FinalizeRequest(meeting: meeting, version: version), by: fzb.by(.deputy))
        }
      }
      try await countersign(meeting, by: jw, sfj)
      try await city.settle()
      try await finish(meeting, by: fzb)
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.finalVersion == 2 && shown.state == "issued")
        #expect(shown.versions.map(\.state) == ["superseded", "issued"])
        #expect(shown.versions.map(\.countersignedBy.count) == [1, 2])
      }
    }
  }

  @Test func `edge E14 minutes are amended after their issue by a round of their own`()
    async throws
  {
    try await City.with(Self.three, inEveryOrder: true) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      let meeting = try await meeting(city)
      for body in ["第一稿", "更正稿"] {
        try await circulate(meeting, body, by: fzb)
        try await city.settle()
        if body == "更正稿" {
          let shown = try await jw.office.meeting(API.MeetingRequest(meeting: meeting))
          #expect(shown.versions.map(\.state) == ["issued", "circulated"])
        }
        try await countersign(meeting, by: jw, sfj)
        try await city.settle()
        try await finish(meeting, by: fzb)
        try await city.settle()
      }
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.finalVersion == 2 && shown.state == "issued")
        #expect(shown.versions.count == 2 && shown.versions.last?.state == "issued")
        #expect(shown.versions.first?.state != "issued")
        let read = try await agency.read(meeting)
        let bodies = read.documents.filter { $0.form == "minutes" }
        #expect(bodies.count == 2, "what was issued first stays readable")
        #expect(read.items.map(\.state) == ["superseded", "issued"], "one resolution is open")
      }
    }
  }
}
