import Casework
import Ledger
import Postgres
import Replica

/// What the host of a hosted agency may do at its desk in a verb (代录).
enum Recording: Sendable, Hashable {
  /// Bring the paper of the agency, and its scan.
  case paper
  /// Record an act from the paper named; nil while none is named, and then nothing.
  case act(String?)

  /// What there is to do with a draft; nil for one that is no paper.
  init?(
    ofDraft text: String, of agency: AgencyCode, in transaction: borrowing Transaction
  ) throws {
    guard let id = RecordID(uuidString: text),
      try DraftRow.read(id, of: agency, in: transaction)?.content.isPaper ?? false
    else { return nil }
    self = .paper
  }

  /// The paper from which an act is recorded.
  var scan: String? {
    if case .act(let scan?) = self, !scan.isEmpty { scan } else { nil }
  }
}

extension Office {
  /// The person who acts: one of the agency's own, and where its host records from paper one of
  /// the host's.
  ///
  /// - Throws: `OfficeError`, which says at a desk what a person of the host lacks there.
  func person(
    _ acting: Acting, _ recording: Recording?, in directory: Directory?,
    _ transaction: borrowing OfficeTransaction, _ beginning: Beginning? = nil
  ) throws -> Ledger.Person {
    guard let name = acting.person, !name.isEmpty else { throw OfficeError(.personRequired) }
    guard directory != nil else { throw OfficeError(.notJoined) }
    guard let recording, recording == .paper || recording.scan != nil else {
      do {
        return try clerk(name, in: directory, transaction, beginning)
      } catch let refusal as OfficeError where refusal.refusal == .personUnknown {
        guard isHosted, recording != nil,
          (try? atNode.clerk(name, in: directory, transaction)) != nil
        else { throw refusal }
        throw OfficeError(.conflict, ["detail": "conflict.recordedWithoutScan, \(node)"])
      }
    }
    guard isHosted else {
      throw OfficeError(.conflict, ["detail": "conflict.recordedAtDesk"])
    }
    do {
      return try atNode.clerk(name, in: directory, transaction)
    } catch let refusal as OfficeError where refusal.refusal == .personUnknown {
      guard (try? clerk(name, in: directory, transaction)) != nil else { throw refusal }
      throw OfficeError(.conflict, ["detail": "conflict.recordedByHost, \(node)"])
    }
  }
}

/// The paper from which the host records an act: a draft with its scan, or the document that it
/// became with the first act that was recorded from it.
struct RecordedPaper {
  /// The draft.
  private(set) var draft: DraftRow
  private let attached: DraftAttachments
  private let document: Casework.Document
  private let place: Citation?

  /// Reads the paper that a request names, or says why the host may not record the act from it.
  init(
    _ text: String, for act: Act, in dossier: DossierID, by desk: Desk,
    _ transaction: borrowing OfficeTransaction
  ) throws {
    try Self.refuse(act, in: dossier, transaction)
    draft = try desk.draft(text, in: transaction)
    guard draft.content.isPaper, draft.dossier == dossier else {
      throw OfficeError(.conflict, ["detail": "conflict.otherPaper"])
    }
    attached = try DraftAttachments(of: draft.id, in: transaction.sql)
    place = try transaction.sql.firstRow(
      """
      SELECT change, part, record FROM casework.document
      WHERE dossier = \(dossier) AND author = \(desk.office.agency) AND id = \(draft.id)
      """
    ).map { try Citation($0) }
    guard place != nil || !attached.lines.isEmpty else {
      throw OfficeError(.conflict, ["detail": "conflict.paperNotScanned"])
    }
    document = Casework.Document(
      form: .recordedPaper, number: "", title: draft.content.title, body: draft.content.body,
      attachments: try attached.records(), drafter: draft.drafter, signer: try desk.clerk().id,
      issuedOn: act.on)
  }

  /// Refuses what only the agency's own people do.
  private static func refuse(
    _ act: Act, in dossier: DossierID, _ transaction: borrowing OfficeTransaction
  ) throws {
    guard act.verb.mayBeRecorded else {
      throw OfficeError(
        .conflict, ["detail": "conflict.notRecorded, verb.\(act.verb.rawValue)"])
    }
    let form = try transaction.sql.value(
      """
      SELECT form FROM casework.document
      WHERE dossier = \(dossier) AND id = \(act.target) AND form = \(DocumentForm.referral.rawValue)
      LIMIT 1
      """, as: String.self)
    if let form { throw OfficeError(.conflict, ["detail": "conflict.notRecorded, form.\(form)"]) }
  }

  /// The act as it is recorded: with the paper before it in its change set, or citing it.
  func joined(by act: Act, to composition: inout Composition, at desk: Desk) -> Act {
    var act = act
    act.recordedBy = desk.office.node
    if let place {
      act.basis.append(place)
    } else {
      composition.add(draft.id, .document(document))
    }
    return act
  }

  /// Gives the scan to the document that was just written.
  func handOver(
    to change: ChangeSetID, by desk: Desk, in transaction: borrowing OfficeTransaction
  ) throws {
    guard place == nil else { return }
    try attached.handOver(to: change, in: transaction.sql)
    var draft = draft
    draft.state = .issued
    draft.issuer = document.signer
    draft.change = change
    try draft.update(at: desk.now, in: transaction.sql)
  }
}
