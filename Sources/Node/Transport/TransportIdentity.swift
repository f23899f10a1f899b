import NIOCore
package import NIOSSL
import Synchronization

/// The node's own TLS key and certificate, replaceable while connections are open.
///
/// New handshakes use what was loaded last; open connections keep theirs.
package final class TransportIdentity: Sendable {
  private struct Loaded: Sendable {
    let chain: [NIOSSLCertificateSource]
    let key: NIOSSLPrivateKey
    let pin: CertificatePin
    let generation: Int
  }

  private let loaded: Mutex<Loaded>

  /// Loads a pair.
  ///
  /// - Parameter certificate: the key and certificate.
  /// - Throws: ``NodeError`` when the texts are damaged or do not belong together.
  package init(_ certificate: TransportCertificate) throws {
    loaded = Mutex(try Self.load(certificate, generation: 0))
  }

  /// Replaces the pair for handshakes from now on.
  ///
  /// - Parameter certificate: the new key and certificate.
  /// - Throws: ``NodeError`` when the texts are damaged; the old pair then stays.
  package func reload(_ certificate: TransportCertificate) throws {
    let next = try Self.load(certificate, generation: generation + 1)
    loaded.withLock { $0 = next }
  }

  /// The pin of the certificate in use.
  package var pin: CertificatePin { loaded.withLock { $0.pin } }

  /// Counts reloads, so that clients know when to connect anew.
  package var generation: Int { loaded.withLock { $0.generation } }

  private static func load(
    _ certificate: TransportCertificate, generation: Int
  ) throws -> Loaded {
    do {
      let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificatePEM.utf8))
      let key = try NIOSSLPrivateKey(bytes: Array(certificate.keyPEM.utf8), format: .pem)
      guard let first = chain.first else { throw NIOSSLError.failedToLoadCertificate }
      let identity = Loaded(
        chain: chain.map { .certificate($0) }, key: key, pin: try CertificatePin(of: first),
        generation: generation)
      // A pair that does not belong together fails here instead of at every handshake.
      _ = try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: identity.chain, privateKey: .privateKey(key)))
      return identity
    } catch {
      throw NodeError(
        .keyFile, object: "keys/tls.pem, keys/tls.crt",
        message: "the TLS key and certificate cannot be used together",
        words: "file.tlsPair",
        hint: "take the pair from a backup, or make one with guantong init elsewhere and copy it",
        underlying: error)
    }
  }

  /// The server's TLS settings: TLS 1.3 only, a client certificate demanded.
  ///
  /// The certificate demanded is judged by the caller's verification callback alone; no root is
  /// trusted. (The library's own constructor for mutual TLS would allow TLS 1.0.)
  package func serverConfiguration() -> TLSConfiguration {
    let current = loaded.withLock { $0 }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: current.chain, privateKey: .privateKey(current.key))
    configuration.minimumTLSVersion = .tlsv13
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates([])
    configuration.applicationProtocols = ["http/1.1"]
    configuration.sslContextCallback = { [self] _, promise in
      let latest = loaded.withLock { $0 }
      var override = NIOSSLContextConfigurationOverride()
      override.certificateChain = latest.chain
      override.privateKey = .privateKey(latest.key)
      promise.succeed(override)
    }
    return configuration
  }

  /// A client's TLS settings: TLS 1.3 only, with our certificate.
  ///
  /// Verification is off here because the client library has no callback for it; ``PeerClient``
  /// compares the server's pin as soon as the handshake is done and before any byte of a request
  /// leaves. TLS 1.3 has by then proved that the server holds the key.
  package func clientConfiguration() -> TLSConfiguration {
    let current = loaded.withLock { $0 }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv13
    configuration.certificateVerification = .none
    configuration.certificateChain = current.chain
    configuration.privateKey = .privateKey(current.key)
    configuration.applicationProtocols = ["http/1.1"]
    return configuration
  }
}
