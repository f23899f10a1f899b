package import Ledger

extension PeerRecord {
  /// The other nodes that a directory knows: every agency that is its own host, but not ours.
  ///
  /// Hosted agencies have keys and chains of their own but no node, so none asks or is asked.
  ///
  /// - Parameters:
  ///   - view: the directory as it stands.
  ///   - own: the agency that runs this node.
  /// - Returns: the peers, ascending by code.
  package static func all(in view: DirectoryView, except own: AgencyCode) -> [PeerRecord] {
    view.agencies.values
      .filter { view.host(of: $0.entry.code) == $0.entry.code && $0.entry.code != own }
      .map { PeerRecord(agency: $0) }
      .sorted { $0.agency < $1.agency }
  }

  private init(agency: DirectoryAgency) {
    var keys: [KeyID: PeerKey] = [:]
    for key in agency.keys {
      if let verification = key.verification {
        keys[verification.id] = PeerKey(key: verification, isWithdrawn: key.withdrawnBy != nil)
      }
    }
    let particulars = agency.particulars
    self.init(
      agency: agency.entry.code, keys: keys,
      pin: particulars?.tlsPin.flatMap { CertificatePin($0.bytes) },
      endpoint: particulars.flatMap { PeerEndpoint($0.endpoint) },
      encryptionKey: particulars.flatMap { EncryptionKey(bytes: $0.encryptionKey) },
      isBehindGateway: particulars?.gateway == true)
  }
}
