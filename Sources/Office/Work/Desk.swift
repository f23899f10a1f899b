import Casework
import Exchange
import Ledger
import Postgres
import Replica

/// One step at the desk of one clerk: who acts, when, on what footing, and what was written.
struct Desk {
  let office: Office
  let acting: Acting
  /// The business clock at the beginning of the step.
  let now: Timestamp
  /// The directory as stored; nil before the node has joined one.
  let directory: Directory?
  /// The person; nil for operators' verbs and for the node itself.
  let person: Ledger.Person?
  /// What was computed for this step.
  var computed = Computed()
  /// What the step read before anything else; nil where it is not a person's verb.
  var beginning: Beginning?
  /// The paper from which the host records; nil where the agency's own people act.
  var scan: String?
  /// The change set written.
  private(set) var change: StoredChangeSet?
  /// Nodes for which something new waits.
  private(set) var readers: Set<AgencyCode> = []
  /// What the audit notes beside.
  var detail = ""
  /// What the clerk is told beside the answer.
  var notices: [String] = []

  init(
    office: Office, acting: Acting, now: Timestamp, directory: Directory?, person: Ledger.Person?
  ) {
    self.office = office
    self.acting = acting
    self.now = now
    self.directory = directory
    self.person = person
  }

  /// The date in Asia/Shanghai.
  var today: CivilDate { now.civilDate }

  /// The directory as it stands, or a refusal while there is none.
  func view() throws -> DirectoryView {
    guard let directory else { throw OfficeError(.notJoined) }
    return directory.current
  }

  /// The kind of this agency in the directory.
  func kind() throws -> AgencyKind? {
    try view().agency(office.agency).flatMap { AgencyKind(rawValue: $0.entry.kind) }
  }

  /// The person who acts; a verb of a person never gets here without one.
  func clerk() throws -> Ledger.Person {
    guard let person else { throw OfficeError(.personRequired) }
    return person
  }

  /// The date the clerk states, or today; never ahead of the business clock.
  func date(_ value: String?, _ field: String = "on") throws -> CivilDate {
    guard let date = try Field.date(value, field) else { return today }
    guard date <= today else {
      throw OfficeError(.dateAhead, ["on": date.description, "today": today.description])
    }
    return date
  }

  /// A new record id.
  func newID() -> RecordID { RecordID(timestamp: now, random: office.entropy.bytes(10)) }

  /// Refuses an agency that the directory does not list.
  func known(_ agencies: [AgencyCode]) throws {
    let view = try view()
    for agency in agencies where view.agency(agency) == nil {
      throw OfficeError(.agencyUnknown, ["agency": agency.rawValue])
    }
  }

  /// Notes what was written at another desk in the same step.
  mutating func note(_ other: Desk) {
    change = other.change
    readers.formUnion(other.readers)
  }

  /// Writes one change set, folds and queues it; of one that goes along with another, the audit
  /// names the other.
  mutating func append(
    _ parts: [Part], to dossier: DossierID?, in transaction: borrowing OfficeTransaction,
    foundsDirectory: Bool = false, isFurther: Bool = false
  ) throws -> StoredChangeSet {
    var work = Append(
      author: office.signatory, drafts: [Exchange.Draft(dossier: dossier, parts: parts)],
      now: now, gate: office.gate(), entropy: office.entropy, foundsDirectory: foundsDirectory)
    work.attached = office.attached()
    let appended = try work.append(in: transaction)
    guard let written = appended.changeSets.first else {
      throw OfficeError(.internalFault, ["request": acting.idempotencyKey ?? "-"])
    }
    if !isFurther { change = written }
    readers.formUnion(appended.readers)
    return written
  }
}

extension OfficeError {
  /// What a caller is told when a change set could not be written.
  init(_ refusal: AppendRefusal) {
    switch refusal {
    case .unconfirmed: self.init(.sealingBlocked)
    case .restored: self.init(.wentBack, ["detail": "wentBack.chains"])
    case .keyNotInForce: self.init(.conflict, ["detail": "conflict.keyNotInForce"])
    case .unknownDossier, .notMember: self.init(.notFound, ["id": "-"])
    case .tooLarge(let what): self.init(.conflict, ["detail": what])
    case .rejected(let reason): self.init(.conflict, ["detail": reason.code])
    case .held(let reason): self.init(.conflict, ["detail": reason.code])
    case .void(let reason): self.init(.conflict, ["detail": reason.code])
    case .voidPart(let flaw): self.init(.conflict, ["detail": flaw.rawValue])
    }
  }
}
