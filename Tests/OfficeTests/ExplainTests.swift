import Casework
import Office
import TestSupport
import Testing

/// What decided each question is the arbiter's step furthest along its own chain.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct ExplainTests {
  private static let two = Array(City.six.prefix(2))

  /// A clue of FZB that JW has received.
  private func received(_ city: City) async throws -> String {
    let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
    try city.on("2023-03-07")
    let clue = try await fzb.refer(to: ["420300-JW"]).clue.dossier
    try await city.settle()
    try city.at("2023-03-08T05:00:00Z")
    _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
    return clue
  }

  private func question(
    _ machine: String, of clue: String, at agency: Agency
  ) async throws -> API.Question {
    let why = try await agency.office.explain(API.ExplainRequest(dossier: clue))
    return try #require(why.questions.first { $0.machine == machine })
  }

  @Test func `a clock that went back does not change which act decided`() async throws {
    try await City.with(Self.two) { city in
      let jw = try city["420300-JW"]
      let clue = try await received(city)
      try city.at("2023-03-08T02:00:00Z")
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      let shown = try await jw.office.clue(API.ClueRequest(clue: clue))
      #expect(shown.acts.map(\.verb) == ["receive", "accept"], "told in the order of the chain")
      let asked = try await question("SM2", of: clue, at: jw)
      #expect(asked.state == ReferralState.accepted.rawValue)
      #expect(asked.decidedBy?.verb == "accept")
    }
  }

  @Test func `a feedback decides a referral only when it is the final one`() async throws {
    try await City.with(Self.two) { city in
      let jw = try city["420300-JW"]
      let clue = try await received(city)
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try city.on("2023-04-03")
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      _ = try await jw.office.feedback(
        API.FeedbackRequest(clue: clue, stage: "verification", note: "核查中"),
        by: jw.by(.caseOffice))
      let open = try await question("SM2", of: clue, at: jw)
      #expect(open.state == ReferralState.accepted.rawValue)
      #expect(open.decidedBy?.verb == "accept")
      _ = try await jw.office.feedback(
        API.FeedbackRequest(clue: clue, stage: "verification", final: true, note: "已了结"),
        by: jw.by(.caseOffice))
      let closed = try await question("SM2", of: clue, at: jw)
      #expect(closed.state == ReferralState.closed.rawValue)
      #expect(closed.decidedBy?.verb == "feedBack")
    }
  }

  @Test func `a result that moves the handling of a clue decides it, and no other does`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let clue = try await received(city)
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      #expect(try await question("SM3", of: clue, at: jw).decidedBy == nil)
      try city.on("2023-04-03")
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      #expect(try await question("SM3", of: clue, at: jw).decidedBy?.kind == "verification")
      let filing = try await jw.office.recordResult(
        API.ResultRequest(clue: clue, kind: "caseFiled", on: "2023-04-03"), by: jw.by(.caseOffice))
      _ = try await jw.office.recordResult(
        API.ResultRequest(clue: clue, kind: "accountability", on: "2023-04-03"),
        by: jw.by(.caseOffice))
      try await city.settle()
      for agency in [fzb, jw] {
        let filed = try await question("SM3", of: clue, at: agency)
        #expect(filed.state == HandlingStage.filed.rawValue)
        #expect(filed.decidedBy == nil)
        #expect(filed.decidedByResult?.kind == "caseFiled")
        #expect(filed.decidedByResult?.changeSet == filing.changeSet)
      }
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "investigating"), by: jw.by(.head))
      let investigated = try await question("SM3", of: clue, at: jw)
      #expect(investigated.decidedBy?.kind == "investigating")
      #expect(investigated.decidedByResult == nil)
    }
  }

  @Test func `every machine is explained: a course, papers, results and who is in the dossier`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, sfj) = (try city["420300-FZB"], try city["420300-SFJ"])
      try city.on("2023-03-07")
      let petition = try await fzb.open("petition", "反映办证超期", admit: ["420300-SFJ"])
      let opened = try await question("SM6", of: petition, at: fzb)
      #expect(opened.state == "registered" && opened.arbiter == "420300-FZB")
      #expect(opened.decidedBy == nil && opened.decidedByResult == nil)
      try await fzb.advance(petition, to: "transferred", as: .deputy) {
        $0.handler = "420300-SFJ"
      }
      try await city.settle()
      let given = try await question("SM6", of: petition, at: sfj)
      #expect(given.state == "transferred" && given.decidedBy?.kind == "transferred")
      try await sfj.advance(petition, to: "handling", as: .handler)
      let opinion = try await sfj.issue("handlingOpinion", in: petition)
      try await sfj.advance(petition, to: "opinionIssued", as: .deputy) {
        $0.cites = [opinion.number]
      }
      _ = try await sfj.office.recordResult(
        API.ResultRequest(clue: petition, kind: "petitionClosed"), by: sfj.by(.deputy))
      try await city.settle()
      let bulletin = try await fzb.issue("bulletin", in: petition)
      _ = try await fzb.office.revokeDocument(
        API.RevokeDocumentRequest(document: bulletin.id, text: "发错"), by: fzb.by(.deputy))
      _ = try await fzb.office.exclude(
        API.ExcludeRequest(dossier: petition, agency: "420300-JW", reason: "回避"),
        by: fzb.by(.deputy))
      try await city.settle()
      for agency in [fzb, sfj] {
        let closed = try await question("SM6", of: petition, at: agency)
        #expect(closed.state == "closed" && closed.arbiter == "420300-SFJ")
        #expect(closed.decidedBy == nil && closed.decidedByResult?.kind == "petitionClosed")
        let result = try await question("R", of: petition, at: agency)
        #expect(result.state == "valid" && result.label == "信访办结")
        let all = try await agency.office.explain(API.ExplainRequest(dossier: petition)).questions
        let papers = all.filter { $0.machine == "SM1" }
        #expect(papers.first { $0.target == bulletin.id }?.decidedBy?.verb == "revoke")
        #expect(papers.first { $0.target == opinion.id }?.decidedBy == nil)
        #expect(Set(papers.map(\.state)) == ["revoked", "issued"])
        let members = all.filter { $0.machine == "M" }
        #expect(
          Set(members.map { "\($0.label) \($0.state) \($0.decidedBy?.verb ?? "")" }) == [
            "420300-JW excluded exclude", "420300-SFJ member admit",
          ])
      }
    }
  }
}
