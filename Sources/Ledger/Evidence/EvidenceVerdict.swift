/// What an evidence file proves, or the first thing that is wrong with it.
package enum EvidenceVerdict: Hashable, Sendable {
  /// Everything in the file fits.
  case valid(EvidenceFindings)
  /// Something does not.
  case invalid(EvidenceFlaw)
}

/// What a valid evidence file proves.
package struct EvidenceFindings: Hashable, Sendable {
  /// The change set.
  package let id: ChangeSetID
  /// Its dossier.
  package let dossier: DossierID
  /// What its header says.
  package let header: ChangeSetHeader
  /// When its author says it was sealed.
  package let sealedAt: Timestamp
  /// The parts that are shown and not void.
  package let parts: [Int: Part]
  /// Who had its bytes by when, each by that agency's own signature, earliest first.
  package let received: [Reception]
  /// The directory the file carries.
  package let directory: DossierID
  /// Whether that is the directory the verifier pinned; if not, the file only fits itself.
  package let isRootPinned: Bool
  /// What became of the key.
  package let confirmation: KeyConfirmation
  /// What a reader should know besides.
  package let warnings: [EvidenceWarning]
}

/// That an agency had the bytes.
package struct Reception: Hashable, Sendable {
  /// The agency that signed the receipt.
  package let agency: AgencyCode
  /// When it says the bytes were durable.
  package let storedAt: Timestamp
}

/// What became of the key that signed.
package enum KeyConfirmation: String, Hashable, Sendable, CaseIterable {
  /// In force at the newest entry.
  case inForce = "in-force"
  /// Withdrawn since, and re-affirmed under a key in force.
  case reaffirmed
  /// Withdrawn since, without re-affirmation in the file (未经换钥确认).
  case unconfirmed
}

/// What a reader of valid evidence should know.
package enum EvidenceWarning: String, Hashable, Sendable, CaseIterable {
  /// Nobody else's receipt is in the file: the time rests on the author's word.
  case noReceipt = "no-receipt"
  /// The author's time lies long before anybody is shown to have had the bytes.
  case backDated = "back-dated"
  /// The author's time lies after somebody had the bytes.
  case postDated = "post-dated"
  /// The key was withdrawn and the file does not show its re-affirmation.
  case unconfirmedKey = "unconfirmed-key"
  /// No directory id was given to hold the file against.
  case rootNotPinned = "root-not-pinned"
}

/// The first thing that is wrong with an evidence file.
package enum EvidenceFlaw: Error, Hashable, Sendable {
  /// Over a limit, in bytes or in entries.
  case tooLong
  /// Does not begin with `GTEV1\n`.
  case notEvidence
  /// Not a message in its one lawful form.
  case notLawful
  /// The directory in the file is not the pinned one.
  case otherDirectory
  /// The directory's entry at this position does not fit.
  case entry(Int)
  /// The entries are not the registrar's newest as stated, or not in their order.
  case newest
  /// The subject's header is not lawful.
  case header
  /// The entry that the subject names is not in the file or not the registrar's.
  case directoryEntry
  /// The subject's key is not its author's, or was withdrawn when it signed.
  case key
  /// The subject's seal does not fit.
  case seal
  /// A part of the subject does not match its header, or part 0 is not shown.
  case part(Int)
  /// The receipt at this position does not fit.
  case receipt(Int)
  /// The re-affirming header at this position does not fit.
  case reaffirming(Int)

  /// The word that the command line and JSON show.
  package var code: String {
    switch self {
    case .tooLong: "too-long"
    case .notEvidence: "not-evidence"
    case .notLawful: "not-lawful"
    case .otherDirectory: "other-directory"
    case .entry(let index): "entry-\(index)"
    case .newest: "newest"
    case .header: "header"
    case .directoryEntry: "directory-entry"
    case .key: "key"
    case .seal: "seal"
    case .part(let index): "part-\(index)"
    case .receipt(let index): "receipt-\(index)"
    case .reaffirming(let index): "reaffirming-\(index)"
    }
  }
}
