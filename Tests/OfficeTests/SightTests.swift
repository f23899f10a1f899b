import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What each of the agencies on one node is shown of what the node holds.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct SightTests {
  private static let three = Array(City.six.prefix(3))

  /// The titles that an office lists as dossiers, ascending.
  private func titles(_ office: Office) async throws -> [String] {
    try await office.dossiers(API.DossierListRequest()).dossiers.compactMap(\.title).sorted()
  }

  private func clues(_ office: Office) async throws -> [String] {
    try await office.clues(API.ClueListRequest()).clues.compactMap(\.title).sorted()
  }

  private func points(_ office: Office) async throws -> Int {
    try await office.items(API.ItemListRequest()).items.count
  }

  @Test func `security T11 a desk lists and finds what its own agency is a member of`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let toHost = try await fzb.refer("甲", to: ["420300-JW"])
      let toDesk = try await fzb.refer("乙", to: [City.hosted])
      _ = try await fzb.refer("丙", to: ["420300-JW", City.hosted])
      try await city.settle()
      _ = try await jw.office.createClue(
        API.CreateClueRequest(title: "丁"), by: jw.by(.handler))
      _ = try await desk.office.createClue(
        API.CreateClueRequest(title: "戊"), by: desk.by(.handler))
      #expect(try await titles(jw.office) == ["丁", "丙", "甲"])
      #expect(try await titles(desk.office) == ["丙", "乙", "戊"])
      #expect(try await clues(jw.office) == ["丁", "丙", "甲"])
      #expect(try await clues(desk.office) == ["丙", "乙", "戊"])
      #expect(try await points(jw.office) == 4)
      #expect(try await points(desk.office) == 4)
      // What the other desk sees is refused like what never was.
      let number = try #require(toHost.letter.number)
      let names = [
        toHost.clue.dossier, toHost.letter.changeSet, number,
        String(toHost.clue.dossier.prefix(12)),
      ]
      for name in names {
        await expect(.notFound) { try await desk.office.show(API.ShowRequest(id: name)) }
        _ = try await jw.office.show(API.ShowRequest(id: name))
      }
      await expect(.notFound) {
        try await jw.office.clue(API.ClueRequest(clue: toDesk.clue.dossier))
      }
      await expect(.notFound) {
        try await jw.office.explain(API.ExplainRequest(dossier: toDesk.clue.dossier))
      }
      await expect(.notFound) {
        try await jw.office.evidence(
          API.EvidenceRequest(id: toDesk.letter.changeSet), by: jw.operator)
      }
      await expect(.notFound) {
        try await desk.office.receive(
          API.ReceiveRequest(clue: toHost.clue.dossier), by: desk.by(.registry))
      }
      _ = try await desk.office.receive(
        API.ReceiveRequest(clue: toDesk.clue.dossier), by: desk.by(.registry))
    }
  }

  @Test func `an exclude of a hosted agency closes its desk and leaves its host in`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let ofHost = try await jw.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "甲"), by: jw.by(.handler))
      let dossier = ofHost.dossier
      let named = API.AdmitRequest(dossier: dossier, agency: City.hosted)
      _ = try await jw.office.admit(named, by: jw.by(.deputy))
      #expect(try await titles(desk.office) == ["甲"])
      let exclude = API.ExcludeRequest(dossier: dossier, agency: City.hosted, reason: "回避")
      _ = try await jw.office.exclude(exclude, by: jw.by(.deputy))
      #expect(try await titles(desk.office) == [])
      #expect(try await titles(jw.office) == ["甲"])
      await expect(.notFound) {
        try await desk.office.dossier(API.DossierRequest(dossier: dossier))
      }
      // At its desk an agency cannot shut out the node on which it works.
      let own = try await desk.office.createDossier(
        API.CreateDossierRequest(kind: "clue", title: "乙"), by: desk.by(.handler))
      await expect(.conflict) {
        try await desk.office.exclude(
          API.ExcludeRequest(dossier: own.dossier, agency: "420300-JW", reason: "回避"),
          by: desk.by(.deputy))
      }
      _ = fzb
    }
  }

  @Test func `scenario S11 an exclude of the host keeps every byte off its node`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let clue = try await fzb.refer("甲", to: [City.hosted], exclude: ["420300-JW"]).clue
      try await city.settle()
      let count = try await jw.store.read { transaction in
        try transaction.sql.value(
          "SELECT count(*) FROM ledger.change_set WHERE dossier = \(DossierID(hex: clue.dossier))",
          as: Int.self)
      }
      #expect(count == 0)
      for office in [jw.office, desk.office] {
        #expect(try await titles(office) == [])
        await expect(.notFound) {
          try await office.dossier(API.DossierRequest(dossier: clue.dossier))
        }
      }
    }
  }

  @Test func `a desk whose membership was ended is not shown what came later for its host`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let both = try await fzb.refer("甲", to: ["420300-JW", City.hosted]).clue.dossier
      let alone = try await fzb.refer("乙", to: [City.hosted]).clue.dossier
      for dossier in [both, alone] {
        _ = try await fzb.office.end(
          API.EndRequest(dossier: dossier, agency: City.hosted, reason: "办结"),
          by: fzb.by(.deputy))
      }
      try await city.settle()
      #expect(try await titles(desk.office) == ["乙"], "it keeps what it had, where nobody has more")
      #expect(try await titles(jw.office) == ["甲"])
    }
  }
}
