import Exchange
package import Ledger
import Postgres
import Replica

extension Office {
  /// The keys that a node keeps for the agencies it hosts.
  package struct HostedKey: Sendable {
    /// The key it signs with for the agency.
    package var key: SigningKey
    /// The key that is to follow; nil when there is none.
    package var next: SigningKey?

    /// Pairs the two.
    package init(key: SigningKey, next: SigningKey? = nil) {
      self.key = key
      self.next = next
    }
  }

  /// Lists the desks of this node: an entry for each key that it keeps, and for each agency that
  /// the directory says it hosts.
  package func desks(_ keys: [AgencyCode: HostedKey]) async throws -> API.DeskList {
    try await read { transaction in
      API.DeskList(desks: Self.shown(keys, at: node, try transaction.directory()?.current))
    }
  }

  /// Notes that the node keeps a key for an agency, and shows what the registrar needs of it.
  package func openDesk(
    _ request: API.OpenDeskRequest, _ key: HostedKey, by acting: Acting
  ) async throws -> API.HostedDesk {
    try await write(API.openDesk, request, by: acting, on: request.agency) { transaction, desk in
      let code = try Field.agency(request.agency, "agency")
      let shown = API.HostedDesk(code, key, at: node, try transaction.directory()?.current)
      desk.detail = shown.fingerprint ?? ""
      return shown
    }
  }

  /// Refuses a desk for an agency that has a node: its own, or another host's.
  package func assertHostable(_ code: AgencyCode) async throws {
    try await read { transaction in
      let view = try transaction.directory()?.current
      let isElsewhere = view.map { $0.agency(code) != nil && $0.host(of: code) != node } ?? false
      if code == node || isElsewhere {
        throw OfficeError(.conflict, ["detail": "conflict.hasNode, \(code)"])
      }
    }
  }

  static func shown(
    _ keys: [AgencyCode: HostedKey], at node: AgencyCode, _ view: DirectoryView?
  ) -> [API.HostedDesk] {
    let hosted = view?.hosted(by: node).filter { $0 != node } ?? []
    return Set(keys.keys).union(hosted).sorted().map {
      API.HostedDesk($0, keys[$0], at: node, view)
    }
  }

  /// Proposes, as registrar, that a hosted agency moves to the node that has asked with an
  /// invitation: first its new key, and when that is in force its entry without a host.
  package func moveAgency(
    _ request: API.MoveAgencyRequest, by acting: Acting
  ) async throws -> API.Proposal {
    try await write(API.moveAgency, request, by: acting, on: request.agency) {
      transaction, desk in
      let view = try desk.registrar()
      let code = try Field.agency(request.agency, "agency")
      guard let known = view.agency(code) else {
        throw OfficeError(.agencyUnknown, ["agency": code.rawValue])
      }
      guard known.entry.hostedBy != nil else {
        throw OfficeError(.conflict, ["detail": "conflict.notHosted, \(code)"])
      }
      guard let application = try Applications.of(code, in: transaction.sql) else {
        throw OfficeError(.conflict, ["detail": "conflict.keyNotAsked, \(code)"])
      }
      guard let expected = request.fingerprint, !expected.isEmpty else {
        throw OfficeError(.missingValue, ["field": "fingerprint"])
      }
      try application.compare(expected)
      let change = try known.move(by: application.request, in: view)
      desk.detail = application.fingerprint
      if let open = desk.directory?.pendingProposals.first(where: { $0.proposal.change == change })
      {
        return API.Proposal(open, in: view)
      }
      let proposed = try desk.propose(change, in: transaction)
      try Applications.note(proposed.id, for: code, in: transaction.sql)
      return proposed.shown
    }
  }
}

extension DirectoryAgency {
  /// The next of the two entries of a move.
  fileprivate func move(
    by request: Exchange.JoinRequest, in view: DirectoryView
  ) throws -> Proposal.Change {
    let claim = request.particulars.claim(as: Particulars.self)
    guard let claim, !claim.endpoint.isEmpty, claim.version > particulars?.version ?? 0 else {
      // Published last, they would be older than what the host has published.
      throw OfficeError(.conflict, ["detail": "conflict.moveOld, \(entry.code)"])
    }
    guard view.activeKey(of: entry.code)?.publicKey == request.key else {
      return .key(agency: entry.code, key: request.key)
    }
    var entry = entry
    entry.hostedBy = nil
    return .admission(entry: entry, key: request.key, particulars: request.particulars)
  }
}

extension API.AdmitAgencyRequest {
  /// The admission of an agency that another node hosts, with the key that is kept there.
  func hosted(
    _ code: AgencyCode, by host: AgencyCode, in view: DirectoryView
  ) throws -> Proposal.Change {
    guard view.agency(host) != nil else {
      throw OfficeError(.agencyUnknown, ["agency": host.rawValue])
    }
    guard view.host(of: host) == host, host != code else {
      throw OfficeError(.conflict, ["detail": "conflict.noHost, \(host)"])
    }
    guard let text = publicKey, !text.isEmpty else {
      throw OfficeError(.conflict, ["detail": "conflict.hostedHere, \(host)"])
    }
    guard let bytes = Hex.decode(text), VerificationKey(PublicKey(bytes: bytes)) != nil else {
      throw Field.invalid(text, "publicKey", "verify.hex")
    }
    let key = PublicKey(bytes: bytes)
    guard let fingerprint, !fingerprint.isEmpty else {
      throw OfficeError(.missingValue, ["field": "fingerprint"])
    }
    guard Fingerprint.of(fingerprint) == Fingerprint.of(key) else {
      throw OfficeError(
        .fingerprintDiffers,
        ["fingerprint": Fingerprint.of(key), "expected": Repeat.line(fingerprint)])
    }
    if view.key(key.id).owner != nil {
      throw OfficeError(.conflict, ["detail": "conflict.keyGiven"])
    }
    guard let profile else { throw OfficeError(.missingValue, ["field": "profile"]) }
    var entry = try AgencyEntry(profile)
    guard entry.code == code else {
      throw Field.invalid(profile.code, "profile.code", code.rawValue)
    }
    entry.hostedBy = host
    return .admission(entry: entry, key: key, particulars: nil)
  }
}

extension API.HostedDesk {
  /// A desk as the API shows one.
  init(
    _ code: AgencyCode, _ kept: Office.HostedKey?, at node: AgencyCode, _ view: DirectoryView?
  ) {
    let known = view?.agency(code)
    let active = view?.activeKey(of: code)
    let state =
      if known == nil {
        "prepared"
      } else if view?.host(of: code) != node {
        "moved"
      } else if active == nil {
        "suspended"
      } else if active?.id != kept?.key.keyID {
        "keyless"
      } else {
        "open"
      }
    let key = (kept?.key.publicKey).map { (Fingerprint.of($0), Hex.encode($0.bytes)) }
    self.init(
      agency: code.rawValue, name: known?.entry.name, state: state, fingerprint: key?.0,
      publicKey: key?.1, nextFingerprint: kept?.next.map { Fingerprint.of($0.publicKey) })
  }
}
