import Ledger
import TestSupport
import Testing

/// Our own vectors: every byte string that is hashed or signed, once, for other implementations.
///
/// `REWRITE=1 deploy/test --only VectorTests` writes the file anew; a change of it is a change of
/// the wire format.
@Suite struct VectorTests {
  private static let file = "wire-format.txt"

  private struct Writer {
    var text = """
      # One of each byte string that the ledger hashes or signs, in hexadecimal. The article
      # WireFormat explains them; Tests/Oracle/check_vectors.py checks them without the program.

      """

    mutating func add(_ name: String, _ lines: KeyValuePairs<String, [UInt8]>) {
      text += "\nname \(name)\n"
      for (word, bytes) in lines { text += "\(word) \(Hex.encode(bytes))\n" }
    }
  }

  private func ascending(_ first: UInt8, _ count: Int) -> [UInt8] {
    (0..<count).map { first &+ UInt8($0) }
  }

  private func number(_ value: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func vectors() throws -> String {
    var writer = Writer()
    let key = try #require(SigningKey(rawRepresentation: ascending(0, 32)))
    let author = try Agencies.code("420300-JW")
    let reader = try Agencies.code("420300-FY")
    let time = Timestamp(microseconds: 1_782_000_000_123_456)
    writer.add(
      "key",
      [
        "seed": key.rawRepresentation, "public": key.verificationKey.bytes,
        "id": key.keyID.bytes,
      ])

    let record = Record(
      id: RecordID(timestamp: time, random: ascending(1, 10)), type: 6, author: author,
      revises: Citation(change: ChangeSetID(.sha256([9])), part: 1, record: 2), body: [1, 2, 3])
    let part = Part(membership: [.to(reader), .end(reader), .exclude(reader)], records: [record])
    let salted = SaltedPart(salt: ascending(32, 32), content: part.encoded())
    writer.add("part", ["salt": salted.salt, "content": salted.content, "hash": salted.hash.bytes])

    let header = ChangeSetHeader(
      dossier: DossierID(.sha256([1])), author: author, key: key.keyID, sequence: 7,
      previous: ChangeSetID(.sha256([2])),
      parents: [.sha256([3]), .sha256([4])].map(ChangeSetID.init).sorted(),
      directory: ChangeSetID(.sha256([5])), authoredAt: time, parts: [salted.hash])
    writer.add("header", ["bytes": header.encoded(), "id": header.id.bytes])

    let blinds = [ascending(64, 32), ascending(96, 32), ascending(128, 32)]
    let ids = [header.id, ChangeSetID(.sha256([6])), ChangeSetID(.sha256([7]))]
    let tree = try #require(SealTree(zip(ids, blinds).map { (id: $0, blind: $1) }))
    let proof = try #require(tree.sealed(by: author, with: key, at: time).first)
    writer.add(
      "seal",
      [
        "id": ids[0].bytes, "blind": proof.blind, "path": proof.path.flatMap(\.bytes),
        "root": tree.root.bytes, "body": proof.seal.body,
        "signed": SignedObject.preAuthenticated(proof.seal.body, type: Seal.type),
        "signature": proof.seal.signature, "proof": proof.encoded(),
      ])

    let outbox = try #require(OutboxID(ascending(160, 16)))
    let hash = RunningHash.next(
      after: RunningHash.start, outbox: outbox, number: 1, change: header.id,
      parts: RunningHash.bits(of: [0, 2]))
    writer.add(
      "running hash",
      [
        "before": RunningHash.start.bytes, "outbox": outbox.bytes, "number": number(1),
        "change": header.id.bytes, "parts": [0, 0, 0, 5], "hash": hash.bytes,
      ])

    let person = Person(id: record.id, name: "样例承办人", section: "一室", post: "科员", roles: ["handler"])
    add(
      Receipt(
        signer: reader, key: key.keyID, destination: author, outbox: outbox, number: 1,
        runningHash: hash, storedAt: time, untaken: [1]), by: key, to: &writer)
    add(
      Particulars(
        signer: author, key: key.keyID, version: 3, endpoint: "https://127.0.0.1:8401",
        tlsPin: .sha256([8]), encryptionKey: ascending(192, 32), people: [person], gateway: true),
      by: key, to: &writer)
    add(
      Suspension(
        signer: author, key: key.keyID, agency: author, suspended: key.keyID, reason: "lost"),
      by: key, to: &writer)
    return writer.text
  }

  private func add<Body: SignedBody>(_ body: Body, by key: SigningKey, to writer: inout Writer) {
    let signed = SignedObject(signing: body, with: key)
    writer.add(
      Body.type,
      [
        "body": signed.body,
        "signed": SignedObject.preAuthenticated(signed.body, type: Body.type),
        "signature": signed.signature,
      ])
  }

  @Test func `the committed vectors are what the code writes`() throws {
    let text = try vectors()
    if VectorFile.isRewriting { try VectorFile.write(text, to: Self.file) }
    #expect(VectorFile.text(Self.file) == text)
    #expect(VectorFile.cases(Self.file).count == 8)
  }

  @Test func `the vectors read back`() throws {
    let cases = VectorFile.cases(Self.file)
    func bytes(_ name: String, _ word: String) throws -> [UInt8] {
      try #require(cases.first { $0["name"] == name }).bytes(word)
    }
    guard case .header(let header) = ChangeSetHeader.decode(try bytes("header", "bytes")) else {
      Issue.record("the header does not read")
      return
    }
    #expect(header.id.bytes == (try bytes("header", "id")))
    let salted = SaltedPart(
      salt: try bytes("part", "salt"), content: try bytes("part", "content"))
    #expect(header.parts.map { salted.matches($0) } == [true])
    let key = try #require(VerificationKey(bytes: try bytes("key", "public")))
    let proof = try #require(SealProof(decoding: try bytes("seal", "proof")))
    #expect(proof.verify(id: header.id, author: header.author, key: key))
    let receipt = SignedObject(
      body: try bytes("receipt", "body"), signature: try bytes("receipt", "signature"))
    #expect(receipt.verified(as: Receipt.self, by: key)?.number == 1)
  }

  @Test func `the oracle computes the same vectors`() throws {
    #expect(try Oracle.checkVectors(Self.file) == "8 cases agree\n")
  }
}
