import Exchange
import Ledger
import NIOPosix
import Office
import Replica

extension OfficeDesk {
  /// Makes the key that follows ours, or at its desk a hosted agency's, and gets it on its way
  /// into the directory; or, as registrar, proposes the one that another agency has asked for.
  func rotateKey(
    _ request: API.RotateKeyRequest, at desk: Office, by acting: Acting
  ) async throws -> API.KeyRotation {
    if let code = request.agency, !code.isEmpty, code != desk.agency.rawValue {
      let shown = try await office.proposeKey(request, by: acting)
      signals.ring(.directory)
      return shown
    }
    let next =
      desk.isHosted
      ? try await desks.keys.makeNext(of: desk.agency)
      : try await NIOThreadPool.singleton.runIfActive { [configuration] in
        try AgencyKeyFile.makeNext(in: configuration.keysDirectory)
      }
    let rotation = try await desk.rotateKey(
      request, to: next, isSample: configuration.isSample, by: acting)
    var shown = rotation.shown
    if let asking = rotation.asking {
      do {
        let state = try await joining.begin(asking, with: next)
        if state == "admitted" { shown.state = "effective" }
      } catch let error as NodeError where error.code == .peerUnreachable {
        // It asks again by itself, and the next bundle to the registrar carries the request.
        joining.resume(asking, with: next)
        shown.state = "kept"
      }
    }
    signals.ring(.directory)
    return shown
  }

  /// What the agencies that work here have asked a new key with and is not in force yet, the node's
  /// own first.
  func keyRequests() async throws -> [(joining: Office.Joining, key: SigningKey)] {
    var requests: [(joining: Office.Joining, key: SigningKey)] = []
    if let next = try await KeySuccession.next(configuration),
      let asking = try await office.pendingRotation(to: next, isSample: configuration.isSample)
    {
      requests.append((asking, next))
    }
    for (agency, kept) in desks.keys.all.sorted(by: { $0.key < $1.key }) {
      guard let next = kept.next else { continue }
      let desk = office.desk(of: agency, key: kept.key)
      if let asking = try await desk.pendingRotation(to: next, isSample: configuration.isSample) {
        requests.append((asking, next))
      }
    }
    return requests
  }

  /// Withdraws a key.
  ///
  /// Our own word is brought to the registrar before anybody is told that it is done. Where the
  /// registrar cannot be reached it is kept, for the line or the next bundle.
  func suspendKey(
    _ request: API.SuspendKeyRequest, at desk: Office, by acting: Acting
  ) async throws -> API.SuspendedKey {
    var withdrawal = try await desk.suspendKey(request, by: acting)
    if let signed = withdrawal.toBring {
      do {
        try await bring(signed)
      } catch let error where Self.isUnreachable(error) {
        try await desk.keep(suspension: signed)
        withdrawal.shown.state = "kept"
        try await desk.record(
          API.suspendKey.operation, on: withdrawal.shown.agency, outcome: "kept", by: acting)
      } catch {
        let outcome = (error as? OfficeError)?.refusal ?? .peerUnreachable
        try await desk.record(
          API.suspendKey.operation, on: withdrawal.shown.agency, outcome: outcome.rawValue,
          by: acting)
        throw error
      }
    }
    signals.ring(.directory)
    return withdrawal.shown
  }

  private static func isUnreachable(_ error: any Error) -> Bool {
    if let error = error as? NodeError { return error.code == .peerUnreachable }
    return (error as? OfficeError)?.refusal == .peerUnreachable
  }

  private func bring(_ signed: SignedObject) async throws {
    let standing = try await store.read(ReadStanding())
    guard let registrar = standing.registrar, let entry = standing.entry else {
      throw OfficeError(.notJoined)
    }
    if registrar == office.agency {
      // Of an agency that the registrar itself hosts.
      _ = try await office.publish(signed)
      return
    }
    guard let session = await synchronizer.session(with: registrar) else {
      throw OfficeError(
        .peerUnreachable, ["peer": registrar.rawValue, "detail": "reach.noAddress"])
    }
    let body = ParticularsRequest.encoded(
      signed, entry: entry, key: synchronizer.desk.signatory.key.publicKey,
      isSample: configuration.isSample)
    guard try await session.bring(body) else {
      throw OfficeError(
        .conflict, ["detail": "conflict.suspensionRefused", "registrar": registrar.rawValue])
    }
    // The news is fetched at once: our key is told the directory and nothing else from now on.
    _ = try? await session.fetchDirectory()
  }

  /// Appoints a registrar, as governor.
  func appoint(_ request: API.AppointRequest, by acting: Acting) async throws -> API.Appointment {
    let appointment = try await office.appoint(request, by: acting)
    signals.ring(.directory)
    return appointment
  }
}
