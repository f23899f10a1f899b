import Casework
import Exchange
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What the verdicts and alarms look like to an operator and to a monitoring system.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct VerdictTests {
  @Test func `alarms, void entries and the quarantine are listed and counted with their reasons`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      #expect(try await fzb.office.alarms(API.AlarmListRequest()).alarms.isEmpty)
      #expect(try await fzb.office.voids(API.VoidListRequest()).voids.isEmpty)
      #expect(try await fzb.office.readings().tallies.isEmpty)

      let alarm = Alarm(
        peer: jw.code, kind: .withholding, subject: "gap 9", evidence: [1, 2], at: .sample)
      let unproved = Alarm(
        peer: jw.code, kind: .newOutbox, subject: "outbox", evidence: [], at: .sample)
      let refused = QuarantinedDelivery(
        id: ChangeSetID(.sha256([1])), sender: jw.code, reason: .noGrant, origin: nil,
        since: .sample, bytes: [0])
      try await fzb.store.write(Raise(alarms: [alarm, unproved], refused: [refused]))

      let alarms = try await fzb.office.alarms(API.AlarmListRequest(peer: "420300-JW")).alarms
      #expect(alarms.map(\.kind) == ["newOutbox", "withholding"])
      #expect(alarms.map(\.evidence) == ["", Hash256.sha256([1, 2]).hex])
      #expect(
        try await fzb.office.alarms(API.AlarmListRequest(peer: "420300-FZB")).alarms.isEmpty)
      let first = try await fzb.office.alarms(API.AlarmListRequest(limit: 1))
      #expect(first.alarms.map(\.subject) == ["outbox"] && first.next == 2)
      #expect(
        try await fzb.office.rejected(API.RejectedListRequest()).rejected.map(\.reason)
          == ["no-grant"])
      let readings = try await fzb.office.readings()
      #expect(
        Set(readings.tallies.map { "\($0.kind) \($0.agency ?? "-") \($0.code ?? "-") \($0.count)" })
          == [
            "alarm 420300-JW withholding 1", "alarm 420300-JW newOutbox 1",
            "quarantined 420300-JW no-grant 1",
          ])
      #expect(readings.peers[jw.code] != nil)
    }
  }

  @Test func `a state secret that arrives from a peer has no effect, and is told as one`()
    async throws
  {
    try await City.with(Array(City.six.prefix(2))) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      try city.on("2023-03-07")
      let dossier = try await fzb.open("advice", "监督意见", admit: ["420300-JW"])
      let cover = Casework.Dossier(kind: .advice, title: "涉密事项", classification: .public)
      var record = Record(id: fzb.recordID(7), author: fzb.code, .dossier(cover))
      let (level, secret) = (Array("public".utf8), Array("secret".utf8))
      let place = try #require(
        record.body.indices.first { record.body[$0...].starts(with: level) })
      record.body.replaceSubrange(place..<place + level.count, with: secret)
      try await fzb.write([record], in: dossier)
      try await city.settle()
      for agency in [fzb, jw] {
        let voids = try await agency.office.voids(API.VoidListRequest(dossier: dossier)).voids
        #expect(voids.map(\.reason) == ["stateSecret"])
        #expect(try await agency.read(dossier).title == "监督意见")
      }
      #expect(
        Catalogue.label("void", "stateSecret", in: .zh) == "本系统不得处理国家秘密,请走涉密渠道")
    }
  }

  @Test func `what has no effect is listed with its place, sealed or not, and found by dossier`()
    async throws
  {
    try await City.with(Array(City.six.prefix(1))) { city in
      let fzb = try city["420300-FZB"]
      let opened = try await fzb.office.createClue(
        API.CreateClueRequest(title: "样例线索"), by: fzb.by(.handler))
      let dossier = opened.dossier
      let id = try #require(Hash256(hex: dossier))
      let connection = Connection(fzb.configuration)
      try await connection.statement(
        """
        INSERT INTO casework.void (dossier, change, part, record, author, reason)
        VALUES (\(id), \(id), -1, -1, '420300-FZB', 'fork')
        """)
      try await connection.statement(
        """
        INSERT INTO casework.sealed_void
          (dossier, change, part, record, author, reason, audience, audience_hash)
        VALUES (\(id), \(id), 1, 2, '420300-FZB', 'audience', ARRAY['420300-FZB'],
          sha256('420300-FZB'))
        """)
      await connection.close()
      let voids = try await fzb.office.voids(API.VoidListRequest(dossier: dossier)).voids
      #expect(voids.map(\.reason) == ["fork", "audience"])
      #expect(voids.map(\.part) == [nil, 1] && voids.map(\.record) == [nil, 2])
      await expect(.notFound) {
        try await fzb.office.voids(
          API.VoidListRequest(dossier: String(repeating: "0", count: 64)))
      }
      let tallies = try await fzb.office.readings().tallies.filter { $0.kind == .void }
      #expect(Set(tallies.map { "\($0.code ?? "-") \($0.count)" }) == ["fork 1", "audience 1"])
    }
  }
}

private struct Raise: StoreWork {
  let alarms: [Alarm]
  let refused: [QuarantinedDelivery]

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.raise(alarms)
    try transaction.quarantine(refused)
  }
}
