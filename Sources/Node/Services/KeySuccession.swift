import Exchange
import Ledger
import Logging
import NIOPosix
import Replica
import ServiceLifecycle

/// Ends the servers and loops of a node as soon as the directory names the key that follows the one
/// in use; the process then begins them again with that key.
///
/// Everything that signs holds its key for good, so nothing can go on with the old one by mistake.
/// Peers that wait get their answer first, and the database goes on.
struct KeySuccession: Service {
  let configuration: NodeConfiguration
  let key: SigningKey
  let store: PostgresStore
  let signals: SyncSignals
  let logger: Logger

  func run() async throws {
    let isDue = await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let rings = signals.rings(.directory)
        do {
          if try await Self.successor(of: key, configuration, store) != nil { return true }
        } catch {
          logger.warning("the next key cannot be looked at", metadata: ["error": "\(error)"])
        }
        await signals.wait(.directory, past: rings, atMost: Limits.lookAgain)
      }
      return false
    }
    if !isDue { try? await gracefulShutdown() }
  }

  /// The key that is to follow; nil when there is none.
  static func next(_ configuration: NodeConfiguration) async throws -> SigningKey? {
    try await NIOThreadPool.singleton.runIfActive {
      try AgencyKeyFile.next(in: configuration.keysDirectory)
    }
  }

  /// The key that follows `key`, when the directory names it as the agency's key in force.
  static func successor(
    of key: SigningKey, _ configuration: NodeConfiguration, _ store: PostgresStore
  ) async throws -> SigningKey? {
    let view = try await store.read(CurrentDirectory())
    guard let active = view?.activeKey(of: configuration.agency), active.id != key.keyID,
      let next = try await next(configuration), next.keyID == active.id
    else { return nil }
    return next
  }

  /// Puts the successor in the place of the key in use, when its time has come.
  ///
  /// - Returns: whether it has; the file of the old key is gone then.
  static func succeed(
    _ keys: inout NodeKeys, _ configuration: NodeConfiguration, _ store: PostgresStore
  ) async throws -> Bool {
    guard let next = try await successor(of: keys.agency, configuration, store) else {
      return false
    }
    try await NIOThreadPool.singleton.runIfActive {
      try AgencyKeyFile.succeed(
        in: configuration.keysDirectory, at: configuration.agencyKeyPath)
    }
    keys.agency = next
    return true
  }
}
