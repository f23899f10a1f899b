import Exchange
import Ledger
import TestSupport

extension Seeds {
  /// Two nodes over stores in memory, one of them with something on its way to the other.
  struct World: Sendable {
    let writer: SampleNode<MemoryStore>
    let reader: SampleNode<MemoryStore>
    let directory: DossierID
    let changeSets: [StoredChangeSet]
    let outbox = Entropy { Array(repeating: 5, count: $0) }.outboxID()

    /// The one world that all seeds come from.
    static let shared = Task { try await World() }

    static let particulars = Particulars(
      signer: Fixture.author, key: Fixture.key.keyID, version: 3,
      endpoint: "https://127.0.0.1:8401", tlsPin: Fixture.hash,
      encryptionKey: Fixture.decryptionKey.encryptionKey.bytes,
      people: [
        Person(
          id: RecordID(timestamp: .sample, random: Array(repeating: 1, count: 10)), name: "样例",
          section: "一室", post: "科员", roles: ["handler"])
      ], gateway: true)

    static let readerParticulars = Particulars(
      signer: Fixture.reader, key: SampleAgency("B").signatory.key.keyID, version: 1,
      encryptionKey: Fixture.decryptionKey.encryptionKey.bytes)

    init() async throws {
      writer = SampleNode(MemoryStore(fold: SampleFold.fold), Fixture.agency)
      reader = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
      directory = try await writer.found()
      try await reader.join(writer, directory)
      let published = try await writer.append(
        directory,
        [
          Part(directory: [
            .particulars(
              SignedObject(
                signing: Self.readerParticulars, with: reader.agency.signatory.key))
          ])
        ])
      let grant = MembershipStatement.grant(Grant(agency: Fixture.reader, ground: .admit))
      let opened = try await writer.append(nil, [Part(membership: [grant])])
      let record = Record(
        id: RecordID(timestamp: .sample, random: Array(repeating: 2, count: 10)), type: 3,
        author: Fixture.author,
        revises: Citation(change: opened.id, part: 0, record: 0), body: [8, 1])
      let second = try await writer.append(
        opened.dossier,
        [
          Part(
            membership: [
              .exclude(agency: SampleAgency("C").code, reason: "样例"),
              .end(agency: Fixture.reader, reason: ""),
            ], records: [record]),
          Part(audience: [Fixture.author], records: [record]),
        ])
      changeSets = [opened, second, published]
    }

    func page() async throws -> [UInt8] {
      try await writer.store.write(
        ServeDeliveries(
          reader: Fixture.reader, outbox: nil, after: 0, hash: nil,
          bytesMax: Exchange.Limits.pageBytesMax, signatory: writer.agency.signatory, now: .sample)
      ).bytes
    }

    func answer() async throws -> [UInt8] {
      var answer = FetchAnswer()
      answer.deliveries = DeliveryPage.decode(try await page())?.deliveries ?? []
      let head = DossierChains.Head(author: Fixture.author, sequence: 2, id: changeSets[1].id)
      answer.chains = [DossierChains(dossier: changeSets[1].dossier, chains: [head])]
      answer.behind = [Fixture.reader]
      answer.position = ReaderPosition(
        outbox: outbox, number: 7, runningHash: Fixture.hash, held: [changeSets[0].id],
        head: Fixture.signedInvitation)
      return answer.encoded()
    }

    func bundle() async throws -> [UInt8] {
      let envelopes = Envelopes()
      let made = try await ExportBundle(
        reader: Fixture.reader, signatory: writer.agency.signatory
      ).run(over: writer.store, now: { .sample }, write: { envelopes.bytes += $0 })
      return made.opening + envelopes.bytes
    }

    private final class Envelopes {
      var bytes: [UInt8] = []
    }

    func evidence() -> [UInt8] { evidenced.encoded() }

    func certificate() -> [UInt8] {
      DestructionCertificate(
        evidence: evidenced, headerBytes: changeSets[1].headerBytes, part: 1
      ).encoded()
    }

    private var evidenced: Evidence {
      Evidence(
        subject: exhibit(changeSets[1]),
        receipts: [
          EvidencedReceipt(
            receipt: Fixture.signedInvitation, before: Fixture.hash, number: 1,
            steps: [EvidencedReceipt.Step(change: changeSets[1].id, parts: 3)])
        ], directory: [exhibit(changeSets[2])], newest: changeSets[2].id,
        reaffirming: [exhibit(changeSets[0])])
    }

    private func exhibit(_ changeSet: StoredChangeSet) -> Evidence.Exhibit {
      Evidence.Exhibit(
        headerBytes: changeSet.headerBytes, proof: changeSet.proof, parts: changeSet.parts)
    }
  }
}
