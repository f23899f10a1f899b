import Casework
import Exchange
import Ledger
import Postgres
import Replica
import TestSupport
import Testing

@testable import Office

/// What a node that lost everything but its key says of what it has again.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RebuildTests {
  private static let began = Timestamp("2023-03-07T01:00:00Z") ?? Timestamp(microseconds: 0)

  /// The agency as if it had been rebuilt.
  private func rebuild(_ agency: Agency) async throws {
    try await agency.store.write { transaction in
      try RebuildNote(since: Self.began).keep(in: transaction.sql)
    }
    try await agency.store.write(
      MarkRestored(witness: agency.code, subject: "rebuild", now: Self.began))
  }

  private func opened(_ agency: Agency) async throws -> API.Step {
    try await agency.office.createDossier(
      API.CreateDossierRequest(kind: "advice", title: "甲"), by: agency.by(.handler))
  }

  private func letter(_ agency: Agency, in dossier: String) async throws -> API.Step {
    try await agency.finish(
      try await agency.office.draft(
        API.DraftRequest(
          dossier: dossier, form: "leadSupply", title: "线索提供函", body: "提供", to: ["420300-JW"]),
        by: agency.by(.handler)))
  }

  @Test func `a gap in the own numbers names what only the lost node held, and stays a gap`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      var dossiers: [API.Step] = []
      for _ in 0..<5 { dossiers.append(try await opened(agency)) }
      var letters: [API.Step] = []
      for dossier in dossiers.prefix(3) {
        letters.append(try await letter(agency, in: dossier.dossier))
      }
      let whole = try await agency.store.read { try Series.gaps(of: agency.code, in: $0.sql) }
      #expect(whole.isEmpty)
      // Nobody else had these: two dossiers in a row, and with the first one its letter.
      let lost = dossiers[1...2].map(\.dossier)
      try await agency.store.write { transaction in
        for dossier in lost {
          let id = DossierID(hex: dossier)
          try transaction.sql.execute("DELETE FROM casework.dossier WHERE dossier = \(id)")
        }
        let id = DossierID(hex: lost[0])
        try transaction.sql.execute("DELETE FROM casework.document WHERE dossier = \(id)")
        try transaction.sql.execute("DELETE FROM office.number_series")
      }
      try await rebuild(agency)
      let report = try await agency.office.rebuildReport()
      #expect(
        report.onlyHere == [
          API.OnlyHere(kind: "documentNumber", what: try #require(letters[1].number)),
          API.OnlyHere(
            kind: "dossierNumber", what: try #require(dossiers[1].number),
            through: dossiers[2].number, count: 2),
        ])
      #expect(!report.resumed && !report.truncated && report.sealedParts.isEmpty)
      #expect(report.peers.map(\.agency) == ["420300-JW"])
      #expect(report.peers.map(\.answered) == [false])
      #expect(report.neverBack.contains("draft"))
      _ = try await agency.office.resume(
        API.ResumeRequest(reason: "they are ours", confirm: agency.code.rawValue),
        isConfirmed: true, by: agency.operator)
      #expect(try await agency.office.isRebuilding() == false)
      let next = try await opened(agency)
      #expect(next.number?.hasSuffix("-0006") == true, "a number in a gap is not drawn again")
      #expect(try await agency.office.rebuildReport().resumed)
    }
  }

  @Test func `only a rebuilt node has a report of a rebuild`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      await expect(.conflict) { try await agency.office.rebuildReport() }
      #expect(try await agency.office.isRebuilding() == false)
      let peer = try #require(AgencyCode("420300-JW"))
      #expect(try await agency.office.noteRebuild(nil, of: peer) == false)
    }
  }

  @Test func `what others name and nobody gave is told with who names it`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      let peer = try #require(AgencyCode("420300-JW"))
      let (dossier, head) = (Hash256.sha256([1]), Hash256.sha256([2]))
      try await rebuild(agency)
      let recovered = Recovered(
        isWhole: true, position: nil, announced: 3,
        withheld: [
          ReconcileReport.Entry(
            id: ChangeSetID(head), dossier: DossierID(dossier), author: agency.code, sequence: 4)
        ])
      #expect(try await agency.office.noteRebuild(recovered, of: peer) == false)
      let report = try await agency.office.rebuildReport()
      #expect(
        report.onlyHere == [
          API.OnlyHere(
            kind: "changeSet", what: head.hex, dossier: dossier.hex, witness: peer.rawValue),
          API.OnlyHere(
            kind: "deliveries", what: peer.rawValue, count: 3, witness: peer.rawValue),
        ])
      #expect(report.peers.first?.answered == true)
    }
  }

  @Test func `security T9 numbers that move in the lost outbox show a second node under the key`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let agency = try city["420300-FZB"]
      let peer = try #require(AgencyCode("420300-JW"))
      try await rebuild(agency)
      let own = try await agency.store.read { try $0.node().outbox }
      let lost = Entropy.system.outboxID()
      func note(_ outbox: OutboxID, _ number: UInt64) async throws -> Bool {
        let position = ReaderPosition(
          outbox: outbox, number: number, runningHash: .zero, held: [])
        return try await agency.office.noteRebuild(
          Recovered(isWhole: true, position: position, announced: 0, withheld: []), of: peer)
      }
      #expect(try await note(lost, 7) == false)
      #expect(try await note(lost, 7) == false, "it stands still, as it must")
      #expect(try await note(own, 0) == false, "the peer follows this node now")
      #expect(try await note(own, 2) == false)
      #expect(try await note(lost, 8), "somebody else has served it")
      #expect(try await note(lost, 9) == false, "told once")
      #expect(try await agency.office.rebuildReport().peers.first?.secondNode == true)
      let alarms = try await agency.office.alarms(API.AlarmListRequest()).alarms
      #expect(alarms.contains { $0.kind == "secondNode" && $0.peer == peer.rawValue })
    }
  }

  @Test func `entries that do not lead to the key begin nothing`() async throws {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let signatory = Signatory(agency: jw.code, key: jw.key)
      // The database has joined a directory: it is not overwritten.
      let directory = try #require(try await jw.store.read { try $0.node().directory })
      await #expect(throws: ExchangeError.self) {
        try await Office.beginRebuild(
          signatory, directory: directory, entries: [], from: fzb.code, in: jw.store,
          now: Self.began)
      }
      // An empty one, and no directory in what came.
      try await jw.store.write { transaction in
        var node = try transaction.node()
        node.directory = nil
        try transaction.save(node)
      }
      await expect(.integrity) {
        try await Office.beginRebuild(
          signatory, directory: DossierID(Hash256.sha256([3])), entries: [], from: fzb.code,
          in: jw.store, now: Self.began)
      }
      let after = try await jw.store.read { try $0.node() }
      #expect(after.directory == nil && after.restored == nil)
    }
  }
}
