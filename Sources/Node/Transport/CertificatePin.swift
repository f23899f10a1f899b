import Crypto
package import NIOSSL

/// The SHA-256 of a certificate's SubjectPublicKeyInfo: how peers know each other's TLS ends.
///
/// It outlives the certificate: a certificate renewed with the same key keeps its pin.
package struct CertificatePin: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Takes 32 bytes, for instance from published particulars; nil for another length.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == SHA256.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// Computes the pin of a certificate.
  ///
  /// - Parameter certificate: a certificate as presented or read from a file.
  /// - Throws: an error of the TLS library when its public key is damaged.
  package init(of certificate: NIOSSLCertificate) throws {
    let publicKey = try certificate.extractPublicKey()
    bytes = Array(SHA256.hash(data: try publicKey.toSPKIBytes()))
  }

  /// Lower-case hexadecimal digits.
  package var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
