/// Named maxima of the ledger, each with its arithmetic.
package enum Limits {
  /// Bytes of a change set's header.
  ///
  /// 64 parents and 16 parts at 34 bytes each are 2,720; the fixed fields take under 250. 16 KiB
  /// leaves room for the fields of later formats.
  package static let headerBytesMax = 16 * 1024

  /// Bytes of one part.
  package static let partBytesMax = 4 * 1024 * 1024

  /// Parts of one change set, the open one included.
  ///
  /// Sixteen fit the bit set of a delivery's running hash with room to spare.
  package static let partsMax = 16

  /// Bytes of one change set, header and all parts with their salts.
  ///
  /// A delivery page is 8 MiB; 6 MiB plus seal, path and framing (under 8 KiB) always fit one.
  package static let changeSetBytesMax = 6 * 1024 * 1024

  /// Records of one change set.
  package static let recordsMax = 1_000

  /// Parents of one change set.
  ///
  /// 64 × 34 bytes = 2,176 of the header's 16 KiB; a dossier with more open heads closes 64 with
  /// every step.
  package static let parentsMax = 64

  /// Members of one dossier.
  package static let membersMax = 512

  /// Leaves of one seal tree; an audit path is at most ten hashes.
  package static let sealLeavesMax = 1_024

  /// Membership or directory statements of one part: a newcomer for every member, twice.
  package static let statementsMax = 2 * membersMax

  /// Change sets that one admit may lift: one void exclude for every member.
  package static let liftingMax = membersMax

  /// Bytes of one piece of an attachment: what a node reads, verifies and stores at once.
  package static let attachmentPieceBytes = 1024 * 1024

  /// Pieces of one attachment; an audit path is at most eleven hashes.
  package static let attachmentPiecesMax = 2_048

  /// Bytes of one attachment: 2,048 pieces of 1 MiB are 2 GiB.
  package static let attachmentBytesMax = UInt64(attachmentPiecesMax * attachmentPieceBytes)

  /// Bytes of the name of an attachment: what a file system of Linux allows (NAME_MAX).
  package static let attachmentNameBytesMax = 255

  /// Bytes of the body of one signed object; particulars of 1,000 people at 500 bytes fit.
  package static let signedBodyBytesMax = 512 * 1024

  /// Bytes of a public key of any suite; SM2 points take 65, post-quantum keys under 3 KiB.
  package static let publicKeyBytesMax = 4 * 1024

  /// People in the particulars of one agency.
  package static let peopleMax = 1_000

  /// Bytes of an evidence file.
  ///
  /// One change set of 6 MiB, a directory of 10,000 entries at about 1.5 KiB, and slack.
  package static let evidenceBytesMax = 32 * 1024 * 1024

  /// Receipts of an evidence file: one of every member.
  package static let evidencedReceiptsMax = membersMax

  /// Directory entries, and re-affirming headers, of an evidence file.
  ///
  /// 16,384 entries at 1.5 KiB fill the 32 MiB; counted before anything is decoded.
  package static let evidencedChangeSetsMax = 16 * 1024

  /// How long before its first receipt a change set may be dated without a warning: one day, in
  /// microseconds, so that a node that was offline over night raises none.
  package static let backDatingMicroseconds: Int64 = 86_400_000_000

  /// How long after its first receipt a change set may be dated without a warning: the five
  /// minutes from which a clock difference is flagged, in microseconds.
  package static let postDatingMicroseconds: Int64 = 300_000_000

  /// Distinct seals a memory keeps; each entry is under 300 bytes, so at most 2.5 MB.
  package static let sealsRememberedMax = 8_192

  /// Rounds of the standing computation before doubt closes what still changes.
  ///
  /// Honest dossiers settle in two rounds: one for the cut-offs, one for the key rule over them.
  package static let standingRoundsMax = 8
}
