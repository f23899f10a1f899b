package import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// What is done with a new key of ours.
  package struct Rotation: Sendable {
    /// What the operator is told.
    package var shown: API.KeyRotation
    /// What is brought to the registrar, again and again; nil when nothing is.
    package var asking: Joining?
  }

  /// Gets our next key on its way into the directory.
  ///
  /// The registrar and the governors propose it themselves while their key is in force, the
  /// registrar also those of the agencies that it hosts. Everybody else, and who has lost the key,
  /// asks the registrar with an invitation that was handed over by a second way: whoever has stolen
  /// the old key cannot ask. Without one it is only shown.
  package func rotateKey(
    _ request: API.RotateKeyRequest, to next: SigningKey, isSample: Bool, by acting: Acting
  ) async throws -> Rotation {
    if let invite = request.invite, !invite.isEmpty {
      return try await askForKey(request, invite, next, isSample: isSample, by: acting)
    }
    let shown = try await write(API.rotateKey, request, by: acting, on: agency.rawValue) {
      transaction, desk in
      let view = try desk.view()
      guard view.agency(agency) != nil else { throw OfficeError(.notJoined) }
      var shown = API.KeyRotation(next, of: agency, in: view)
      desk.detail = shown.fingerprint
      let isProposer = view.mayAuthor(agency) && view.activeKey(of: agency)?.id == key.keyID
      guard shown.state == "prepared", isProposer || isHosted && view.registrar == node else {
        return shown
      }
      guard let open = desk.openProposal(of: next.publicKey) else {
        let change = Proposal.Change.key(agency: agency, key: next.publicKey)
        var proposer = Desk(
          office: isProposer ? self : atNode, acting: acting, now: desk.now,
          directory: desk.directory, person: nil)
        shown.proposal = try proposer.propose(change, in: transaction).shown
        desk.note(proposer)
        shown.state = shown.proposal?.state ?? shown.state
        return shown
      }
      shown.proposal = API.Proposal(open, in: view)
      shown.state = "proposed"
      return shown
    }
    return Rotation(shown: shown, asking: nil)
  }

  /// Proposes the key that another agency has asked for, as registrar.
  package func proposeKey(
    _ request: API.RotateKeyRequest, by acting: Acting
  ) async throws -> API.KeyRotation {
    let subject = request.agency ?? ""
    return try await write(API.rotateKey, request, by: acting, on: subject) { transaction, desk in
      let view = try desk.registrar()
      let code = try Field.agency(subject, "agency")
      guard view.agency(code) != nil else {
        throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
      }
      guard let application = try Applications.of(code, in: transaction.sql),
        application.isOpen(in: view)
      else {
        throw OfficeError(
          .conflict, ["detail": "conflict.keyNotAsked", "agency": code.rawValue])
      }
      guard let expected = request.fingerprint, !expected.isEmpty else {
        throw OfficeError(.missingValue, ["field": "fingerprint"])
      }
      try application.compare(expected)
      var shown = API.KeyRotation(application.request.key, of: code, in: view)
      desk.detail = shown.fingerprint
      if let open = desk.openProposal(of: application.request.key) {
        shown.proposal = API.Proposal(open, in: view)
      } else {
        let proposed = try desk.propose(
          .key(agency: code, key: application.request.key), in: transaction)
        try Applications.note(proposed.id, for: code, in: transaction.sql)
        shown.proposal = proposed.shown
      }
      shown.state = shown.proposal?.state ?? shown.state
      return shown
    }
  }

  /// What was asked for before a restart and is not in force yet; nil for nothing.
  package func pendingRotation(
    to next: SigningKey, isSample: Bool
  ) async throws -> Joining? {
    try await read { transaction in
      guard let view = try transaction.directory()?.current, view.key(next.keyID).owner == nil,
        let state = try JoinState.read(.newKey, at: settingsDesk, in: transaction.sql),
        state.fingerprint == Fingerprint.of(next.publicKey),
        let (signed, invitation) = InviteCode.read(state.invite)
      else { return nil }
      return try asking(signed, invitation, next, view, isSample)
    }
  }

  /// Takes a request for a new key that came without a line, as registrar.
  ///
  /// The invitation's secret proves who asks, as on the line; only an agency of the directory can,
  /// and only from the node on which it works.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - node: the node that it came from.
  /// - Returns: `pending`, `admitted`, or why it was refused.
  /// - Throws: what the store throws.
  package func takeKeyRequest(
    _ request: Exchange.JoinRequest, from node: AgencyCode
  ) async throws -> String {
    let view = try await read { try $0.directory()?.current }
    guard let view, view.registrar == agency, view.agency(request.entry.code) != nil,
      view.host(of: request.entry.code) == node
    else { return JoinRefusal.notInvited.rawValue }
    switch try await takeJoinRequest(request) {
    case .refused(let refusal): return refusal.rawValue
    case .answered(.pending): return "pending"
    case .answered(.admitted): return "admitted"
    }
  }

  private func askForKey(
    _ request: API.RotateKeyRequest, _ invite: String, _ next: SigningKey, isSample: Bool,
    by acting: Acting
  ) async throws -> Rotation {
    let text = invite.filter { !$0.isWhitespace }
    guard let (signed, invitation) = InviteCode.read(text) else {
      throw Field.invalid(invite, "invite", "GT1.…")
    }
    guard invitation.agency == agency else {
      throw Field.invalid(invitation.agency.rawValue, "invite", agency.rawValue)
    }
    guard invitation.expiresAt > BusinessClock.systemTime() else {
      throw OfficeError(.joinRefused, ["detail": "conflict.closed"])
    }
    let shown = try await write(API.rotateKey, request, by: acting, on: agency.rawValue) {
      transaction, desk in
      let view = try desk.view()
      guard view.agency(agency) != nil, invitation.directory == desk.directory?.id else {
        throw Field.invalid(invitation.directory.hex, "invite", desk.directory?.id.hex ?? "-")
      }
      var shown = API.KeyRotation(next, of: agency, in: view)
      desk.detail = shown.fingerprint
      guard shown.state == "prepared" else { return shown }
      let state = JoinState(invite: text, fingerprint: shown.fingerprint)
      try state.keep(as: .newKey, at: settingsDesk, in: transaction.sql)
      shown.state = "asked"
      return shown
    }
    guard shown.state == "asked" else { return Rotation(shown: shown, asking: nil) }
    let asking = try await read { transaction in
      guard let view = try transaction.directory()?.current else { throw OfficeError(.notJoined) }
      return try self.asking(signed, invitation, next, view, isSample)
    }
    return Rotation(shown: shown, asking: asking)
  }

  /// What is posted to the registrar: our particulars signed with the new key prove that we have
  /// it, the code by the invitation's secret proves who we are.
  private func asking(
    _ signed: SignedObject, _ invitation: Exchange.Invitation, _ next: SigningKey,
    _ view: DirectoryView, _ isSample: Bool
  ) throws -> Joining {
    guard let entry = view.agency(agency)?.entry else { throw OfficeError(.notJoined) }
    var particulars =
      view.particulars(of: agency)
      ?? Particulars(signer: agency, key: next.keyID, version: 0)
    particulars.key = next.keyID
    particulars.version += 1
    let request = Exchange.JoinRequest(
      entry: entry, key: next.publicKey,
      particulars: SignedObject(signing: particulars, with: next), invitation: signed,
      secret: invitation.secret, isSample: isSample)
    let shown = API.Join(
      state: "pending", agency: agency.rawValue, fingerprint: Fingerprint.of(next.publicKey),
      registrar: invitation.signer.rawValue,
      registrarFingerprint: Fingerprint.of(invitation.key.hex),
      directory: invitation.directory.hex)
    return Joining(invitation: invitation, request: request, shown: shown)
  }
}

extension Desk {
  /// The open proposal that would give this key.
  func openProposal(of key: PublicKey) -> PendingProposal? {
    directory?.pendingProposals.first { pending in
      if case .key(_, key) = pending.proposal.change { true } else { false }
    }
  }
}

extension API.KeyRotation {
  fileprivate init(_ key: PublicKey, of agency: AgencyCode, in view: DirectoryView) {
    self.init(
      agency: agency.rawValue, registrar: view.registrar.rawValue,
      state: view.activeKey(of: agency)?.id == key.id ? "effective" : "prepared",
      fingerprint: Fingerprint.of(key), publicKey: Hex.encode(key.bytes))
  }

  fileprivate init(_ key: SigningKey, of agency: AgencyCode, in view: DirectoryView) {
    self.init(key.publicKey, of: agency, in: view)
  }
}
