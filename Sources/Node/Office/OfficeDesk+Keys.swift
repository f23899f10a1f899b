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
      let state = try await joining.begin(asking, with: next)
      if state == "admitted" { shown.state = "effective" }
    }
    signals.ring(.directory)
    return shown
  }

  /// Withdraws a key; our own word is brought to the registrar before anybody is told that it is
  /// done.
  func suspendKey(
    _ request: API.SuspendKeyRequest, at desk: Office, by acting: Acting
  ) async throws -> API.SuspendedKey {
    let withdrawal = try await desk.suspendKey(request, by: acting)
    if let signed = withdrawal.toBring {
      do {
        try await bring(signed)
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

  private func bring(_ signed: SignedObject) async throws {
    let standing = try await store.read(ReadStanding())
    guard let registrar = standing.registrar, let entry = standing.entry else {
      throw OfficeError(.notJoined)
    }
    if registrar == office.agency {
      // Of an agency that the registrar itself hosts.
      _ = try await office.takeSuspension(signed)
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
