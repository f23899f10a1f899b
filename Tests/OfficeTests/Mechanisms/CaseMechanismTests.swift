import Casework
import Ledger
import Office
import TestSupport
import Testing

/// What is agreed in meetings, and what a discipline body does with a clue.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct CaseMechanismTests {
  @Test func `row 24: minutes are redrawn on an objection, and a late opinion is reserved`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw, sfj) = (
        try city["420300-FZB"], try city["420300-JW"], try city["420300-SFJ"]
      )
      try city.on("2023-10-20")
      let (meeting, notice) = try await fzb.callMeeting()
      try await city.settle()
      for agency in [jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.heldOn == "2023-10-20" && shown.place == "三楼会议室")
        #expect(shown.chair == "召集人" && shown.present.isEmpty && shown.state == "draft")
        try await agency.receive(notice)
      }
      try await fzb.circulate(meeting, "第一稿")
      try await city.settle()
      _ = try await jw.office.object(
        API.ObjectRequest(meeting: meeting, text: "第一条不准"), by: jw.by(.deputy))
      try await sfj.countersign(meeting)
      try await city.settle()
      let finalize = API.FinalizeRequest(meeting: meeting)
      await expect(.countersignaturesMissing) {
        try await fzb.office.finalize(finalize, by: fzb.by(.deputy))
      }
      try await fzb.circulate(meeting, "第二稿")
      try await city.settle()
      try await jw.countersign(meeting)
      _ = try await sfj.office.abstain(
        API.AbstainRequest(meeting: meeting, note: "不涉本机关职责"), by: sfj.by(.deputy))
      try await city.settle()
      _ = try await fzb.office.finalize(finalize, by: fzb.by(.deputy))
      _ = try await fzb.office.issueMinutes(
        API.IssueMinutesRequest(meeting: meeting), by: fzb.by(.registry))
      try await city.settle()
      _ = try await jw.office.object(
        API.ObjectRequest(meeting: meeting, version: 2, text: "保留意见"), by: jw.by(.deputy))
      try await city.settle()
      for agency in [fzb, jw, sfj] {
        let shown = try await agency.office.meeting(API.MeetingRequest(meeting: meeting))
        #expect(shown.state == "issued" && shown.finalVersion == 2)
        #expect(shown.minutesNumber == "第3期" && shown.place == "三楼会议室")
        #expect(shown.versions.map(\.state) == ["superseded", "issued"])
        #expect(shown.versions.map(\.reservedBy) == [[], ["420300-JW"]])
        #expect(shown.topics == ["线索移送", "整改销号"] && shown.absent == ["420300-SFJ"])
        #expect(shown.present == ["420300-FZB", "420300-JW"])
        #expect(shown.resolutions.map(\.unit) == ["420300-SFJ"])
        let noted = try await agency.acts(on: notice).sorted()
        #expect(noted == ["420300-JW receive", "420300-SFJ receive"])
      }
    }
  }

  @Test func `row 25: a discipline body decides about each clue, and its sender reads the stage`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let first = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let second = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      for clue in [first, second] {
        try await jw.receive(clue)
        try await jw.accept(clue)
      }
      func referral(_ clue: String) async throws -> API.Referral {
        try await city.settle()
        let shown = try await fzb.office.clue(API.ClueRequest(clue: clue))
        return try #require(shown.referrals.first)
      }
      func dispose(_ clue: String, _ kind: String, _ how: String? = nil) async throws -> String? {
        _ = try await jw.office.dispose(
          API.DisposeRequest(clue: clue, kind: kind, closeKind: how), by: jw.by(.head))
        return try await referral(clue).disposition
      }
      func record(_ kind: String) async throws -> String? {
        _ = try await jw.office.recordResult(
          API.ResultRequest(clue: second, kind: kind), by: jw.by(.caseOffice))
        return try await referral(second).disposition
      }
      #expect(try await dispose(first, "inquiry") == "inquiry")
      // What an inquiry found is believed; nothing was looked into that could be unfounded.
      await expect(.conflict) { try await dispose(first, "closed", "unfounded") }
      #expect(try await dispose(first, "closed", "accepted") == "closed")
      #expect(try await referral(first).closeKind == "accepted")
      for kind in ["verification", "shelved", "verification"] {
        #expect(try await dispose(second, kind) == kind)
      }
      await expect(.notYours) {
        try await fzb.office.recordResult(
          API.ResultRequest(clue: second, kind: "caseFiled"), by: fzb.by(.head))
      }
      #expect(try await record("caseFiled") == "filed")
      #expect(try await record("caseDismissed") == "dismissed")
      _ = try await jw.office.feedback(
        API.FeedbackRequest(clue: second, stage: "dismissed", final: true, note: "已撤案"),
        by: jw.by(.caseOffice))
      #expect(try await referral(second).state == "closed")
      #expect(try await fzb.read(second).results.map(\.kind) == ["caseFiled", "caseDismissed"])
      let figures = try await fzb.office.figures(API.FiguresRequest(year: 2023)).figures
      #expect(figures.first { $0.code == "caseFiled" }?.value == 1)
    }
  }
}
