import Logging
import ServiceLifecycle

/// Takes a TLS pair that was put in the place of ours into use without a restart.
///
/// Peers know a node by the pin of its TLS key. A certificate renewed with the same key is used at
/// once; a pair with another key would be a stranger's to all of them, so the one in use stays
/// until the new pin is published. A damaged pair is refused, and the one in use stays.
struct CertificateWatch: Service {
  /// What is in use.
  let identity: TransportIdentity
  /// How often the files are looked at.
  let every: Duration
  /// Reads the files.
  let read: @Sendable () async throws -> TransportCertificate
  /// Publishes the pin of a pair; says whether the pair may be used now.
  let publish: @Sendable (TransportIdentity) async throws -> Bool
  let logger: Logger

  /// What was found so far.
  struct Found {
    /// The pair last taken into use or refused.
    var settled: TransportCertificate?
    /// The pair that waits for its pin to be published.
    var waiting: TransportCertificate?
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var found = Found(settled: try? await read())
      while !Task.isCancelled {
        try? await Task.sleep(for: every)
        await look(&found)
      }
    }
  }

  /// Looks at the files once.
  func look(_ found: inout Found) async {
    guard let pair = try? await read() else { return }
    guard pair != found.settled else {
      await withdraw(&found)
      return
    }
    let next: TransportIdentity
    do {
      next = try TransportIdentity(pair)
    } catch {
      found.settled = pair
      logger.error("the TLS certificate was not reloaded", metadata: ["error": "\(error)"])
      return
    }
    do {
      if next.pin != identity.pin, try await !publish(next) {
        if found.waiting != pair {
          logger.notice(
            "a new TLS key waits until its pin is published", metadata: ["pin": "\(next.pin)"])
        }
        found.waiting = pair
        return
      }
      try identity.reload(pair)
      found = Found(settled: pair)
      logger.notice("the TLS certificate was reloaded", metadata: ["pin": "\(next.pin)"])
    } catch {
      found.waiting = pair
      logger.warning(
        "the pin of a new TLS key is not published, the former pair stays in use",
        metadata: ["pin": "\(next.pin)", "error": "\(error)"])
    }
  }

  /// The files are again what is in use: the pin published is to be that one.
  private func withdraw(_ found: inout Found) async {
    guard found.waiting != nil else { return }
    do {
      _ = try await publish(identity)
      found.waiting = nil
    } catch {
      logger.warning("the TLS pin is not published", metadata: ["error": "\(error)"])
    }
  }
}
