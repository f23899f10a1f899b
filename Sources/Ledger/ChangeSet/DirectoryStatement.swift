/// What an entry of the directory says.
package enum DirectoryStatement: Hashable, Sendable {
  /// Begins the directory with its registrar as only governor.
  case founding(Founding)
  /// Asks the governors for a change.
  case proposal(Proposal)
  /// Agrees with the proposal that a change set carries.
  case countersignature(proposal: ChangeSetID)
  /// Puts a proposal into effect, by the registrar.
  case finalization(Finalization)
  /// Publishes what an agency says about itself, word for word.
  case particulars(SignedObject)
  /// Publishes the withdrawal of a key, word for word.
  case suspension(SignedObject)
  /// Names a new registrar when the old one is lost, by governors.
  case appointment(Appointment)
  /// A statement of a later build: kept as its bytes, without effect here.
  case unknown([UInt8])
}

/// Begins the directory.
package struct Founding: Hashable, Sendable {
  /// The registrar, which is the home of the directory.
  package var registrar: AgencyEntry
  /// Its key.
  package var key: PublicKey
  /// Whether the directory holds sample data and never mixes with a real one.
  package var sample: Bool

  /// Begins a directory of one agency.
  package init(registrar: AgencyEntry, key: PublicKey, sample: Bool) {
    self.registrar = registrar
    self.key = key
    self.sample = sample
  }
}

/// A public key with its suite.
package struct PublicKey: Hashable, Sendable {
  /// 1 = Ed25519 with SHA-256; 2 is reserved for SM2 with SM3.
  package var suite: UInt32
  /// The key's bytes.
  package var bytes: [UInt8]

  /// Pairs bytes with a suite.
  package init(suite: UInt32 = VerificationKey.suite, bytes: [UInt8]) {
    self.suite = suite
    self.bytes = bytes
  }

  /// The id that headers and signed objects name.
  package var id: KeyID { KeyID(publicKey: bytes) }
}

/// What the directory says about an agency.
package struct AgencyEntry: Hashable, Sendable {
  /// The code, never reused.
  package var code: AgencyCode
  /// The full name.
  package var name: String
  /// The short name.
  package var shortName: String
  /// Province, city or county.
  package var level: String
  /// The region (GB/T 2260).
  package var region: String
  /// The unified social credit code (GB 32100), or empty.
  package var creditCode: String
  /// partyOffice, disciplineBody, court, procuratorate, justice, federation or unit.
  package var kind: String
  /// The agency whose node keeps this agency's replica; nil for its own node.
  package var hostedBy: AgencyCode?
  /// The agency whose successor this one is.
  package var succeeds: AgencyCode?

  /// Describes an agency.
  package init(
    code: AgencyCode, name: String, shortName: String, level: String, region: String,
    creditCode: String = "", kind: String, hostedBy: AgencyCode? = nil,
    succeeds: AgencyCode? = nil
  ) {
    self.code = code
    self.name = name
    self.shortName = shortName
    self.level = level
    self.region = region
    self.creditCode = creditCode
    self.kind = kind
    self.hostedBy = hostedBy
    self.succeeds = succeeds
  }
}

/// What the governors are asked to countersign.
package struct Proposal: Hashable, Sendable {
  /// The change asked for.
  package enum Change: Hashable, Sendable {
    /// Takes an agency in, or restates the entry of one already in with the key it has.
    case admission(entry: AgencyEntry, key: PublicKey, particulars: SignedObject?)
    /// Gives an agency a new key.
    case key(agency: AgencyCode, key: PublicKey)
    /// Changes who governs.
    case governance(governors: [AgencyCode], threshold: Int)

    /// What the change touches; two proposals about the same subject exclude one another.
    package var subject: Subject {
      switch self {
      case .admission(let entry, _, _): .agency(entry.code)
      case .key(let agency, _): .agency(agency)
      case .governance: .governance
      }
    }
  }

  /// What a change of the directory touches.
  package enum Subject: Hashable, Sendable {
    /// One agency.
    case agency(AgencyCode)
    /// The governors and their threshold.
    case governance
  }

  /// The registrar's entry it is based on; it lapses when a later one touches the same subject.
  package var basedOn: ChangeSetID
  /// The change asked for.
  package var change: Change

  /// Asks for a change on the footing of an entry.
  package init(basedOn: ChangeSetID, change: Change) {
    self.basedOn = basedOn
    self.change = change
  }
}

/// Puts a proposal into effect.
package struct Finalization: Hashable, Sendable {
  /// The change set that carries the proposal.
  package var proposal: ChangeSetID
  /// The change sets that carry the countersignatures, ascending.
  ///
  /// A governor's change set that carries the proposal itself counts as its countersignature.
  package var countersignatures: [ChangeSetID]

  /// Cites a proposal and those who agreed.
  package init(proposal: ChangeSetID, countersignatures: [ChangeSetID]) {
    self.proposal = proposal
    self.countersignatures = countersignatures.sorted()
  }
}

/// Names a new registrar.
package struct Appointment: Hashable, Sendable {
  /// The new registrar, an agency of the directory.
  package var agency: AgencyCode
  /// The key it acts with; a new one replaces the agency's.
  package var key: PublicKey
  /// The last entry that stays: registrar entries outside its ancestry have no effect.
  package var lastEntry: ChangeSetID

  /// Names a registrar from an entry on.
  package init(agency: AgencyCode, key: PublicKey, lastEntry: ChangeSetID) {
    self.agency = agency
    self.key = key
    self.lastEntry = lastEntry
  }
}
