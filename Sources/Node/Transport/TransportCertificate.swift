import Crypto
package import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// A P-256 key and its self-signed certificate, as PEM text.
///
/// P-256, because TLS with Ed25519 certificates needs both sides to set their signature algorithms.
/// No certificate authority is involved: peers know the key by its ``CertificatePin``, so names and
/// dates in the certificate mean nothing.
package struct TransportCertificate: Hashable, Sendable {
  /// The private key, PKCS#8.
  package let keyPEM: String
  /// The certificate.
  package let certificatePEM: String

  /// Takes PEM texts, for instance as read from files.
  package init(keyPEM: String, certificatePEM: String) {
    self.keyPEM = keyPEM
    self.certificatePEM = certificatePEM
  }

  /// Makes a new key and a certificate for it.
  ///
  /// - Parameters:
  ///   - name: the subject's common name, by custom the agency's code.
  ///   - now: when it is made; the certificate is dated from one day earlier for ten years.
  /// - Returns: the pair.
  /// - Throws: an error of the certificate library.
  package static func generate(name: String, at now: Date = Date()) throws -> TransportCertificate {
    let key = P256.Signing.PrivateKey()
    let subject = try DistinguishedName { CommonName(name) }
    let day: Double = 86_400
    let certificate = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: Certificate.PublicKey(key.publicKey),
      notValidBefore: now.addingTimeInterval(-day),
      notValidAfter: now.addingTimeInterval(3_653 * day),
      issuer: subject,
      subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth, .clientAuth])
      },
      issuerPrivateKey: Certificate.PrivateKey(key))
    return TransportCertificate(
      keyPEM: key.pemRepresentation + "\n",
      certificatePEM: try certificate.serializeAsPEM().pemString + "\n")
  }

  /// The pin of the certificate.
  ///
  /// - Throws: an error of the TLS library when the text is not a certificate.
  package func pin() throws -> CertificatePin {
    try CertificatePin(of: NIOSSLCertificate(bytes: Array(certificatePEM.utf8), format: .pem))
  }
}
