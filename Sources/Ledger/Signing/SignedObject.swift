import FoundationEssentials
import SwiftProtobuf
package import Wire

/// Body bytes with a signature over their pre-authentication encoding.
package struct SignedObject: Hashable, Sendable {
  /// The body as it was signed and is sent.
  package let body: [UInt8]
  /// The signature.
  package let signature: [UInt8]

  /// Pairs bytes that came with the signature that came.
  package init(body: [UInt8], signature: [UInt8]) {
    self.body = body
    self.signature = signature
  }

  /// Signs a body.
  package init<Body: SignedBody>(signing body: Body, with key: SigningKey) {
    let bytes = body.encoded()
    self.init(body: bytes, signature: key.sign(Self.preAuthenticated(bytes, type: Body.type)))
  }

  /// Reads the message that carries it inside others.
  package init(wire: WireSignedObject) {
    self.init(body: Array(wire.body), signature: Array(wire.signature))
  }

  /// The message that carries it inside others.
  package var wire: WireSignedObject {
    var wire = WireSignedObject()
    wire.body = Data(body)
    wire.signature = Data(signature)
    return wire
  }

  /// What the body claims, before anybody has checked the signature.
  ///
  /// Its use is to learn which key to look for.
  package func claim<Body: SignedBody>(as type: Body.Type) -> Body? {
    body.count <= Limits.signedBodyBytesMax ? Body(decoding: body) : nil
  }

  /// The body, when `key` is the one it names and made the signature.
  package func verified<Body: SignedBody>(as type: Body.Type, by key: VerificationKey) -> Body? {
    guard let claim = claim(as: type), claim.key == key.id,
      key.verify(signature, over: Self.preAuthenticated(body, type: Body.type))
    else { return nil }
    return claim
  }

  /// PAE of DSSE v1: "DSSEv1", the type and the body, each with its length in decimal.
  package static func preAuthenticated(_ body: [UInt8], type: String) -> [UInt8] {
    let name = "guantong/\(type)/v1"
    return Array("DSSEv1 \(name.utf8.count) \(name) \(body.count) ".utf8) + body
  }
}
