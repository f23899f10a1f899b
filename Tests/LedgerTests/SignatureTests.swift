import Ledger
import TestSupport
import Testing

@Suite struct SignatureTests {
  @Test(arguments: [
    ("ed25519-rfc8032.txt", 4), ("ed25519-signatures.txt", 23), ("ed25519-refused-keys.txt", 51),
    ("merkle-rfc9162.txt", 8), ("ed25519-wycheproof.txt", 151),
  ])
  func `a file of vectors is there and has cases`(name: String, count: Int) {
    #expect(VectorFile.cases(name).count == count)
  }

  @Test(arguments: VectorFile.cases("ed25519-rfc8032.txt"))
  func `keys and signatures are those of RFC 8032`(vector: VectorFile.Case) throws {
    let seed = try vector.bytes("seed")
    let message = try vector.bytes("message")
    let key = try #require(SigningKey(rawRepresentation: seed))
    #expect(Hex.encode(key.verificationKey.bytes) == vector["public"])
    #expect(Hex.encode(key.sign(message)) == vector["signature"])
    let signature = try vector.bytes("signature")
    #expect(key.verificationKey.verify(signature, over: message))
  }

  @Test(arguments: VectorFile.cases("ed25519-signatures.txt"))
  func `a signature is taken by the one rule only`(vector: VectorFile.Case) throws {
    let key = try #require(VerificationKey(bytes: vector.bytes("public")))
    let message = try vector.bytes("message")
    let signature = try vector.bytes("signature")
    #expect(key.verify(signature, over: message) == (vector["valid"] == "yes"))
  }

  @Test func `Wycheproof's signatures are judged as it says, ours is never stricter`() throws {
    let otherwise = try VectorFile.cases("ed25519-wycheproof.txt").filter { vector in
      let key = VerificationKey(bytes: try vector.bytes("public"))
      let isTaken = try key?.verify(vector.bytes("signature"), over: vector.bytes("message"))
      return (isTaken ?? false) != (vector["valid"] == "yes")
    }
    #expect(otherwise.map { $0["name"] } == [])
  }

  @Test(arguments: VectorFile.cases("ed25519-refused-keys.txt"))
  func `security T10 a weak or misspelt key is refused`(vector: VectorFile.Case) throws {
    #expect(VerificationKey(bytes: try vector.bytes("public")) == nil)
  }

  @Test(arguments: [UInt8(2), 7, 8])
  func `a key that is not on the curve verifies nothing`(ordinate: UInt8) throws {
    // The library decodes the point only when it verifies; such a key can never sign.
    let key = try #require(VerificationKey(bytes: [ordinate] + Array(repeating: 0, count: 31)))
    let signature = try #require(
      Hex.decode(VectorFile.cases("ed25519-rfc8032.txt").first?["signature"] ?? ""))
    #expect(!key.verify(signature, over: []))
  }

  @Test func `every changed bit of signature and message is noticed`() throws {
    var random = SeededGenerator(seed: 7)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let message = random.bytes(40)
    let signature = key.sign(message)
    for bit in 0..<(8 * signature.count) {
      var wrong = signature
      wrong[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.verificationKey.verify(wrong, over: message))
    }
    for bit in 0..<(8 * message.count) {
      var wrong = message
      wrong[bit / 8] ^= 1 << (bit % 8)
      #expect(!key.verificationKey.verify(signature, over: wrong))
    }
  }

  @Test func `the pre-authentication encoding is that of DSSE`() {
    // DSSE: PAE("http://example.com/HelloWorld", "hello world") with our own type names.
    let encoded = SignedObject.preAuthenticated(Array("hello world".utf8), type: "seal")
    #expect(String(decoding: encoded, as: UTF8.self) == "DSSEv1 16 guantong/seal/v1 11 hello world")
  }

  @Test func `a signed object opens as its own type, with its own key, and no other`() throws {
    var random = SeededGenerator(seed: 8)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let other = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let code = try Agencies.code("420300-JW")
    let suspension = Suspension(
      signer: code, key: key.keyID, agency: code, suspended: key.keyID, reason: "lost")
    let signed = SignedObject(signing: suspension, with: key)
    #expect(signed.verified(as: Suspension.self, by: key.verificationKey) == suspension)
    #expect(signed.verified(as: Suspension.self, by: other.verificationKey) == nil)
    #expect(signed.verified(as: Seal.self, by: key.verificationKey) == nil)
    // The same bytes signed as another type do not pass.
    let crossed = SignedObject(
      body: signed.body,
      signature: key.sign(SignedObject.preAuthenticated(signed.body, type: "particulars")))
    #expect(crossed.verified(as: Suspension.self, by: key.verificationKey) == nil)
    // Signed with a key other than the one it names.
    let foreign = SignedObject(signing: suspension, with: other)
    #expect(foreign.verified(as: Suspension.self, by: other.verificationKey) == nil)
  }

  @Test func `every body reads its own lawful bytes and no changed ones`() throws {
    var random = SeededGenerator(seed: 9)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let code = try Agencies.code("420300-JW")
    let hash = Hash256.sha256([1])
    let outbox = try #require(OutboxID(random.bytes(16)))
    try check(
      Seal(
        signer: code, key: key.keyID, leaves: 3, root: SealRoot(hash),
        sealedAt: Timestamp(microseconds: 1_700_000_000_000_000)))
    try check(
      Receipt(
        signer: code, key: key.keyID, destination: try Agencies.code("420300-FY"),
        outbox: outbox, number: 9, runningHash: hash,
        storedAt: Timestamp(microseconds: 1_700_000_000_000_000), untaken: [3, 4]),
      passesOver: true)
    let person = Person(
      id: RecordID(timestamp: Timestamp(microseconds: 0), random: random.bytes(10)),
      name: "样例经办", roles: ["handler"])
    try check(
      Particulars(
        signer: code, key: key.keyID, version: 2, endpoint: "https://127.0.0.1:1", tlsPin: hash,
        encryptionKey: random.bytes(32), people: [person], gateway: true))
    try check(
      Suspension(signer: code, key: key.keyID, agency: code, suspended: key.keyID, reason: "x"))
  }

  /// Checks a body; what travels between two nodes alone passes over the field of a later build.
  private func check<Body: SignedBody & Equatable>(
    _ body: Body, passesOver: Bool = false
  ) throws {
    let bytes = body.encoded()
    #expect(Body(decoding: bytes) == body)
    #expect(Body(decoding: bytes + [0xF8, 0x07, 0x01]) == (passesOver ? body : nil))
    #expect(Body(decoding: Array(bytes.dropLast())) == nil)
    for index in bytes.indices {
      var wrong = bytes
      wrong[index] ^= 0x01
      if let read = Body(decoding: wrong) { #expect(read != body) }
    }
  }
}
