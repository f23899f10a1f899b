import Ledger
import Postgres
import Replica

extension Office {
  /// Shows what the directory says of an agency, and what waits about it.
  ///
  /// The directory is signed and open to every node in it. What an agency has said about itself
  /// and the registrar has not published yet is told at its own desk alone.
  package func shownAgency(_ request: API.AgencyRequest) async throws -> API.ShownAgency {
    let code = try Field.agency(request.agency, "agency")
    return try await read { transaction in
      guard let directory = try transaction.directory() else { throw OfficeError(.notJoined) }
      let view = directory.current
      guard let found = view.agency(code) else { throw Lookup.notFound(code.rawValue) }
      var shown = API.ShownAgency(found, in: directory)
      if code == agency {
        let pending = try Pending.newest(
          of: agency, after: found.particulars?.version ?? 0, in: transaction.sql)
        shown.unpublishedVersion = pending?.claim(as: Particulars.self).map {
          Int(clamping: $0.version)
        }
      }
      return shown
    }
  }
}

extension API.ShownAgency {
  /// An agency of the directory as the API shows it alone.
  fileprivate init(_ agency: DirectoryAgency, in directory: Directory) {
    let view = directory.current
    let code = agency.entry.code
    let keys = agency.keys.map { API.AgencyKey($0, in: directory) }
    self.init(
      agency: API.Agency(agency, in: view), since: keys.first?.since,
      registrar: view.registrar == code, governor: view.governors.contains(code),
      governors: view.governors.map(\.rawValue), threshold: view.threshold,
      hosts: view.hosted(by: code).filter { $0 != code }.map(\.rawValue),
      formerHosts: agency.formerHosts.sorted().map(\.rawValue), keys: keys,
      particulars: agency.particulars.map { API.AgencyParticulars($0) },
      proposals: directory.pendingProposals.filter { $0.proposal.change.subject == .agency(code) }
        .map { API.Proposal($0, in: view) })
  }
}

extension API.AgencyKey {
  /// A key as the API shows it, with the times of the entries that gave and withdrew it.
  fileprivate init(_ key: DirectoryKey, in directory: Directory) {
    func time(_ entry: ChangeSetID) -> String? {
      directory.graph.changeSet(entry)?.header.authoredAt.description
    }
    self.init(
      key: key.id.hex, fingerprint: Fingerprint.of(key.publicKey),
      state: key.withdrawnBy == nil ? "active" : "withdrawn", known: key.verification != nil,
      since: time(key.since), entry: key.since.hex,
      withdrawnAt: key.withdrawnBy.flatMap(time), withdrawnBy: key.withdrawnBy?.hex)
  }
}

extension API.AgencyParticulars {
  /// Particulars as the API shows them.
  fileprivate init(_ particulars: Particulars) {
    self.init(
      version: Int(clamping: particulars.version),
      signedBy: Fingerprint.of(particulars.key.hex), tlsPin: particulars.tlsPin?.hex,
      takesEnvelopes: !particulars.encryptionKey.isEmpty, gateway: particulars.gateway,
      acting: particulars.people.count { !$0.ended })
  }
}
