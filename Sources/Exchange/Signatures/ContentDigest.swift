import Crypto
package import HTTPTypes
import RawStructuredFieldValues

/// The `content-digest` of a message body, SHA-256 only (RFC 9530 section 2).
///
/// It is sent with every message, also with an empty body, so that the signature always covers the
/// content.
package struct ContentDigest: Hashable, Sendable {
  /// The SHA-256 of the content.
  package let bytes: [UInt8]

  /// Makes the digest of `content`.
  package init(of content: some Sequence<UInt8>) {
    var hash = SHA256()
    hash.update(data: Array(content))
    bytes = Array(hash.finalize())
  }

  /// Reads the `sha-256` member of a field value; nil when it is absent or not 32 bytes.
  ///
  /// Members of other algorithms are ignored, as RFC 9530 asks of a receiver.
  package init?(fieldValue: String) {
    var parser = StructuredFieldValueParser(Array(fieldValue.utf8))
    guard let members = try? parser.parseDictionaryFieldValue(),
      case .item(let item)? = members["sha-256"],
      case .undecodedByteSequence(let text) = item.rfc9651BareItem,
      let bytes = Base64.decode(text), bytes.count == SHA256.byteCount
    else { return nil }
    self.bytes = bytes
  }

  /// The field value as we send it, for example `sha-256=:47DEQpj8…=:`.
  package var fieldValue: String {
    "sha-256=:\(Base64.encode(bytes)):"
  }
}

extension HTTPField.Name {
  /// The digest of the content, RFC 9530.
  package static let contentDigest = name("content-digest")
  /// The parameters of the signatures, RFC 9421 section 4.1.
  package static let signatureInput = name("signature-input")
  /// The signatures, RFC 9421 section 4.2.
  package static let signature = name("signature")
  /// The code of the agency that a request is meant for.
  package static let guantongDestination = name("guantong-destination")
  /// The code of the agency that answers.
  package static let guantongSource = name("guantong-source")

  private static func name(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("a constant field name is a token")
    }
    return name
  }
}
