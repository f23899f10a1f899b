import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// The statement of two agencies, each computing it on its own node.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct StatementTests {
  private static let two = Array(City.six.prefix(2))
  private static let quarter = "2023Q1"

  private func statement(at agency: Agency, with peer: Agency) async throws -> API.Statement {
    try await agency.office.statement(
      API.StatementRequest(peer: peer.code.rawValue, period: Self.quarter))
  }

  private func issue(at agency: Agency, to peer: Agency) async throws -> String {
    let draft = try await agency.office.createStatement(
      API.CreateStatementRequest(peer: peer.code.rawValue, period: Self.quarter),
      by: agency.by(.handler))
    #expect(draft.form == "statement")
    let issued = try await agency.finish(draft)
    return try #require(issued.records.first)
  }

  private func countersign(_ statement: String, at agency: Agency) async throws -> API.Step {
    try await agency.office.countersignStatement(
      API.CountersignStatementRequest(statement: statement), by: agency.by(.deputy))
  }

  @Test func `two nodes compute one statement and countersign it both ways`() async throws {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      _ = try await fzb.refer("乙项", to: ["420300-JW"])
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try await city.settle()
      // What is done after the period has no say in it, wherever it is known already.
      try city.on("2023-04-03")
      _ = try await jw.office.dispose(
        API.DisposeRequest(clue: clue, kind: "verification"), by: jw.by(.head))
      for (agency, peer) in [(fzb, jw), (jw, fzb)] {
        let document = try await issue(at: agency, to: peer)
        try await city.settle()
        // One of the two is countersigned already when the second is issued.
        let outcome = try await statement(at: peer, with: agency).outcome
        #expect(outcome == (agency.code == fzb.code ? "open" : "agreed"))
        await expect(.notYours) { try await countersign(document, at: agency) }
        _ = try await countersign(document, at: peer)
        try await city.settle()
      }
      let (ours, theirs) = (
        try await statement(at: fzb, with: jw), try await statement(at: jw, with: fzb)
      )
      #expect(ours.digest == theirs.digest)
      for shown in [ours, theirs] {
        #expect(shown.outcome == "agreed" && shown.differences == [] && !shown.truncated)
        #expect(shown.firstDay == "2023-01-01" && shown.lastDay == "2023-03-31")
        #expect(Set(shown.documents.map(\.author)) == ["420300-FZB", "420300-JW"])
        #expect(shown.documents.allSatisfy { $0.equal && $0.readable && $0.confirmed.count == 1 })
        let letters = try #require(
          shown.flows.first { $0.from == "420300-FZB" && $0.unit == "letters" })
        #expect(letters.issued == 2 && letters.received == 1 && letters.inTransit == 1)
        #expect(letters.accepted == 1 && letters.awaiting == 1 && letters.disposals == [])
        let clues = try #require(
          shown.flows.first { $0.from == "420300-FZB" && $0.unit == "clues" })
        #expect(clues.issued == 2 && clues.accepted == 1)
      }
      // What was signed stays signed when a membership ends after the period.
      try city.on("2023-05-08")
      _ = try await fzb.office.end(
        API.EndRequest(dossier: clue, agency: "420300-JW", reason: "办结"), by: fzb.by(.deputy))
      try await city.settle()
      for (agency, peer) in [(fzb, jw), (jw, fzb)] {
        let later = try await statement(at: agency, with: peer)
        #expect(later.outcome == "agreed" && later.digest == ours.digest)
      }
    }
  }

  @Test func `a statement that a former build issued in words is read and countersigned`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      _ = try await jw.office.accept(API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      try await city.settle()
      try city.on("2023-04-03")
      let first = try await issue(at: fzb, to: jw)
      let read = try await fzb.office.document(API.DocumentRequest(document: first))
      let parsed = Casework.Statement(text: read.body)
      let coded = try #require(parsed)
      let issued = try #require(RecordID(uuidString: first))
      let worded = coded.text(in: .words)
      #expect(worded.hasPrefix("对账单 1\n") && worded != read.body)
      let former = fzb.record(
        Casework.Document(
          form: .statement, number: "样法办报〔2023〕9号", version: 2,
          supersedes: issued, to: [jw.code], title: "对账单",
          body: worded, drafter: try await fzb.person(.handler),
          signer: try await fzb.person(.deputy),
          issuedOn: try #require(CivilDate("2023-04-03"))), seed: 1)
      try await fzb.write([former], in: read.dossier)
      try await city.settle()
      for (agency, peer) in [(fzb, jw), (jw, fzb)] {
        let shown = try await statement(at: agency, with: peer)
        #expect(shown.documents.map(\.document) == [former.id.uuidString])
        #expect(shown.documents.allSatisfy { $0.readable && $0.equal } && shown.differences == [])
      }
      _ = try await countersign(former.id.uuidString, at: jw)
      try await city.settle()
      #expect(try await statement(at: fzb, with: jw).outcome == "agreed")
      // A draft of that form is not issued any more.
      let draft = try await fzb.office.draft(
        API.DraftRequest(
          dossier: read.dossier, form: "statement", title: "对账单", body: worded,
          to: ["420300-JW"]), by: fzb.by(.handler))
      await expect(.conflict) { try await fzb.finish(draft) }
    }
  }

  @Test func `a statement that rests on a record which one side lacks is not countersigned`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲项", to: ["420300-JW"]).clue.dossier
      try await city.settle()
      _ = try await jw.office.receive(API.ReceiveRequest(clue: clue), by: jw.by(.registry))
      try await city.settle()
      let accepted = try await jw.office.accept(
        API.AcceptRequest(clue: clue), by: jw.by(.caseOffice))
      let missing = try #require(accepted.records.last)
      // The line from JW to FZB is down; the other way letters go through.
      try city.on("2023-04-03")
      let first = try await issue(at: fzb, to: jw)
      for _ in 0..<3 { _ = try await city.pull(jw, from: fzb) }
      let found = try await statement(at: jw, with: fzb)
      #expect(found.outcome == "differs")
      let piece = try #require(found.differences.first)
      #expect(piece.onlyOurs == [missing] && piece.onlyTheirs == [])
      #expect(piece.mustAct == ["420300-FZB"] && piece.document == first)
      #expect(piece.ours == "2023-03-07 accepted awaiting leads")
      #expect(piece.theirs == "2023-03-07 pending leads")
      do {
        _ = try await countersign(first, at: jw)
        Issue.record("it was countersigned")
      } catch let refused as OfficeError {
        #expect(refused.refusal == .statementDiffers)
        #expect(refused.refusal.outcome == .differences)
        let pieces = try #require(refused.values["pieces"])
        #expect(pieces.contains(missing) && pieces.contains("→ 420300-FZB:"))
      }
      // No other door leads past the comparison.
      await expect(.statementDiffers) {
        try await jw.office.advance(
          API.AdvanceRequest(dossier: first, stage: "confirmed"), by: jw.by(.deputy))
      }
      try await city.settle()
      // With the record here, what FZB issued is out of date, and it issues the next version.
      let stale = try await statement(at: fzb, with: jw)
      #expect(stale.outcome == "differs")
      #expect(stale.differences.map(\.mustAct) == [["420300-FZB"]])
      let second = try await issue(at: fzb, to: jw)
      try await city.settle()
      _ = try await countersign(second, at: jw)
      try await city.settle()
      for (agency, peer) in [(fzb, jw), (jw, fzb)] {
        let shown = try await statement(at: agency, with: peer)
        #expect(shown.outcome == "agreed")
        #expect(shown.documents.map(\.document) == [second])
        #expect(shown.documents.map(\.confirmed) == [["420300-JW"]])
      }
      let document = try await jw.office.document(API.DocumentRequest(document: second))
      #expect(document.version == 2)
    }
  }

  @Test func `nothing but a statement that stands is countersigned, and by its place`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-04-03")
      let first = try await issue(at: fzb, to: jw)
      try await city.settle()
      // An instrument asks for the same signature, and rests on nothing that is computed here.
      let other = try await instrument(at: fzb, to: jw, in: city)
      let known = try #require(other.records.first)
      try await city.settle()
      for name in [known, other.dossier] {
        await expect(.conflict) { try await countersign(name, at: jw) }
      }
      // A version that a later one replaced is confirmed no more, through neither door.
      let second = try await issue(at: fzb, to: jw)
      try await city.settle()
      await expect(.conflict) { try await countersign(first, at: jw) }
      await expect(.conflict) {
        try await jw.office.advance(
          API.AdvanceRequest(dossier: first, stage: "confirmed"), by: jw.by(.deputy))
      }
      // The same record id in another dossier names neither of the two.
      let copied = try await instrument(at: fzb, to: jw, copying: second, in: city)
      #expect(copied.records.first == second)
      try await city.settle()
      await expect(.ambiguous) { try await countersign(second, at: jw) }
      await expect(.ambiguous) {
        try await jw.office.advance(
          API.AdvanceRequest(dossier: second, stage: "confirmed"), by: jw.by(.deputy))
      }
      await expect(.conflict) { try await countersign(copied.dossier, at: jw) }
      await expect(.conflict) { try await countersign("\(copied.dossier)/\(second)", at: jw) }
      await expect(.notFound) { try await countersign("\(copied.dossier)/\(first)", at: jw) }
      let shown = try await statement(at: jw, with: fzb)
      let dossier = try #require(shown.documents.first { $0.document == second }?.dossier)
      do {
        _ = try await jw.office.document(API.DocumentRequest(document: second))
        Issue.record("one of the two was shown")
      } catch let refused as OfficeError {
        #expect(refused.refusal == .ambiguous)
        #expect(refused.values["candidates"]?.contains("\(dossier)/\(second)") == true)
      }
      _ = try await countersign("\(dossier)/\(second)", at: jw)
      let signed = try await statement(at: jw, with: fzb)
      #expect(signed.outcome == "agreed")
      #expect(signed.documents.map(\.confirmed) == [["420300-JW"]])
      #expect(try await confirmations(of: copied.dossier, at: jw) == 0)
      // No copy by another agency hides what this one wrote itself.
      _ = try await instrument(at: jw, to: fzb, copying: first, in: city)
      try await city.settle()
      let own = try await fzb.office.document(API.DocumentRequest(document: first))
      #expect(own.form == "statement" && own.dossier == dossier)
    }
  }

  /// Issues an instrument to a peer, under the record id of another document where one is given.
  private func instrument(
    at agency: Agency, to peer: Agency, copying id: String? = nil, in city: City
  ) async throws -> API.Step {
    let opened = try await agency.office.createDossier(
      API.CreateDossierRequest(kind: "instrument", title: "制度"), by: agency.by(.handler))
    var draft = try await agency.office.draft(
      API.DraftRequest(
        dossier: opened.dossier, form: "instrument", title: "制度", body: "正文",
        to: [peer.code.rawValue]),
      by: agency.by(.handler))
    if let id {
      let copied = try #require(RecordID(uuidString: id))
      let own = try #require(RecordID(uuidString: draft.id))
      // A document has the id of its draft.
      try await city.tamper(agency, "DELETE FROM office.draft WHERE id = \(copied)")
      try await city.tamper(agency, "UPDATE office.draft SET id = \(copied) WHERE id = \(own)")
      draft.id = id
    }
    return try await agency.finish(draft)
  }

  private func confirmations(of dossier: String, at agency: Agency) async throws -> Int? {
    let id = try #require(DossierID(hex: dossier))
    return try await agency.store.read {
      try $0.sql.value(
        "SELECT count(*) FROM casework.act WHERE dossier = \(id) AND kind = 'confirmed'",
        as: Int.self)
    }
  }

  @Test func `a statement that a third one may confirm as well is none of the two`()
    async throws
  {
    try await City.with(Array(City.six.prefix(3))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let third = try city["420300-SFJ"]
      try city.on("2023-04-03")
      let draft = try await fzb.office.createStatement(
        API.CreateStatementRequest(peer: "420300-JW", period: Self.quarter), by: fzb.by(.handler))
      let id = try #require(RecordID(uuidString: draft.id))
      // The office addresses a statement to the other one alone; what a peer's does is its own.
      try await city.tamper(
        fzb,
        """
        UPDATE office.draft SET content = jsonb_set(content::jsonb, '{to}',
          '["420300-JW", "420300-SFJ"]'::jsonb)
        WHERE id = \(id)
        """)
      let issued = try #require(try await fzb.finish(draft).records.first)
      try await city.settle()
      await expect(.conflict) { try await countersign(issued, at: third) }
      await expect(.conflict) { try await countersign(issued, at: jw) }
      for (agency, peer) in [(fzb, jw), (jw, fzb)] {
        let shown = try await statement(at: agency, with: peer)
        #expect(shown.outcome == "differs")
        #expect(shown.documents.map(\.readable) == [false])
      }
    }
  }

  @Test func `a statement of a period that is not over is not countersigned`() async throws {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      // The clock of the peer's node is ahead, or its draft was made by hand.
      try city.on("2023-04-03")
      let document = try await issue(at: fzb, to: jw)
      try await city.settle()
      try city.on("2023-03-31")
      await expect(.dateAhead) { try await countersign(document, at: jw) }
      try city.on("2023-04-04")
      _ = try await countersign(document, at: jw)
    }
  }

  @Test func `edge E09 a statement tells the node of an excluded host nothing of the dossier`()
    async throws
  {
    try await City.with(Self.two, inEveryOrder: true) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      _ = try await fzb.refer("甲项", to: [City.hosted], exclude: ["420300-JW"])
      let open = try await fzb.refer("乙项", to: [City.hosted])
      try await city.settle()
      try city.on("2023-04-03")
      let draft = try await fzb.office.createStatement(
        API.CreateStatementRequest(peer: City.hosted, period: Self.quarter), by: fzb.by(.handler))
      let ask = API.StatementRequest(peer: City.hosted, period: Self.quarter)
      let before = try await fzb.office.statement(ask)
      let letters = before.flows.first { $0.from == "420300-FZB" && $0.unit == "letters" }
      #expect(letters?.issued == 1)
      // A draft is text: what it tells is asked again when it is issued.
      _ = try await fzb.office.exclude(
        API.ExcludeRequest(dossier: open.clue.dossier, agency: "420300-JW", reason: "回避"),
        by: fzb.by(.deputy))
      await expect(.conflict) { try await fzb.finish(draft) }
      let fresh = try await fzb.office.createStatement(
        API.CreateStatementRequest(peer: City.hosted, period: Self.quarter), by: fzb.by(.handler))
      _ = try await fzb.finish(fresh)
      try await city.settle()
      // An exclude is silent: whoever had the second dossier counts it, and is told of neither.
      let told = try await jw.store.read {
        try $0.sql.value(
          "SELECT count(*) FROM casework.document WHERE body LIKE '%\n移送 %'", as: Int.self)
      }
      #expect(told == 0)
    }
  }

  @Test func `a statement is of a period that is over, and of another agency of the directory`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-31")
      func create(_ peer: String, _ period: String) async throws -> API.Draft {
        try await fzb.office.createStatement(
          API.CreateStatementRequest(peer: peer, period: period), by: fzb.by(.handler))
      }
      await expect(.dateAhead) { try await create("420300-JW", "2023Q1") }
      await expect(.invalidValue) { try await create("420300-JW", "2023Q7") }
      await expect(.invalidValue) { try await create("420300-FZB", "2022") }
      await expect(.agencyUnknown) { try await create("420300-FY", "2022") }
      // An empty one is a statement too: nothing was referred (零报告).
      let draft = try await create("420300-JW", "2022")
      #expect(draft.title == "2022对账单:420300-FZB与420300-JW")
      let nothing = try await fzb.office.statement(
        API.StatementRequest(peer: "420300-JW", period: "2023-02"))
      #expect(nothing.outcome == "open" && nothing.flows.allSatisfy { $0.issued == 0 })
    }
  }
}
