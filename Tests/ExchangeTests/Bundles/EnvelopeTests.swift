import Crypto
import Exchange
import Foundation
import Ledger
import Testing

@Suite struct EnvelopeTests {
  private let keys = BundleWorld.decryptionKey("reader")
  private let binding = Envelope.Binding(
    sender: BundleWorld.code("A"), reader: BundleWorld.code("B"), content: .page)
  private let content = Array("a page, or what looks like one".utf8)

  private func sealed() throws -> Envelope {
    try Envelope(sealing: content, binding, to: keys.encryptionKey)
  }

  @Test func `an envelope opens for its reader, with the key it names, also a replaced one`() throws
  {
    let envelope = try sealed()
    #expect(envelope.key == keys.id)
    #expect(envelope.opened(binding, with: DecryptionKeys(current: keys)) == content)
    let newer = BundleWorld.decryptionKey("newer")
    let both = DecryptionKeys(current: newer, former: [keys])
    #expect(envelope.opened(binding, with: both) == content)
    #expect(envelope.opened(binding, with: DecryptionKeys(current: newer)) == nil)
    #expect(try sealed() != envelope, "the ephemeral key is another each time")
  }

  @Test func `it opens as nothing else and for nobody else`() throws {
    let envelope = try sealed()
    for change in [
      Envelope.Binding(sender: BundleWorld.code("C"), reader: binding.reader, content: .page),
      Envelope.Binding(sender: binding.sender, reader: BundleWorld.code("C"), content: .page),
      Envelope.Binding(sender: binding.sender, reader: binding.reader, content: .returns),
    ] {
      #expect(envelope.opened(change, with: DecryptionKeys(current: keys)) == nil)
    }
  }

  @Test func `every changed byte of an envelope is refused`() throws {
    let bytes = try sealed().encoded()
    #expect(Envelope.decode(bytes) != nil)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      let opened = Envelope.decode(changed)?.opened(binding, with: DecryptionKeys(current: keys))
      #expect(opened == nil, "byte \(place)")
    }
  }

  /// Every spelling of the points whose shared secret with any clamped key is zero.
  private static let smallOrder: [String] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ]

  @Test(arguments: smallOrder, [false, true])
  func `a key of small order is refused, as a reader's and as an envelope's`(
    _ hex: String, withHighBit: Bool
  ) throws {
    var point = try #require(Hex.decode(hex))
    if withHighBit { point[31] |= 0x80 }
    #expect(EncryptionKey(bytes: point) == nil)
    var bytes = try sealed().encoded()
    let place = try #require(bytes.firstRange(of: try sealed().key.bytes)).upperBound + 2
    bytes.replaceSubrange(place..<place + 32, with: point)
    let forged = try #require(Envelope.decode(bytes))
    #expect(forged.encapsulated == point)
    #expect(forged.opened(binding, with: DecryptionKeys(current: keys)) == nil)
  }

  private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

  /// RFC 9180 appendix A.2.1.1, sequence number 0: the suite that we use.
  @Test func `the suite opens the vectors of RFC 9180 appendix A2`() throws {
    let secret = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"
    let encapsulated = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
    let cipher =
      "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    let key = try #require(DecryptionKey(rawRepresentation: bytes(secret)))
    #expect(
      Hex.encode(key.encryptionKey.bytes)
        == "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
    var recipient = try HPKE.Recipient(
      privateKey: key.agreementKey, ciphersuite: .Curve25519_SHA256_ChachaPoly,
      info: Data("Ode on a Grecian Urn".utf8),
      encapsulatedKey: Data(bytes(encapsulated)))
    let plain = try recipient.open(
      Data(bytes(cipher)), authenticating: Data("Count-0".utf8))
    #expect(String(decoding: plain, as: UTF8.self) == "Beauty is truth, truth beauty")
  }
}
