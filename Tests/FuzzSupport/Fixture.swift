import Exchange
import HTTPTypes
import Ledger
import TestSupport

/// The one agency, key and moment that every entry point knows.
enum Fixture {
  static let agency = SampleAgency("A")
  static var author: AgencyCode { agency.code }
  static var key: SigningKey { agency.signatory.key }
  static let reader = SampleAgency("B").code
  static let seconds = Timestamp.sample.microseconds / 1_000_000
  static let frameBytesMax = 4096

  static let decryptionKey: DecryptionKey = {
    let seed = Hash256.sha256(Array("encryption".utf8)).bytes
    guard let key = DecryptionKey(rawRepresentation: seed) else {
      preconditionFailure("32 bytes are a key")
    }
    return key
  }()
  static let decryptionKeys = DecryptionKeys(current: decryptionKey)
  static let binding = Envelope.Binding(sender: author, reader: reader, content: .page)

  static let hash = Hash256.sha256([1])
  static let invitation = Invitation(
    signer: author, key: key.keyID, agency: reader, endpoint: "https://127.0.0.1:8401",
    tlsPin: hash, directory: DossierID(hash), newest: ChangeSetID(hash),
    secret: Array(repeating: 9, count: Invitation.secretByteCount),
    expiresAt: Timestamp.sample.adding(seconds: 3_600))
  static let signedInvitation = SignedObject(signing: invitation, with: key)

  static func items(from first: Int) -> NegentropySet {
    NegentropySet((first..<first + 200).map { Hash256.sha256(Array("item \($0)".utf8)) })
  }

  static let content = Array("what is asked".utf8)

  /// A request of the author to the reader, signed.
  static let request: HTTPRequest = {
    let unsigned = HTTPRequest(
      method: .post, scheme: "https", authority: "127.0.0.1:8401", path: "/peer/v1/fetch?a=1")
    guard
      let signed = RequestSigner(agency: author, key: key, destination: reader).sign(
        unsigned, content: content, at: seconds, nonce: "00112233445566778899aabbccddeeff")
    else { preconditionFailure("the sample request can be signed") }
    return signed
  }()
}
