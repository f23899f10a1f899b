import Exchange
import Ledger
import Logging
import Office
import Replica
import ServiceLifecycle

/// The desks of the agencies that this node hosts now: each an office of its own over the node's
/// store.
struct HostedDesks: Sendable {
  let office: Office
  let keys: HostedKeys
  let store: PostgresStore

  /// The office of an agency that works here, with the key kept for it.
  ///
  /// - Parameter code: the code as the caller gave it; nil or empty for the node's own agency.
  /// - Returns: the office.
  /// - Throws: ``OfficeError`` when the agency does not work here, or no key is kept for it.
  func office(of code: String?) async throws -> Office {
    guard let code, !code.isEmpty, code != office.agency.rawValue else { return office }
    guard let agency = AgencyCode(code), let kept = keys.all[agency] else {
      throw OfficeError(.conflict, ["detail": "conflict.noDesk, \(code)"])
    }
    // Before the governors have admitted it, an agency stands in no directory.
    if let view = try await store.read(CurrentDirectory()), view.agency(agency) != nil,
      view.host(of: agency) != office.agency
    {
      throw OfficeError(
        .conflict, ["detail": "conflict.hostedElsewhere, \(view.host(of: agency))"])
    }
    return office.desk(of: agency, key: kept.key)
  }

  /// The offices of the agencies that work here and whose key in force is the one kept here.
  func open() async throws -> [Office] {
    let all = keys.all
    guard !all.isEmpty, let view = try await store.read(CurrentDirectory()) else { return [] }
    return all.sorted { $0.key < $1.key }.compactMap { agency, kept in
      guard view.host(of: agency) == office.agency,
        view.activeKey(of: agency)?.id == kept.key.keyID
      else { return nil }
      return office.desk(of: agency, key: kept.key)
    }
  }
}

/// Takes the new key of a hosted agency into use as soon as the directory names it.
struct HostedSuccession: Service {
  let keys: HostedKeys
  let store: PostgresStore
  let signals: SyncSignals
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let rings = signals.rings(.directory)
        await once()
        await signals.wait(.directory, past: rings, atMost: Limits.lookAgain)
      }
    }
    try? await gracefulShutdown()
  }

  private func once() async {
    do {
      guard let view = try await store.read(CurrentDirectory()) else { return }
      let changed = try await keys.succeed(in: view)
      guard !changed.isEmpty else { return }
      logger.notice(
        "the new signing keys of hosted agencies are in force",
        metadata: ["agencies": "\(changed.map(\.rawValue).joined(separator: " "))"])
      signals.ring(.directory)
      signals.ring(.standing)
    } catch {
      logger.warning(
        "the next keys of hosted agencies cannot be looked at", metadata: ["error": "\(error)"])
    }
  }
}
