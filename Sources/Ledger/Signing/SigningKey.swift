import Crypto
import FoundationEssentials

/// The private key of an agency: suite 1, Ed25519.
package struct SigningKey: Sendable {
  /// The 32-byte seed of RFC 8032; secret.
  package let rawRepresentation: [UInt8]
  /// The key that others check with.
  package let verificationKey: VerificationKey
  private let key: Curve25519.Signing.PrivateKey

  /// Takes the 32-byte seed of RFC 8032.
  package init?(rawRepresentation: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation),
      let verificationKey = VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
    else { return nil }
    self.key = key
    self.rawRepresentation = rawRepresentation
    self.verificationKey = verificationKey
  }

  /// The id of the public key.
  package var keyID: KeyID { verificationKey.id }

  /// The public key with its suite.
  package var publicKey: PublicKey { verificationKey.publicKey }

  /// Signs a message.
  package func sign(_ message: [UInt8]) -> [UInt8] {
    do {
      return Array(try key.signature(for: message))
    } catch {
      preconditionFailure("Ed25519 signing has no failing input: \(error)")
    }
  }
}
