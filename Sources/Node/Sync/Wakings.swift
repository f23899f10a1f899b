import FoundationEssentials
import Ledger
import Logging
import NIOPosix
import Replica
import ServiceLifecycle

/// Rings for everybody when the database says that something is new, whoever wrote it.
struct Wakings: Service {
  let store: PostgresStore
  let bell: Bell
  let signals: SyncSignals

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await store.listen {
        bell.ringAll()
        signals.ring(.directory)
      }
    }
    try? await gracefulShutdown()
  }
}

/// When the node stops, peers that wait get their answer and new ones are sent away.
struct Closing: Service {
  let gate: PeerGate
  let bell: Bell

  func run() async throws {
    try? await gracefulShutdown()
    gate.close()
    bell.close()
  }
}

/// Takes a renewed certificate into use without a restart.
struct CertificateWatch: Service {
  let configuration: NodeConfiguration
  let identity: TransportIdentity
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var known = try? await read()
      while !Task.isCancelled {
        try? await Task.sleep(for: Limits.lookAgain)
        guard let current = try? await read(), current != known else { continue }
        known = current
        do {
          try identity.reload(
            TransportCertificate(keyPEM: current[0], certificatePEM: current[1]))
          logger.notice("the TLS certificate was reloaded")
        } catch {
          logger.error(
            "the TLS certificate was not reloaded", metadata: ["error": "\(error)"])
        }
      }
    }
  }

  /// The texts of key and certificate, read where blocking is allowed.
  private func read() async throws -> [String] {
    let paths = [configuration.tlsKeyPath, configuration.tlsCertificatePath]
    return try await NIOThreadPool.singleton.runIfActive {
      try paths.map { try SecretFile.text(at: $0) }
    }
  }
}
