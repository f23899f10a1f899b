import Casework
import Exchange
import Ledger
import Office
import Postgres
import TestSupport
import Testing

/// Requests that cross: what one agency does before it has heard of the other's act.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RaceTests {
  private static let two = Array(City.six.prefix(2))

  @Test func `edge E06: a withdrawal before the receipt is agreed by the node where it is set so`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await jw.office.set(
        API.SettingRequest(name: "office.auto_agree_withdraw", value: "on"), by: jw.operator)
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      await expect(.roleMissing) {
        try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.handler))
      }
      _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      let waiting = try await fzb.office.clue(API.ClueRequest(clue: clue))
      #expect(waiting.referrals.first?.withdrawal == "asked")
      try await city.settle()
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.state == ReferralState.withdrawn.rawValue)
        #expect(shown.referrals.first?.withdrawal == "agreed")
        let answer = try #require(shown.acts.first { $0.verb == "agreeWithdraw" })
        #expect(answer.actor == nil)
      }
      #expect(try await jw.office.standingActs() == 0)
    }
  }

  @Test func `edge E06: a letter that cannot be answered keeps no other from its answer`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      // Void when it is answered, in a dossier that waits for a newer build, and as it should be.
      let void = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      let waiting = try await fzb.refer("乙项", to: ["420300-JW"]).clue.dossier
      let sound = try await fzb.refer("丙项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: void), by: jw.by(.registry))
      for clue in [waiting, sound] {
        _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      }
      try await city.settle()
      try await city.tamper(
        jw,
        """
        UPDATE casework.referral SET state = 'sent', withdraw = 'requested'
        WHERE dossier = \(DossierID(hex: void))
        """)
      try await city.tamper(
        jw,
        """
        UPDATE ledger.dossier SET needs_upgrade = true WHERE id = \(DossierID(hex: waiting))
        """)
      _ = try await jw.office.set(
        API.SettingRequest(name: "office.auto_agree_withdraw", value: "on"), by: jw.operator)
      #expect(try await jw.office.standingActs() == 1)
      let shown = try await jw.office.clue(API.ClueRequest(clue: sound))
      #expect(shown.state == ReferralState.withdrawn.rawValue)
      #expect(try await jw.office.standingActs() == 0)
    }
  }

  @Test func `edge E07, race K1: an acceptance stands however late a withdrawal arrives`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await jw.office.set(
        API.SettingRequest(name: "office.auto_agree_withdraw", value: "on"), by: jw.operator)
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      try await city.settle()
      // The link is down: both act on what they know.
      _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try await city.settle()
      var digests: Set<String?> = []
      for agency in [fzb, jw] {
        let shown = try await agency.office.clue(API.ClueRequest(clue: clue))
        #expect(shown.state == ReferralState.accepted.rawValue)
        #expect(shown.referrals.first?.withdrawal == "ineffective")
        digests.insert(
          try await agency.office.dossier(API.DossierRequest(dossier: clue)).digest)
      }
      #expect(digests.count == 1)
      do {
        _ = try await fzb.office.withdraw(API.WithdrawRequest(clue: clue), by: fzb.by(.deputy))
        Issue.record("a withdrawal after the acceptance was taken")
      } catch let error as OfficeError {
        #expect(error.refusal == .unlawful)
        #expect(error.problem(in: .zh).detail == "420300-JW 已于 2023-03-07 使其成为“已受理”")
      }
      let why = try await fzb.office.explain(API.ExplainRequest(dossier: clue))
      let question = try #require(why.questions.first { $0.machine == "SM2" })
      #expect(question.arbiter == "420300-JW")
      #expect(question.decidedBy?.verb == "accept")
    }
  }

  @Test func `edge E01: a clue returned as incomplete is sent again with what was missing`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let (clue, letter) = try await fzb.refer(to: ["420300-JW"])
      try await city.settle()
      _ = try await jw.office.receive(
        API.ReceiveRequest(clue: clue.dossier), by: jw.by(.registry))
      _ = try await jw.office.return(
        API.ReturnRequest(clue: clue.dossier, reason: "incomplete", note: "补齐凭证后重新移送"),
        by: jw.by(.sectionHead))
      try await city.settle()
      try city.on("2023-03-20")
      let again = try await fzb.finish(
        try await fzb.office.refer(
          API.ReferRequest(
            clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "补齐后移送",
            points: ["一", "二"], resends: letter.number), by: fzb.by(.handler)))
      #expect(again.number == "样法办函〔2023〕2号")
      try await city.settle()
      try city.on("2023-03-21")
      _ = try await jw.office.receive(
        API.ReceiveRequest(clue: clue.dossier), by: jw.by(.registry))
      _ = try await jw.office.accept(
        API.AcceptRequest(clue: clue.dossier, points: ["1", "2"]), by: jw.by(.caseOffice))
      try await city.settle()
      let shown = try await fzb.office.clue(API.ClueRequest(clue: clue.dossier))
      #expect(shown.state == ReferralState.accepted.rawValue)
      #expect(shown.referrals.map(\.state) == ["returned", "accepted"])
      #expect(shown.referrals.last?.receivedOn == "2023-03-21")
    }
  }

  @Test func `a supplement adds points and never takes any away`() async throws {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
      let request = API.SupplementRequest(
        clue: clue, title: "补充材料函", body: "补充", points: ["三"])
      await expect(.roleMissing) {
        try await fzb.office.supplement(request, by: fzb.by(.registry))
      }
      let letter = try await fzb.finish(
        try await fzb.office.supplement(request, by: fzb.by(.sectionHead)))
      #expect(letter.number == "样法办函〔2023〕2号")
      try await city.settle()
      let shown = try await jw.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.points.map(\.text) == ["一", "二", "三"])
      #expect(shown.acts.map(\.verb) == ["supplement"])
    }
  }
}
