import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// A key withdrawn, and what still has to be brought to the registrar for that.
  package struct Withdrawal: Sendable {
    /// What the operator is told.
    package var shown: API.SuspendedKey
    /// Our signed word; nil when it is published already.
    package var toBring: SignedObject?
  }

  /// Withdraws a key: the registrar anybody's, everybody else their own.
  ///
  /// The registrar publishes its word at once; ours is signed here and has to be brought to it.
  package func suspendKey(
    _ request: API.SuspendKeyRequest, by acting: Acting
  ) async throws -> Withdrawal {
    let subject = request.agency.flatMap { $0.isEmpty ? nil : $0 } ?? agency.rawValue
    let code = try Field.agency(subject, "agency")
    let reason = try Field.line(request.reason, "reason")
    var toBring: SignedObject?
    if let view = try await read({ try $0.directory()?.current }), view.registrar != agency,
      code == agency, request.confirm == subject, view.activeKey(of: agency)?.id == key.keyID
    {
      toBring = suspension(of: code, key.keyID, reason)
    }
    let shown = try await write(API.suspendKey, request, by: acting, on: subject) {
      transaction, desk in
      let view = try desk.view()
      guard view.agency(code) != nil else {
        throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
      }
      guard view.registrar == agency || code == agency else {
        throw OfficeError(.registrarOnly, ["registrar": view.registrar.rawValue])
      }
      guard let active = view.activeKey(of: code) else {
        throw OfficeError(.conflict, ["detail": "conflict.keySuspended"])
      }
      guard view.activeKey(of: agency)?.id == key.keyID else {
        throw OfficeError(
          .conflict,
          ["detail": "conflict.keyCannotSign", "registrar": view.registrar.rawValue])
      }
      guard request.confirm == code.rawValue else {
        throw OfficeError(.confirmationMissing, ["confirm": code.rawValue])
      }
      desk.detail = "\(Fingerprint.of(active.publicKey)): \(reason)"
      if view.registrar == agency, let directory = desk.directory {
        let signed = suspension(of: code, active.id, reason)
        _ = try desk.append(
          [Part(directory: [.suspension(signed)])], to: directory.id, in: transaction)
      }
      return API.SuspendedKey(
        agency: code.rawValue, by: agency.rawValue,
        fingerprint: Fingerprint.of(active.publicKey), registrar: view.registrar.rawValue)
    }
    return Withdrawal(shown: shown, toBring: toBring)
  }

  /// Keeps our word until the directory shows it: the node brings it as soon as the registrar can
  /// be reached, and the next bundle to the registrar carries it.
  package func keep(suspension signed: SignedObject) async throws {
    try await store.write { transaction in
      let text = "\(Hex.encode(signed.body)) \(Hex.encode(signed.signature))"
      try Setting.suspension.set(text, at: settingsDesk, in: transaction.sql)
    }
  }

  /// Our word that our key is withdrawn, as long as the directory does not show it.
  package func unpublishedSuspension() async throws -> SignedObject? {
    try await read { transaction in
      let text = try Setting.suspension.value(at: settingsDesk, in: transaction.sql) ?? ""
      let halves = text.split(separator: " ").compactMap { Hex.decode($0) }
      guard halves.count == 2 else { return nil }
      let signed = SignedObject(body: halves[0], signature: halves[1])
      let active = try transaction.directory()?.current.activeKey(of: agency)
      guard let active, signed.claim(as: Suspension.self)?.suspended == active.id else {
        return nil
      }
      return signed
    }
  }

  /// What we have signed and the registrar has yet to publish: that our key is withdrawn, for what
  /// that key signs besides counts for nothing then, or else our particulars.
  package func unpublished() async throws -> SignedObject? {
    if let suspension = try await unpublishedSuspension() { return suspension }
    return try await unpublishedParticulars()
  }

  private func suspension(
    of code: AgencyCode, _ suspended: KeyID, _ reason: String
  ) -> SignedObject {
    SignedObject(
      signing: Suspension(
        signer: agency, key: key.keyID, agency: code, suspended: suspended, reason: reason),
      with: key)
  }

  /// What an agency signs for the registrar to publish.
  package enum Published: String, Sendable {
    /// What it says about itself.
    case particulars
    /// That its key is withdrawn.
    case suspension
  }

  /// Publishes, as registrar, what an agency has signed, whichever way it came.
  ///
  /// - Parameter signed: what it has signed; the type is part of each signature, so neither passes
  /// for   the other.
  /// - Returns: what is in force now; nil for what is not the agency's.
  /// - Throws: what the store throws.
  package func publish(_ signed: SignedObject) async throws -> Published? {
    if try await takeParticulars(signed) { return .particulars }
    return try await takeSuspension(signed) ? .suspension : nil
  }

  /// Takes the word of an agency that its key is withdrawn, as registrar, and publishes it word for
  /// word.
  ///
  /// - Returns: whether the key is withdrawn now; false for a word that is not its holder's.
  package func takeSuspension(_ signed: SignedObject) async throws -> Bool {
    let (taken, readers) = try await store.write { transaction -> (Bool, Set<AgencyCode>) in
      guard let directory = try transaction.directory(),
        directory.current.registrar == agency,
        let claim = signed.claim(as: Suspension.self), claim.key == claim.suspended,
        claim.agency == claim.signer
      else { return (false, []) }
      switch directory.current.key(claim.key) {
      case .withdrawn(claim.signer, _): return (true, [])
      case .active(claim.signer, let verification):
        guard signed.verified(as: Suspension.self, by: verification) != nil else {
          return (false, [])
        }
      default: return (false, [])
      }
      var desk = Desk(
        office: self, acting: .node, now: clock.now, directory: directory, person: nil)
      _ = try desk.append(
        [Part(directory: [.suspension(signed)])], to: directory.id, in: transaction)
      try note("suspendKey", claim.agency.rawValue, desk, in: transaction)
      return (true, desk.readers)
    }
    if !readers.isEmpty { wake(readers.sorted()) }
    return taken
  }
}
