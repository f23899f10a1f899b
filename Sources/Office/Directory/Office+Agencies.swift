import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists the agencies of the directory by code.
  package func agencies(_ request: API.AgencyListRequest) async throws -> API.AgencyList {
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      guard let directory = try transaction.directory() else {
        return API.AgencyList(threshold: 0)
      }
      let view = directory.current
      let (codes, next) = page.cut(view.agencies.keys.sorted())
      return API.AgencyList(
        directory: directory.id.hex, newest: directory.newest.hex,
        registrar: view.registrar.rawValue, governors: view.governors.map(\.rawValue),
        threshold: view.threshold,
        agencies: codes.compactMap { code in view.agency(code).map { API.Agency($0, in: view) } },
        next: next)
    }
  }

  /// Shows what waits in the directory: applications, proposals, our own joining.
  package func pending(_ request: API.PendingRequest) async throws -> API.Pending {
    try await read { transaction in
      var pending = API.Pending()
      if let join = try JoinState.read(in: transaction.sql) { pending.join = join.shown(agency) }
      guard let directory = try transaction.directory() else { return pending }
      if directory.current.agency(agency) != nil { pending.join = nil }
      let open = directory.pendingProposals
      pending.proposals = open.map { API.Proposal($0, in: directory.current) }
      pending.appointments = directory.pendingAppointments.map { API.Appointment($0) }
      let proposed = Set(open.map(\.id))
      pending.applications = try Applications.all(in: transaction.sql).filter { application in
        application.isOpen(in: directory.current)
          && !(application.proposal.map(proposed.contains) ?? false)
      }.map { $0.shown(in: directory.current) }
      return pending
    }
  }

  /// Proposes to admit an agency that applied, or one that another node hosts, as registrar.
  package func admitAgency(
    _ request: API.AdmitAgencyRequest, by acting: Acting
  ) async throws -> API.Proposal {
    try await write(API.admitAgency, request, by: acting, on: request.agency) {
      transaction, desk in
      let view = try desk.registrar()
      let code = try Field.agency(request.agency, "agency")
      if view.agency(code) != nil {
        throw OfficeError(.conflict, ["detail": "conflict.inDirectory"])
      }
      if let host = request.hostedBy, !host.isEmpty {
        let change = try request.hosted(code, by: try Field.agency(host, "hostedBy"), in: view)
        return try desk.propose(change, in: transaction).shown
      }
      guard let application = try Applications.of(code, in: transaction.sql) else {
        throw OfficeError(.conflict, ["detail": "conflict.noApplication"])
      }
      if let expected = request.fingerprint, !expected.isEmpty {
        try application.compare(expected)
      }
      let change = Proposal.Change.admission(
        entry: try Invitees.entry(of: code, else: application.request.entry, in: transaction.sql),
        key: application.request.key, particulars: application.request.particulars)
      let proposal = try desk.propose(change, in: transaction)
      try Applications.note(proposal.id, for: code, in: transaction.sql)
      return proposal.shown
    }
  }

  /// Proposes who governs, as registrar.
  package func govern(
    _ request: API.GovernRequest, by acting: Acting
  ) async throws -> API.Proposal {
    let subject = request.governors.joined(separator: " ")
    return try await write(API.govern, request, by: acting, on: subject) { transaction, desk in
      _ = try desk.registrar()
      let governors = try Field.agencies(request.governors, "governors")
      try desk.known(governors)
      guard !governors.isEmpty, request.threshold <= governors.count,
        request.threshold > governors.count / 2
      else { throw OfficeError(.conflict, ["detail": "conflict.governance"]) }
      let change = Proposal.Change.governance(governors: governors, threshold: request.threshold)
      return try desk.propose(change, in: transaction).shown
    }
  }

  /// Countersigns a proposal, as governor, or as one that it would make a governor; the registrar
  /// finalizes by itself when enough have.
  package func countersignProposal(
    _ request: API.CountersignProposalRequest, by acting: Acting
  ) async throws -> API.Proposal {
    try await write(API.countersignProposal, request, by: acting, on: request.proposal) {
      transaction, desk in
      let view = try desk.view()
      guard let directory = desk.directory else { throw OfficeError(.notJoined) }
      let isGovernor = view.governors.contains(agency)
      let open = directory.pendingProposals.filter { isGovernor || $0.wouldSeat(agency) }
      guard isGovernor || !open.isEmpty else { throw OfficeError(.governorOnly) }
      let proposal = try Self.pick(request.proposal, of: open)
      let given = [proposal.id] + proposal.countersignatures
      if !given.contains(where: { directory.graph.changeSet($0)?.header.author == agency }) {
        _ = try desk.append(
          [Part(directory: [.countersignature(proposal: proposal.id)])], to: directory.id,
          in: transaction)
      }
      try desk.finalizeReady(in: transaction)
      return try Proposed(
        proposal.id, kind: proposal, before: directory, in: transaction.directory()
      ).shown
    }
  }

  private static func pick(
    _ text: String, of proposals: [PendingProposal]
  ) throws -> PendingProposal {
    let named = proposals.filter { proposal in
      if let code = AgencyCode(text) { return proposal.proposal.change.agency == code }
      return text.utf8.count >= Limits.prefixDigitsMin
        && proposal.id.hex.hasPrefix(text.lowercased())
    }
    if named.count > 1 {
      let ids = named.prefix(Limits.candidatesMax).map(\.id.hex).joined(separator: ", ")
      throw OfficeError(.ambiguous, ["id": Repeat.line(text), "candidates": ids])
    }
    guard let proposal = named.first else { throw Lookup.notFound(text) }
    return proposal
  }
}

extension Desk {
  /// The directory's view, when this agency is the registrar.
  func registrar() throws -> DirectoryView {
    let view = try view()
    guard view.registrar == office.agency else {
      throw OfficeError(.registrarOnly, ["registrar": view.registrar.rawValue])
    }
    return view
  }

  /// Writes a proposal and puts it into effect when our own word is enough.
  mutating func propose(
    _ change: Proposal.Change, in transaction: borrowing OfficeTransaction
  ) throws -> Proposed {
    guard let directory else { throw OfficeError(.notJoined) }
    let proposal = Proposal(basedOn: directory.newest, change: change)
    let written = try append(
      [Part(directory: [.proposal(proposal)])], to: directory.id, in: transaction)
    guard
      let open = try transaction.directory()?.pendingProposals.first(where: {
        $0.id == written.id
      })
    else { throw OfficeError(.conflict, ["detail": "conflict.governance"]) }
    try finalizeReady(in: transaction)
    return Proposed(written.id, kind: open, before: directory, in: try transaction.directory())
  }

  /// Finalizes every proposal that enough governors agreed to, as registrar.
  mutating func finalizeReady(in transaction: borrowing OfficeTransaction) throws {
    for _ in 0..<Limits.standingActsMax {
      guard let directory = try transaction.directory(),
        let ready = office.readyProposal(in: directory)
      else { return }
      let finalization = Finalization(
        proposal: ready.id, countersignatures: ready.countersignatures)
      _ = try append(
        [Part(directory: [.finalization(finalization)])], to: directory.id, in: transaction)
    }
  }
}

extension Office {
  /// A proposal that this office may finalize now, as registrar; nil when there is none.
  func readyProposal(in directory: Directory) -> PendingProposal? {
    guard directory.current.registrar == agency,
      // A proposal just finalized may have replaced the very key we sign with.
      directory.current.activeKey(of: agency)?.id == key.keyID
    else { return nil }
    return directory.pendingProposals.first(where: \.isReady)
  }
}

/// A proposal just written or countersigned, and what became of it.
struct Proposed {
  let id: ChangeSetID
  let shown: API.Proposal

  init(
    _ id: ChangeSetID, kind proposal: PendingProposal, before: Directory, in directory: Directory?
  ) {
    self.id = id
    if let directory, let open = directory.pendingProposals.first(where: { $0.id == id }) {
      shown = API.Proposal(open, in: directory.current)
    } else {
      // Neither open nor lapsed before: it took effect in this very step.
      var effective = API.Proposal(proposal, in: before.current)
      effective.state = "effective"
      shown = effective
    }
  }
}

extension PendingProposal {
  /// Whether it would make an agency a governor, whose word it then needs.
  fileprivate func wouldSeat(_ agency: AgencyCode) -> Bool {
    guard case .governance(let governors, _) = proposal.change else { return false }
    return governors.contains(agency)
  }
}

extension Proposal.Change {
  /// The agency it concerns; nil for governance.
  fileprivate var agency: AgencyCode? {
    if case .agency(let code) = subject { code } else { nil }
  }
}

extension API.Proposal {
  /// A proposal as the API shows one, on the footing of a view in which it is not carried yet.
  init(_ pending: PendingProposal, in view: DirectoryView) {
    var governors: [String] = []
    var fingerprint: String?
    let kind: String
    switch pending.proposal.change {
    case .admission(let entry, let key, _):
      kind = view.agency(entry.code) == nil ? "admission" : "change"
      fingerprint = Fingerprint.of(key)
    case .key(_, let key):
      kind = "key"
      fingerprint = Fingerprint.of(key)
    case .governance(let named, _):
      kind = "governance"
      governors = named.map(\.rawValue)
    }
    self.init(
      id: pending.id.hex, kind: kind, agency: pending.proposal.change.agency?.rawValue,
      fingerprint: fingerprint, governors: governors, state: "proposed",
      countersignedBy: pending.agreed.map(\.rawValue), threshold: view.threshold)
  }
}

extension API.Agency {
  /// An agency of the directory as the API shows one.
  init(_ agency: DirectoryAgency, in view: DirectoryView) {
    let entry = agency.entry
    func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
    let key = view.activeKey(of: entry.code)
    self.init(
      code: entry.code.rawValue, name: entry.name, shortName: filled(entry.shortName),
      level: filled(entry.level), region: filled(entry.region),
      creditCode: filled(entry.creditCode), kind: filled(entry.kind),
      hostedBy: entry.hostedBy?.rawValue, succeeds: entry.succeeds?.rawValue,
      state: key == nil ? "suspended" : "active",
      fingerprint: (key ?? agency.keys.last).map { Fingerprint.of($0.publicKey) },
      endpoint: filled(agency.particulars?.endpoint ?? ""),
      people: agency.particulars?.people.count ?? 0)
  }
}
