import Exchange
import HTTPTypes
import Ledger
import Logging
import Office
import Replica
import ServiceLifecycle

/// What the node does by itself for its own agency and those it hosts: standing acts of the office,
/// asking to join, and bringing particulars to the registrar.
struct StandingWork: Service {
  let office: Office
  let desks: HostedDesks
  let store: PostgresStore
  let joining: Joining<PostgresStore>
  let synchronizer: Synchronizer<PostgresStore>
  let signals: SyncSignals
  let key: SigningKey
  let isSample: Bool
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await joining.run() }
        while !Task.isCancelled {
          let rings = signals.rings(.standing)
          await once()
          await signals.wait(
            .standing, past: rings, restingFirst: Limits.standingRest, atMost: Limits.lookAgain)
        }
        group.cancelAll()
      }
    }
  }

  private func once() async {
    await once(at: office)
    do {
      for desk in try await desks.open() { await once(at: desk) }
    } catch is CancellationError {
      return
    } catch {
      logger.warning("the desks cannot be looked at", metadata: ["error": "\(error)"])
    }
  }

  /// What fails at one desk keeps no other from its work.
  private func once(at office: Office) async {
    do {
      if try await office.standingActs() > 0 { signals.ring(.directory) }
      if let signed = try await office.unpublished() { try await bring(signed) }
    } catch is CancellationError {
      return
    } catch {
      logger.warning(
        "standing work failed",
        metadata: ["agency": "\(office.agency)", "error": "\(error)"])
    }
  }

  /// Brings particulars, or that a key is withdrawn, to the registrar; when it is away, the next
  /// look tries again.
  private func bring(_ signed: SignedObject) async throws {
    let standing = try await store.read(ReadStanding())
    if standing.registrar == office.agency {
      // Of an agency that the registrar itself hosts.
      if try await office.publish(signed) != nil { signals.ring(.directory) }
      return
    }
    guard let registrar = standing.registrar,
      let entry = standing.entry, let session = await synchronizer.session(with: registrar)
    else { return }
    let isTaken = try await session.bring(
      ParticularsRequest.encoded(
        signed, entry: entry, key: key.publicKey, isSample: isSample))
    if !isTaken {
      logger.warning(
        "the registrar did not take what we have signed", metadata: ["registrar": "\(registrar)"])
    }
  }
}
