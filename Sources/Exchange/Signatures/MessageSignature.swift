package import HTTPTypes
package import Ledger
package import RawStructuredFieldValues

/// Who signed: an agency and the beginning of the id of its key, `420300-JW/0123456789abcdef`.
package struct KeyReference: Hashable, Sendable, CustomStringConvertible {
  /// Hexadecimal digits of the key's id in a reference: 64 bits, enough to choose among one
  /// agency's keys; the signature itself proves which.
  package static let digitCount = 16

  /// The agency that claims to speak.
  package let agency: AgencyCode
  /// The first 16 lower-case hexadecimal digits of the key's id.
  package let digits: String

  /// Refers to a key by its id.
  package init(agency: AgencyCode, key: KeyID) {
    self.agency = agency
    digits = String(key.hex.prefix(Self.digitCount))
  }

  /// Reads a `keyid` parameter; nil when it has another form.
  package init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let agency = AgencyCode(String(halves[0])),
      halves[1].utf8.count == Self.digitCount,
      halves[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.agency = agency
    digits = String(halves[1])
  }

  /// Whether `key` is the one referred to, as far as its first digits tell.
  package func names(_ key: KeyID) -> Bool {
    key.hex.hasPrefix(digits)
  }

  package var description: String { "\(agency.rawValue)/\(digits)" }
}

/// What reading the signature fields of a message found.
package enum SignatureReading: Sendable {
  /// Both fields are there and have the contract's form.
  case read(MessageSignature)
  /// The message carries no signature under our label.
  case missing
  /// The fields are there but have another form; the reason is for people.
  case malformed(String)
}

/// A signature as it stands in `signature-input` and `signature` (RFC 9421 section 4), not yet
/// judged.
package struct MessageSignature: Sendable {
  /// The label of our signatures; a gateway may add its own under other labels, which are ignored.
  package static let label = "sig1"

  /// The covered components with their parameters, as received.
  package let components: InnerList
  /// When the signer made it, in seconds since 1970 by the receiver's clock.
  package let created: Int64
  /// The last second at which it counts; absent in responses.
  package let expires: Int64?
  /// The nonce; absent in responses.
  package let nonce: String?
  /// Who claims to have signed.
  package let key: KeyReference
  /// The 64 bytes of the Ed25519 signature.
  package let bytes: [UInt8]

  /// Reads the signature under our label.
  package static func read(from fields: HTTPFields) -> SignatureReading {
    guard let input = fields[.signatureInput], let value = fields[.signature] else {
      return .missing
    }
    var inputParser = StructuredFieldValueParser(Array(input.utf8))
    var valueParser = StructuredFieldValueParser(Array(value.utf8))
    guard let inputs = try? inputParser.parseDictionaryFieldValue(),
      let values = try? valueParser.parseDictionaryFieldValue()
    else { return .malformed("the signature fields are not structured fields") }
    guard let input = inputs[label], let value = values[label] else { return .missing }
    guard case .innerList(let list) = input,
      case .item(let item) = value,
      case .undecodedByteSequence(let text) = item.rfc9651BareItem,
      let bytes = Base64.decode(text), bytes.count == Limits.signatureBytes
    else { return .malformed("the signature has another form") }
    return read(list, bytes: bytes)
  }

  private static func read(_ list: InnerList, bytes: [UInt8]) -> SignatureReading {
    var created: Int64?
    var expires: Int64?
    var nonce: String?
    var key: KeyReference?
    for (name, value) in list.rfc9651Parameters {
      switch (name, value) {
      case ("created", .integer(let seconds)): created = seconds
      case ("expires", .integer(let seconds)): expires = seconds
      case ("nonce", .string(let text)) where Limits.nonceBytes.contains(text.utf8.count):
        nonce = text
      case ("keyid", .string(let text)): key = KeyReference(text)
      case ("alg", .string("ed25519")): continue
      default: return .malformed("the signature parameter \(name) is not understood")
      }
    }
    guard let created, let key else {
      return .malformed("the signature lacks created or a keyid of the form agency/digits")
    }
    return .read(
      MessageSignature(
        components: list, created: created, expires: expires, nonce: nonce, key: key, bytes: bytes))
  }

  /// Whether exactly `expected` is covered, in that order.
  func covers(_ expected: [SignatureComponent]) -> Bool {
    components.bareInnerList.map { SignatureComponent($0) } == expected
  }

  /// Writes the two fields of a signature made over `message`; nil when a covered component is not
  /// in it.
  static func fields(
    over message: SignedMessage, covering components: [SignatureComponent],
    parameters: OrderedMap<String, RFC9651BareItem>, key: SigningKey
  ) -> (input: String, signature: String)? {
    var list = BareInnerList()
    for component in components {
      list.append(component.item)
    }
    let inner = InnerList(bareInnerList: list, parameters: parameters)
    guard let base = SignatureBase.text(of: message, covering: inner),
      let input = try? SignatureBase.serialized(inner)
    else { return nil }
    let signature = key.sign(Array(base.utf8))
    return ("\(label)=\(input)", "\(label)=:\(Base64.encode(signature)):")
  }
}
