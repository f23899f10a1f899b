/// The body of a signed object.
///
/// Each body names its signer and the key; what has a destination names that too. The type is part
/// of what is signed, so that a signature over one kind of body never passes for another.
package protocol SignedBody: Sendable {
  /// The name of the kind, as in `guantong/<type>/v1`.
  static var type: String { get }
  /// The agency that signs.
  var signer: AgencyCode { get }
  /// The key it signs with.
  var key: KeyID { get }
  /// The bytes in the one lawful form.
  func encoded() -> [UInt8]
  /// Reads the one lawful form, or nothing; a type may pass over what a later build adds, as the
  /// signature is over the bytes as sent.
  init?(decoding bytes: [UInt8])
}
