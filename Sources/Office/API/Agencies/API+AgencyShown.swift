extension API {
  /// Shows an agency of the directory.
  package static let agency = Endpoint<AgencyRequest, ShownAgency>(
    .get, "/office/v1/agencies/{agency}", operation: "agency", credential: .operator)

  /// Names an agency.
  package struct AgencyRequest: Codable, Hashable, Sendable {
    /// Agency code.
    package var agency: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String) {
      self.agency = agency
    }
  }

  /// An agency of the directory with its keys and what waits about it.
  package struct ShownAgency: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.agency/v1"
    /// The agency.
    package var agency: Agency
    /// When it was entered in the directory, as the registrar says.
    package var since: String?
    /// Whether it is the registrar.
    package var registrar: Bool
    /// Whether it is a governor.
    package var governor: Bool
    /// Codes of the governors, who decide about its keys.
    package var governors: [String]
    /// Countersignatures that a change of its keys needs.
    package var threshold: Int
    /// Agencies whose replica its node keeps.
    package var hosts: [String]
    /// Agencies on whose nodes it worked before it moved.
    package var formerHosts: [String]
    /// Every key it was given, the newest last.
    package var keys: [AgencyKey]
    /// What it says about itself; null until it has said something.
    package var particulars: AgencyParticulars?
    /// Version of the particulars signed here that the registrar has not published; null for
    /// none, and for another agency.
    package var unpublishedVersion: Int?
    /// Proposals about it that wait.
    package var proposals: [Proposal]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: Agency, since: String? = nil, registrar: Bool = false, governor: Bool = false,
      governors: [String] = [], threshold: Int, hosts: [String] = [], formerHosts: [String] = [],
      keys: [AgencyKey] = [], particulars: AgencyParticulars? = nil,
      unpublishedVersion: Int? = nil, proposals: [Proposal] = []
    ) {
      self.agency = agency
      self.since = since
      self.registrar = registrar
      self.governor = governor
      self.governors = governors
      self.threshold = threshold
      self.hosts = hosts
      self.formerHosts = formerHosts
      self.keys = keys
      self.particulars = particulars
      self.unpublishedVersion = unpublishedVersion
      self.proposals = proposals
    }
  }

  /// A signing key of an agency.
  package struct AgencyKey: Codable, Hashable, Sendable {
    /// Id: SHA-256 of the public key.
    package var key: String
    /// First 16 hex digits of it.
    package var fingerprint: String
    /// active or withdrawn.
    package var state: String
    /// Whether this build can check what it signed.
    package var known: Bool
    /// When the registrar says that it was entered.
    package var since: String?
    /// Entry of the directory that gave it.
    package var entry: String
    /// When the registrar says that it was suspended or replaced.
    package var withdrawnAt: String?
    /// Entry that suspended or replaced it.
    package var withdrawnBy: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      key: String, fingerprint: String, state: String, known: Bool = false, since: String? = nil,
      entry: String, withdrawnAt: String? = nil, withdrawnBy: String? = nil
    ) {
      self.key = key
      self.fingerprint = fingerprint
      self.state = state
      self.known = known
      self.since = since
      self.entry = entry
      self.withdrawnAt = withdrawnAt
      self.withdrawnBy = withdrawnBy
    }
  }

  /// What an agency says about itself, in the version that the directory shows.
  package struct AgencyParticulars: Codable, Hashable, Sendable {
    /// Version.
    package var version: Int
    /// Fingerprint of the key that signed them.
    package var signedBy: String
    /// SHA-256 of the public key of its TLS certificate; null when it never answers.
    package var tlsPin: String?
    /// Whether sealed envelopes can be made for it.
    package var takesEnvelopes: Bool
    /// Whether pages to it travel as envelopes.
    package var gateway: Bool
    /// How many of its people may act.
    package var acting: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      version: Int, signedBy: String, tlsPin: String? = nil, takesEnvelopes: Bool = false,
      gateway: Bool = false, acting: Int
    ) {
      self.version = version
      self.signedBy = signedBy
      self.tlsPin = tlsPin
      self.takesEnvelopes = takesEnvelopes
      self.gateway = gateway
      self.acting = acting
    }
  }
}
