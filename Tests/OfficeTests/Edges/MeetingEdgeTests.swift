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
    try city.on("2023-10-20")
    return try await city["420300-FZB"].callMeeting().meeting
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
      try await fzb.circulate(meeting, "第一稿")
      try await city.settle()
      try await jw.countersign(meeting)
      try await sfj.countersign(meeting)
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
      try await fzb.circulate(meeting, "第一稿")
      try await city.settle()
      // Version 2 is on its way while JW signs version 1.
      try await fzb.circulate(meeting, "第二稿")
      try await jw.countersign(meeting)
      try await city.settle()
      for version in [1, 2] {
        await expect(.countersignaturesMissing) {
          try await fzb.office.finalize(
            API.FinalizeRequest(meeting: meeting, version: version), by: fzb.by(.deputy))
        }
      }
      try await jw.countersign(meeting)
      try await sfj.countersign(meeting)
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
        try await fzb.circulate(meeting, body)
        try await city.settle()
        if body == "更正稿" {
          let shown = try await jw.office.meeting(API.MeetingRequest(meeting: meeting))
          #expect(shown.versions.map(\.state) == ["issued", "circulated"])
        }
        try await jw.countersign(meeting)
        try await sfj.countersign(meeting)
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
