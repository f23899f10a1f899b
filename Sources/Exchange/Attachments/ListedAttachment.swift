package import Ledger

/// An attachment that a document lists, with what is here of it.
package struct ListedAttachment: Sendable, Hashable {
  /// Where it is listed.
  package var place: AttachmentPlace
  /// The dossier of its document.
  package var dossier: DossierID
  /// The place of its document in the part.
  package var record: Int
  /// Its number in the list of the document.
  package var index: Int
  /// What its pieces must be.
  package var content: AttachmentContent
  /// How many pieces were stored here; fewer than all of them is a missing content (附件未到).
  package var have: Int

  /// Lists an attachment.
  package init(
    place: AttachmentPlace, dossier: DossierID, record: Int, index: Int,
    content: AttachmentContent, have: Int = 0
  ) {
    self.place = place
    self.dossier = dossier
    self.record = record
    self.index = index
    self.content = content
    self.have = have
  }

  /// Whether every piece is here.
  package var isComplete: Bool { have == content.cut.count }

  /// Whether two say the same of one attachment, whatever is here of it.
  package func says(_ other: ListedAttachment) -> Bool {
    place == other.place && dossier == other.dossier && record == other.record
      && index == other.index && content == other.content
  }
}

/// A piece as it is on disk; nothing in it is trusted.
package struct LoggedPiece: Sendable, Hashable {
  /// Its bytes.
  package var bytes: [UInt8]
  /// Its audit path.
  package var path: [Hash256]

  /// Makes a row.
  package init(bytes: [UInt8], path: [Hash256]) {
    self.bytes = bytes
    self.path = path
  }

  /// What travels: the audit path, then the bytes.
  package var frame: [UInt8] { path.flatMap(\.bytes) + bytes }
}
