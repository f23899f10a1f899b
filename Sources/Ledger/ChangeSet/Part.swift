/// The content of a change set, or of one sealed piece of it.
package struct Part: Hashable, Sendable {
  /// Who may read a sealed part, ascending; empty in part 0, which every member reads.
  package var audience: [AgencyCode]
  /// Who joins and who leaves; part 0 only.
  package var membership: [MembershipStatement]
  /// What an entry of the directory says; part 0 of the directory's dossier only.
  package var directory: [DirectoryStatement]
  /// The records of the casework model.
  package var records: [Record]

  /// Gathers content; nothing is checked before `flaw(author:index:inDirectory:)` is asked.
  package init(
    audience: [AgencyCode] = [], membership: [MembershipStatement] = [],
    directory: [DirectoryStatement] = [], records: [Record] = []
  ) {
    self.audience = audience
    self.membership = membership
    self.directory = directory
    self.records = records
  }

  /// Why the part is void where it stands, if it is.
  ///
  /// Each part is judged alone, so that one whose bytes are withheld changes nothing for others.
  package func flaw(author: AgencyCode, index: Int, inDirectory: Bool) -> PartFlaw? {
    if records.count > Limits.recordsMax { return .tooManyRecords }
    if records.contains(where: { $0.author != author }) { return .foreignRecord }
    if index == 0 {
      if !audience.isEmpty { return .audience }
    } else {
      if audience.isEmpty { return .audience }
      if !membership.isEmpty { return .misplacedMembership }
    }
    if !directory.isEmpty, index > 0 || !inDirectory { return .misplacedDirectory }
    return nil
  }
}

/// Why a part is void.
package enum PartFlaw: String, Hashable, Sendable, CaseIterable {
  /// Not a protobuf message in its one lawful form.
  case notLawful
  /// A field of the wrong length or with characters that do not belong.
  case field
  /// Longer than the limit.
  case tooLong
  /// More records than the limit.
  case tooManyRecords
  /// More statements than the limit.
  case tooManyStatements
  /// A record that names another author than the change set.
  case foreignRecord
  /// An audience on the open part, none on a sealed one, or one out of order.
  case audience
  /// A membership statement in a sealed part.
  case misplacedMembership
  /// A directory statement outside part 0 of the directory.
  case misplacedDirectory
}

/// What part bytes turned out to be.
package enum PartReading: Hashable, Sendable {
  /// A part in its lawful form.
  case part(Part)
  /// A membership statement of a kind or with a field that this build does not know: the change set
  /// is held.
  case unknownMembership
  /// Void by its own bytes.
  case void(PartFlaw)
}

/// One record of the casework model: an envelope the ledger reads and a body it never does.
package struct Record: Hashable, Sendable {
  /// The record's own id.
  package var id: RecordID
  /// The number of the record type: 3 dossier, 4 document, 5 item, 6 act, 7 result,
  /// 8 destruction, 9 disclosure.
  package var type: UInt32
  /// The author; the author of the change set, or the part is void.
  package var author: AgencyCode
  /// The record this one replaces.
  package var revises: Citation?
  /// The casework message.
  package var body: [UInt8]

  /// Wraps a casework message.
  package init(
    id: RecordID, type: UInt32, author: AgencyCode, revises: Citation? = nil, body: [UInt8]
  ) {
    self.id = id
    self.type = type
    self.author = author
    self.revises = revises
    self.body = body
  }
}

/// Names one record of one part of one change set.
package struct Citation: Hashable, Comparable, Sendable {
  /// The change set.
  package var change: ChangeSetID
  /// The part, 0 for the open one.
  package var part: Int
  /// The position of the record in the part.
  package var record: Int

  /// Names the record at a position.
  package init(change: ChangeSetID, part: Int, record: Int) {
    self.change = change
    self.part = part
    self.record = record
  }

  package static func < (left: Citation, right: Citation) -> Bool {
    (left.change, left.part, left.record) < (right.change, right.part, right.record)
  }
}
