import Casework
package import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// Founds a directory with this agency as registrar and only governor.
  package func found(
    _ start: API.FirstStart, endpoint: String, tlsPin: Hash256, isSample: Bool
  ) async throws -> DossierID {
    let entry = try AgencyEntry(start.profile)
    guard entry.code == agency else {
      throw Field.invalid(start.profile.code, "profile.code", agency.rawValue)
    }
    return try await store.write { transaction in
      if try transaction.node().directory != nil { throw OfficeError(.alreadyJoined) }
      var desk = Desk(
        office: self, acting: .node, now: clock.now, directory: nil, person: nil)
      let signed = try firstParticulars(start, endpoint, tlsPin, desk, version: 1)
      let founding = Founding(registrar: entry, key: key.publicKey, sample: isSample)
      let statements: [DirectoryStatement] = [.founding(founding), .particulars(signed)]
      let written = try desk.append(
        [Part(directory: statements)], to: nil, in: transaction, foundsDirectory: true)
      try note("found", written.dossier.hex, desk, in: transaction)
      return written.dossier
    }
  }

  /// Makes an invitation, as registrar: one use, 72 hours of the system clock, ten tries.
  package func invite(
    _ request: API.InviteRequest, by acting: Acting
  ) async throws -> API.Invitation {
    try await write(API.invite, request, by: acting, on: request.profile.code) {
      transaction, desk in
      let view = try desk.registrar()
      guard let directory = desk.directory else { throw OfficeError(.notJoined) }
      let entry = try invited(request, view)
      guard let own = view.particulars(of: agency), let pin = own.tlsPin, !own.endpoint.isEmpty
      else { throw OfficeError(.conflict, ["detail": "conflict.noEndpoint"]) }
      let invitation = Exchange.Invitation(
        signer: agency, key: key.keyID, agency: entry.code, endpoint: own.endpoint, tlsPin: pin,
        directory: directory.id, newest: directory.newest,
        secret: entropy.bytes(Exchange.Invitation.secretByteCount),
        expiresAt: BusinessClock.systemTime().adding(seconds: Limits.invitationSeconds))
      let signed = SignedObject(signing: invitation, with: key)
      try Invitations.keep(invitation, signed, in: transaction.sql)
      if !request.newKey {
        try Invitees.keep(request.profile, of: entry.code, at: desk.now, in: transaction.sql)
      }
      return API.Invitation(
        invite: InviteCode.text(signed), agency: entry.code.rawValue,
        registrar: agency.rawValue, fingerprint: Fingerprint.of(key.publicKey),
        expiresAt: invitation.expiresAt.description)
    }
  }

  /// Whom an invitation is for: a newcomer, or an agency that asks for a new key.
  private func invited(
    _ request: API.InviteRequest, _ view: DirectoryView
  ) throws -> AgencyEntry {
    guard request.newKey else {
      let entry = try AgencyEntry(request.profile)
      if view.agency(entry.code) != nil {
        throw OfficeError(.conflict, ["detail": "conflict.inDirectory"])
      }
      return entry
    }
    let code = try Field.agency(request.profile.code, "code")
    guard let known = view.agency(code) else {
      throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
    }
    if code == agency { throw OfficeError(.conflict, ["detail": "conflict.keyOwnInvitation"]) }
    return known.entry
  }

  /// What a stranger's request to join gets from the registrar.
  package enum Admittance: Sendable {
    /// It passed its checks: the answer, pending or with the directory.
    case answered(JoinAnswer)
    /// It was refused.
    case refused(JoinRefusal)
  }

  /// Takes a request to join, as registrar.
  ///
  /// A wrong code counts as a try even though the request is refused.
  package func takeJoinRequest(_ request: Exchange.JoinRequest) async throws -> Admittance {
    try await store.write { transaction in
      guard let directory = try transaction.directory(),
        directory.current.registrar == agency,
        var state = try Invitations.state(request.invitation, in: transaction.sql)
      else { return .refused(.notInvited) }
      let now = BusinessClock.systemTime()
      let refusal = state.check(request, now: now, isSample: directory.current.isSample)
      try Invitations.update(state, at: now, in: transaction.sql)
      if let refusal { return .refused(refusal) }
      try Applications.keep(request, at: now, in: transaction.sql)
      let answer = try AnswerJoin(agency: request.entry.code, key: request.key.id)
        .run(transaction)
      return .answered(answer)
    }
  }

  /// How many invitations are open: while there are any, strangers may connect to join.
  package func openInvitations() async throws -> Int {
    try await read { transaction in
      let view = try transaction.directory()?.current
      return try Invitations.open(at: BusinessClock.systemTime(), in: transaction.sql) {
        view?.activeKey(of: $0)?.id == $1
      }
    }
  }

  /// Our own way into a directory, for the node to carry out.
  package struct Joining: Sendable {
    /// Where to go, with the pins to hold it to.
    package let invitation: Exchange.Invitation
    /// What to post there, again and again until the governors have decided.
    package let request: Exchange.JoinRequest
    /// What the operator is told meanwhile.
    package let shown: API.Join
  }

  /// Begins to join: pins the directory of the invitation and makes the request.
  package func beginJoin(
    _ request: API.JoinRequest, start: API.FirstStart, endpoint: String, tlsPin: Hash256,
    isSample: Bool, by acting: Acting
  ) async throws -> Joining {
    guard let (signed, invitation) = InviteCode.read(request.invite.filter { !$0.isWhitespace })
    else { throw Field.invalid(request.invite, "invite", "GT1.…") }
    guard invitation.agency == agency else {
      throw Field.invalid(invitation.agency.rawValue, "invite", agency.rawValue)
    }
    guard invitation.expiresAt > BusinessClock.systemTime() else {
      throw OfficeError(.joinRefused, ["detail": "conflict.closed"])
    }
    return try await store.write { transaction in
      var node = try transaction.node()
      if try transaction.directory() != nil { throw OfficeError(.alreadyJoined) }
      node.directory = invitation.directory
      try transaction.save(node)
      let desk = Desk(
        office: self, acting: acting, now: clock.now, directory: nil, person: nil)
      let state = JoinState(invite: request.invite, fingerprint: Fingerprint.of(key.publicKey))
      try state.keep(in: transaction.sql)
      try note("join", invitation.directory.hex, desk, in: transaction)
      return try joining(
        signed, invitation, start,
        try firstParticulars(
          start, endpoint, tlsPin, desk, version: Self.joiningVersion()), isSample)
    }
  }

  /// The joining begun before a restart that the directory has not answered yet.
  package func pendingJoin(
    start: API.FirstStart, endpoint: String, tlsPin: Hash256, isSample: Bool
  ) async throws -> Joining? {
    try await read { transaction in
      guard try transaction.directory()?.current.agency(agency) == nil,
        let state = try JoinState.read(in: transaction.sql),
        let (signed, invitation) = InviteCode.read(state.invite)
      else { return nil }
      let desk = Desk(
        office: self, acting: .node, now: clock.now, directory: nil, person: nil)
      return try joining(
        signed, invitation, start,
        try firstParticulars(
          start, endpoint, tlsPin, desk, version: Self.joiningVersion()), isSample)
    }
  }

  private func joining(
    _ signed: SignedObject, _ invitation: Exchange.Invitation, _ start: API.FirstStart,
    _ particulars: SignedObject, _ isSample: Bool
  ) throws -> Joining {
    let request = Exchange.JoinRequest(
      entry: try AgencyEntry(start.profile), key: key.publicKey, particulars: particulars,
      invitation: signed, secret: invitation.secret, isSample: isSample)
    let shown = API.Join(
      state: "pending", agency: agency.rawValue, fingerprint: Fingerprint.of(key.publicKey),
      registrar: invitation.signer.rawValue,
      registrarFingerprint: Fingerprint.of(invitation.key.hex),
      directory: invitation.directory.hex)
    return Joining(invitation: invitation, request: request, shown: shown)
  }

  /// The version of the particulars with which a node joins: the second of its clock.
  ///
  /// A hosted agency that moves to the node has particulars already, which its host counted from 1
  /// and the node has not seen. The registrar refuses the move when they are newer all the same.
  private static func joiningVersion() -> UInt64 {
    UInt64(max(1, BusinessClock.systemTime().microseconds / 1_000_000))
  }

  private func firstParticulars(
    _ start: API.FirstStart, _ endpoint: String, _ tlsPin: Hash256, _ desk: Desk,
    version: UInt64
  ) throws -> SignedObject {
    let people = try start.people.map { try Self.person($0, newID: desk.newID()) }
    let particulars = Particulars(
      signer: agency, key: key.keyID, version: version, endpoint: endpoint, tlsPin: tlsPin,
      encryptionKey: encryptionKey?.bytes ?? [], people: people, gateway: isBehindGateway)
    return SignedObject(signing: particulars, with: key)
  }
}
