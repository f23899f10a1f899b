import Ledger

/// What a host records for an agency without a node, from that agency's paper (代录).
extension Judge {
  /// A recorded act is a person's, one that may come on paper, and comes with the paper.
  ///
  /// That the person holds the role at the host is judged with the role. Letters that refer a clue
  /// are for the addressee's own people alone.
  func checkRecording(_ act: Act, on found: Entry) throws(RecordFlaw) {
    guard let host = act.recordedBy else { return }
    guard act.actor != nil else { throw RecordFlaw(.notAutomatic, act.verb.rawValue) }
    guard act.verb.mayBeRecorded, found.document?.form != .referral else {
      throw RecordFlaw(.wrongAuthor, host.rawValue)
    }
    guard !questions.documents(.recordedPaper, broughtBy: entry).isEmpty else {
      throw RecordFlaw(.missingBasis, DocumentForm.recordedPaper.rawValue)
    }
  }

  /// The paper lists its scan, and is brought by people of the host, who need not be two: its text
  /// was signed on paper.
  func checkPaper(_ document: Document) throws(RecordFlaw) {
    guard !document.attachments.isEmpty else { throw RecordFlaw(.missingBasis, "attachments") }
    guard let directory = entry.directory else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    let host = roster.host(of: author, at: directory)
    guard host != author else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    try require(document.drafter, holdsOneOf: .staff, recordedBy: host)
    try require(document.signer, holdsOneOf: .staff, recordedBy: host)
  }
}
