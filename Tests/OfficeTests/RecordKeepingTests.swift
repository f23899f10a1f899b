import Casework
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// Numbers without gaps, the audit as a chain, and writes that may be repeated.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RecordKeepingTests {
  private static let two = Array(City.six.prefix(2))

  @Test func `a number drawn by a step that fails is given to the next one`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      #expect(try await fzb.refer("甲", to: ["420300-JW"]).letter.number == "样法办函〔2023〕1号")
      _ = try await fzb.office.addPerson(
        API.PersonRequest(name: "多岗", roles: ["deputy", "registry"]), by: fzb.operator)
      let clue = try await fzb.office.createClue(
        API.CreateClueRequest(title: "乙"), by: fzb.by(.handler))
      let draft = try await fzb.office.refer(
        API.ReferRequest(
          clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
        by: fzb.by(.handler))
      let act = API.DraftActRequest(draft: draft.id)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      let two = Acting(osUser: "tester", person: "多岗")
      _ = try await fzb.office.sign(act, by: two)
      // The signer may not issue: refused after the number has been drawn.
      await expect(.conflict) { try await fzb.office.issue(act.issue, by: two) }
      await expect(.conflict) { try await fzb.office.issue(act.issue, by: two) }
      #expect(try await fzb.office.issue(act.issue, by: fzb.by(.registry)).number == "样法办函〔2023〕2号")
      #expect(clue.number == "420300-FZB-XS-2023-0002")
    }
  }

  @Test func `an operator's reason stands in the audit whole, a text without end in one line`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let reason = String(repeating: "理", count: 200)
      for detail in ["repaired 1: \(reason)", String(repeating: "a\n", count: 9_999)] {
        try await fzb.office.record("reconcile", on: "self", detail: detail, by: fzb.operator)
      }
      let kept = try await fzb.store.read { try AuditLog.newest(2, in: $0.sql) }.map(\.detail)
      #expect(kept == [String(repeating: "a ", count: 500), "repaired 1: \(reason)"])
    }
  }

  @Test func `series run by form group and year, and a number given by hand is never drawn again`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-12-31")
      let first = try await fzb.refer("甲", to: ["420300-JW"])
      #expect(first.clue.number == "420300-FZB-XS-2023-0001")
      let given = try await fzb.office.createClue(
        API.CreateClueRequest(title: "乙", number: "420300-FZB-XS-2023-0007"),
        by: fzb.by(.handler))
      #expect(given.number == "420300-FZB-XS-2023-0007")
      // What it skips is void, which the clerk is told and the audit keeps.
      #expect(given.warnings.count == 1)
      for number in ["420300-FZB-XS-2023-0002", "420300-FZB-XS-2023-0006"] {
        #expect(given.warnings.first?.contains(number) == true)
      }
      let kept = try await fzb.store.read { transaction in
        try transaction.sql.value(
          "SELECT detail FROM office.audit WHERE detail LIKE '%void: %'", as: String.self)
      }
      #expect(
        kept == "420300-FZB-XS-2023-0007, void: 420300-FZB-XS-2023-0002…420300-FZB-XS-2023-0006")
      await expect(.numberTaken) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "丙", number: "420300-FZB-XS-2023-0007"),
          by: fzb.by(.handler))
      }
      await expect(.invalidValue) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "丙", number: "420300-JW-XS-2023-0008"),
          by: fzb.by(.handler))
      }
      let next = try await fzb.refer("丁", to: ["420300-JW"])
      #expect(next.clue.number == "420300-FZB-XS-2023-0008")
      #expect(next.letter.number == "样法办函〔2023〕2号")
      try city.on("2024-01-02")
      let letter = try await fzb.refer("戊", to: ["420300-JW"]).letter
      #expect(letter.number == "样法办函〔2024〕1号")
      let urging = try await fzb.finish(
        try await fzb.office.draft(
          API.DraftRequest(
            dossier: next.clue.dossier, form: "supervisionLetter", title: "督办函", body: "请办理",
            to: ["420300-JW"]), by: fzb.by(.handler)))
      #expect(urging.number == "样法督〔2024〕1号")
    }
  }

  @Test func `security T15 a removed or changed line of the audit is found, the last one too`()
    async throws
  {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      _ = try await fzb.refer(to: ["420300-JW"])
      await expect(.personUnknown) {
        try await fzb.office.createClue(
          API.CreateClueRequest(title: "乙"), by: Acting(osUser: "mallory", person: "某人"))
      }
      let lines = try await fzb.store.read { try AuditLog.newest(100, in: $0.sql) }
      #expect(try await fzb.office.verifyAudit() == .intact(lines: lines.count))
      #expect(lines.first?.outcome == Refusal.personUnknown.rawValue)
      #expect(lines.first?.osUser == "mallory")
      #expect(lines.first?.personName == "某人")
      let issue = try #require(lines.first { $0.operation == "issue" })
      #expect(issue.outcome == "ok")
      #expect(issue.detail == "样法办函〔2023〕1号")
      #expect(issue.change != nil)
      let last = lines.count
      await #expect(throws: PostgresError.self) {
        try await fzb.store.write { transaction in
          try transaction.sql.execute("DELETE FROM office.audit WHERE seq = \(last)")
          return
        }
      }
      // Behind a head that is the last no more no line is written.
      let stale = AuditLog.Head(last - 1, lines[0].previous)
      let taken = await #expect(throws: PostgresError.self) {
        try await fzb.store.write { transaction in
          _ = try AuditLog.append(issue, after: stale, in: transaction.sql)
        }
      }
      #expect(taken?.sqlstate == "23505")
      #expect(try await fzb.office.verifyAudit() == .intact(lines: last))
      try await city.tamper(
        fzb, "UPDATE office.audit SET operator = 'alice' WHERE seq = \(last)")
      #expect(try await fzb.office.verifyAudit() == .changed(number: last))
      try await city.tamper(fzb, "DELETE FROM office.audit WHERE seq = \(last)")
      #expect(try await fzb.office.verifyAudit() == .missing(number: last))
      try await city.tamper(fzb, "DELETE FROM office.audit WHERE seq = 2")
      #expect(try await fzb.office.verifyAudit() == .missing(number: 2))
    }
  }

  @Test func `steps that come at once follow each other in the audit, and one key is one step`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      try city.on("2023-03-07")
      let taken = "420300-FZB-XS-2023-0001"
      let first = try await fzb.office.createClue(
        API.CreateClueRequest(title: "甲"), by: fzb.by(.handler))
      #expect(first.number == taken)
      let before = try await fzb.store.read { transaction in
        try AuditLog.newest(1, in: transaction.sql).first?.number ?? 0
      }
      let repeated = try await withThrowingTaskGroup(of: String?.self) {
        group -> Set<String> in
        for number in 1...30 {
          group.addTask {
            switch number % 3 {
            case 0:
              await expect(.numberTaken) {
                try await fzb.office.createClue(
                  API.CreateClueRequest(title: "乙", number: taken), by: fzb.by(.handler))
              }
              return nil
            case 1:
              _ = try await fzb.office.createClue(
                API.CreateClueRequest(title: "丙"), by: fzb.by(.handler))
              return nil
            default:
              return try await fzb.office.createClue(
                API.CreateClueRequest(title: "丁"), by: fzb.by(.handler, key: "one-key")
              ).dossier
            }
          }
        }
        var dossiers: Set<String> = []
        for try await dossier in group { if let dossier { dossiers.insert(dossier) } }
        return dossiers
      }
      #expect(repeated.count == 1)
      #expect(try await fzb.office.clues(API.ClueListRequest()).clues.count == 12)
      // Ten that were refused, ten that were not, and one under the key.
      #expect(try await fzb.office.verifyAudit() == .intact(lines: before + 21))
    }
  }

  @Test func `a write repeated under its key answers the same and does nothing twice`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let request = API.CreateClueRequest(title: "甲项")
      let acting = fzb.by(.handler, key: "a-key")
      let first = try await fzb.office.createClue(request, by: acting)
      #expect(try await fzb.office.createClue(request, by: acting) == first)
      #expect(try await fzb.office.clues(API.ClueListRequest()).clues.count == 1)
      await expect(.keyReused) {
        try await fzb.office.createClue(API.CreateClueRequest(title: "乙项"), by: acting)
      }
      await expect(.keyReused) {
        try await fzb.office.createClue(request, by: fzb.by(.sectionHead, key: "a-key"))
      }
      // A refusal is no answer to keep: the same key may be tried again.
      let retried = fzb.by(.handler, key: "b-key")
      await expect(.missingValue) {
        try await fzb.office.createClue(API.CreateClueRequest(title: ""), by: retried)
      }
      _ = try await fzb.office.createClue(API.CreateClueRequest(title: "丙项"), by: retried)
    }
  }

  @Test func `lists come in pages of at most two hundred`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      for title in ["甲", "乙", "丙"] {
        _ = try await fzb.office.createClue(
          API.CreateClueRequest(title: title), by: fzb.by(.handler))
      }
      let first = try await fzb.office.clues(API.ClueListRequest(page: 1, limit: 2))
      #expect(first.clues.map(\.title) == ["甲", "乙"])
      #expect(first.next == 2)
      let second = try await fzb.office.clues(API.ClueListRequest(page: 2, limit: 2))
      #expect(second.clues.map(\.title) == ["丙"])
      #expect(second.next == nil)
      await expect(.invalidValue) { try await fzb.office.clues(API.ClueListRequest(limit: 201)) }
      await expect(.invalidValue) { try await fzb.office.items(API.ItemListRequest(page: 0)) }
      #expect(try await fzb.office.dossiers(API.DossierListRequest()).dossiers.count == 3)
    }
  }
}
