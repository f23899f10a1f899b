import FoundationEssentials
import SwiftProtobuf
package import Wire

extension DirectoryStatement {
  var wire: WireDirectoryStatement {
    var wire = WireDirectoryStatement()
    switch self {
    case .founding(let founding):
      wire.founding.registrar = founding.registrar.wire
      wire.founding.key = founding.key.wire
      wire.founding.sample = founding.sample
    case .proposal(let proposal): wire.proposal = proposal.wire
    case .countersignature(let proposal): wire.countersignature.proposal = proposal.wire
    case .finalization(let finalization):
      wire.finalization.proposal = finalization.proposal.wire
      wire.finalization.countersignatures = finalization.countersignatures.map(\.wire)
    case .particulars(let object): wire.particulars = object.wire
    case .suspension(let object): wire.suspension = object.wire
    case .appointment(let appointment):
      wire.appointment.agency = appointment.agency.rawValue
      wire.appointment.key = appointment.key.wire
      wire.appointment.lastEntry = appointment.lastEntry.wire
    case .unknown(let bytes):
      if let message = try? WireDirectoryStatement(serializedBytes: bytes) { wire = message }
    }
    return wire
  }

  init?(wire: WireDirectoryStatement) {
    let bytes = LawfulForm.encode(wire)
    guard LawfulForm.decode(WireDirectoryStatement.self, bytes) != nil else {
      self = .unknown(bytes)
      return
    }
    switch wire.statement {
    case nil: return nil
    case .founding(let message):
      guard message.hasRegistrar, message.hasKey,
        let registrar = AgencyEntry(wire: message.registrar)
      else { return nil }
      let key = PublicKey(wire: message.key)
      self = .founding(Founding(registrar: registrar, key: key, sample: message.sample))
    case .proposal(let message):
      guard let basedOn = ChangeSetID(message.basedOn) else { return nil }
      // A change of a later build is a statement this build cannot read.
      guard let asked = message.change else {
        self = .unknown(bytes)
        return
      }
      guard let change = Proposal.Change(wire: asked) else { return nil }
      self = .proposal(Proposal(basedOn: basedOn, change: change))
    case .countersignature(let message):
      guard let proposal = ChangeSetID(message.proposal) else { return nil }
      self = .countersignature(proposal: proposal)
    case .finalization(let message):
      guard let proposal = ChangeSetID(message.proposal),
        let cited = ChangeSetID.list(message.countersignatures), cited.isStrictlyAscending
      else { return nil }
      self = .finalization(Finalization(proposal: proposal, countersignatures: cited))
    case .particulars(let message): self = .particulars(SignedObject(wire: message))
    case .suspension(let message): self = .suspension(SignedObject(wire: message))
    case .appointment(let message):
      guard let agency = AgencyCode(message.agency), message.hasKey,
        let lastEntry = ChangeSetID(message.lastEntry)
      else { return nil }
      let key = PublicKey(wire: message.key)
      self = .appointment(Appointment(agency: agency, key: key, lastEntry: lastEntry))
    }
  }
}

extension Proposal {
  var wire: WireProposal {
    var wire = WireProposal()
    wire.basedOn = basedOn.wire
    switch change {
    case .admission(let entry, let key, let particulars):
      wire.admission.entry = entry.wire
      wire.admission.key = key.wire
      if let particulars { wire.admission.particulars = particulars.wire }
    case .key(let agency, let key):
      wire.key.agency = agency.rawValue
      wire.key.key = key.wire
    case .governance(let governors, let threshold):
      wire.governance.governors = governors.map(\.rawValue)
      wire.governance.threshold = UInt32(clamping: threshold)
    }
    return wire
  }
}

extension Proposal.Change {
  init?(wire: WireProposal.OneOf_Change) {
    switch wire {
    case .admission(let message):
      guard message.hasEntry, message.hasKey, let entry = AgencyEntry(wire: message.entry) else {
        return nil
      }
      let particulars = message.hasParticulars ? SignedObject(wire: message.particulars) : nil
      let key = PublicKey(wire: message.key)
      self = .admission(entry: entry, key: key, particulars: particulars)
    case .key(let message):
      guard let agency = AgencyCode(message.agency), message.hasKey else { return nil }
      self = .key(agency: agency, key: PublicKey(wire: message.key))
    case .governance(let message):
      guard let governors = all(message.governors, { AgencyCode($0) }),
        governors.isStrictlyAscending
      else { return nil }
      self = .governance(governors: governors, threshold: Int(message.threshold))
    }
  }
}

extension PublicKey {
  /// The message that stands for this key.
  package var wire: WirePublicKey {
    var wire = WirePublicKey()
    wire.suite = suite
    wire.bytes = Data(bytes)
    return wire
  }

  /// Reads a key of any suite; `VerificationKey` tells whether it can be used.
  package init(wire: WirePublicKey) {
    self.init(suite: wire.suite, bytes: Array(wire.bytes))
  }
}

extension AgencyEntry {
  /// The message that stands for this entry.
  package var wire: WireAgencyEntry {
    var wire = WireAgencyEntry()
    wire.code = code.rawValue
    wire.name = name
    wire.shortName = shortName
    wire.level = level
    wire.region = region
    wire.creditCode = creditCode
    wire.kind = kind
    wire.hostedBy = hostedBy?.rawValue ?? ""
    wire.succeeds = succeeds?.rawValue ?? ""
    return wire
  }

  /// Reads an entry whose agency codes are codes.
  package init?(wire: WireAgencyEntry) {
    guard let code = AgencyCode(wire.code), let hostedBy = AgencyCode.optional(wire.hostedBy),
      let succeeds = AgencyCode.optional(wire.succeeds)
    else { return nil }
    self.init(
      code: code, name: wire.name, shortName: wire.shortName, level: wire.level,
      region: wire.region, creditCode: wire.creditCode, kind: wire.kind, hostedBy: hostedBy,
      succeeds: succeeds)
  }
}
