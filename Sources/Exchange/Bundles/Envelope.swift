import Crypto
import FoundationEssentials
package import Ledger
import SwiftProtobuf
import Wire

/// Content sealed to one reader with HPKE (RFC 9180), for gateways and discs that end TLS.
///
/// Base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305; who sent it is shown by signatures
/// around and inside it. Sender, reader, key and kind of content are bound into the key schedule,
/// so an envelope opens as nothing else and for nobody else. The ephemeral key is drawn by the
/// library from the system: no other source can be given to it.
package struct Envelope: Sendable, Hashable {
  /// What an envelope holds.
  package enum Content: String, Sendable, CaseIterable {
    /// A delivery page.
    case page
    /// What travels back in a bundle.
    case returns
    /// Pieces of attachments in a bundle.
    case pieces
    /// What a node answers to a fetch.
    case fetched
    /// Bytes of an attachment.
    case piece
  }

  /// From whom to whom, and what.
  package struct Binding: Sendable, Hashable {
    /// The node that seals.
    package var sender: AgencyCode
    /// The node that opens.
    package var reader: AgencyCode
    /// What is inside.
    package var content: Content

    /// Binds an envelope.
    package init(sender: AgencyCode, reader: AgencyCode, content: Content) {
      self.sender = sender
      self.reader = reader
      self.content = content
    }
  }

  /// The reader's key.
  package let key: EncryptionKeyID
  /// The sender's ephemeral public key.
  package let encapsulated: [UInt8]
  /// The content with its tag.
  package let ciphertext: [UInt8]

  /// Seals content to a reader's key.
  ///
  /// - Parameters:
  ///   - content: the bytes, at most one answer of a peer.
  ///   - binding: from whom to whom, and what.
  ///   - key: the reader's key.
  /// - Throws: ``ExchangeError`` `corrupt` when the library refuses a key that passed our checks.
  package init(sealing content: [UInt8], _ binding: Binding, to key: EncryptionKey) throws {
    guard let recipient = key.agreementKey,
      var sender = try? HPKE.Sender(
        recipientKey: recipient, ciphersuite: Self.suite, info: binding.info(key.id)),
      let ciphertext = try? sender.seal(content)
    else { throw ExchangeError(.corrupt, "encryption key \(key.id)") }
    self.key = key.id
    encapsulated = Array(sender.encapsulatedKey)
    self.ciphertext = Array(ciphertext)
  }

  /// The content; nil when the key is none of ours, when anything was changed on the way, or when
  /// it was sealed for another purpose.
  package func opened(_ binding: Binding, with keys: DecryptionKeys) -> [UInt8]? {
    guard let key = keys[self.key], EncryptionKey(bytes: encapsulated) != nil,
      var recipient = try? HPKE.Recipient(
        privateKey: key.agreementKey, ciphersuite: Self.suite, info: binding.info(key.id),
        encapsulatedKey: Data(encapsulated)),
      let content = try? recipient.open(ciphertext)
    else { return nil }
    return Array(content)
  }

  private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
}

extension Envelope.Binding {
  /// PAE("guantong/envelope/v1", context).
  fileprivate func info(_ key: EncryptionKeyID) -> Data {
    var context = WireEnvelopeContext()
    context.sender = sender.rawValue
    context.reader = reader.rawValue
    context.key = Data(key.bytes)
    context.content = content.rawValue
    return Data(SignedObject.preAuthenticated(LawfulForm.encode(context), type: "envelope"))
  }
}

extension Envelope {
  /// The envelope's wire form.
  package func encoded() -> [UInt8] {
    var wire = WireEnvelope()
    wire.key = Data(key.bytes)
    wire.encapsulated = Data(encapsulated)
    wire.ciphertext = Data(ciphertext)
    return LawfulForm.encode(wire)
  }

  /// Reads an envelope from its one lawful form; nil when it is none or breaks a limit.
  package static func decode(_ bytes: [UInt8]) -> Envelope? {
    guard bytes.count <= Limits.envelopeBytesMax,
      let wire = LawfulForm.decode(WireEnvelope.self, bytes),
      let key = EncryptionKeyID(wire.key), wire.encapsulated.count == EncryptionKey.byteCount
    else { return nil }
    return Envelope(
      key: key, encapsulated: Array(wire.encapsulated), ciphertext: Array(wire.ciphertext))
  }

  private init(key: EncryptionKeyID, encapsulated: [UInt8], ciphertext: [UInt8]) {
    self.key = key
    self.encapsulated = encapsulated
    self.ciphertext = ciphertext
  }
}
