package import Ledger

/// One lawful or unlawful record in its place, with what judging needs of its change set.
package struct Entry: Sendable, Equatable {
  /// Where the record stands.
  package let place: Citation
  /// The author's sequence of the change set.
  package let sequence: UInt64
  /// The directory entry the author had.
  package let directory: ChangeSetID?
  /// When the author says it was written.
  package let authoredAt: Timestamp
  /// The audience of its sealed part; empty in part 0.
  package let audience: [AgencyCode]
  /// The record.
  package let record: CaseRecord
  /// Why it is void by its own ancestry; nil when it is lawful.
  package var flaw: Flaw?

  /// The record that an act targets, that a result answers, or the document of an item, as it was
  /// resolved in the ancestry.
  package var target: Citation?

  /// Why a record is void.
  package struct Flaw: Sendable, Equatable {
    /// The code.
    package let reason: Invalidity
    /// What exactly.
    package let detail: String

    /// Makes a flaw.
    package init(_ reason: Invalidity, _ detail: String) {
      self.reason = reason
      self.detail = detail
    }
  }

  /// The author.
  package var author: AgencyCode { record.author }

  /// The document, when it is one.
  package var document: Document? {
    if case .document(let document) = record.content { document } else { nil }
  }

  /// The item, when it is one.
  package var item: Item? {
    if case .item(let item) = record.content { item } else { nil }
  }

  /// The act, when it is one.
  package var act: Act? {
    if case .act(let act) = record.content { act } else { nil }
  }

  /// The result, when it is one.
  package var result: Result? {
    if case .result(let result) = record.content { result } else { nil }
  }

  /// The cover, when it is one.
  package var cover: Dossier? {
    if case .dossier(let cover) = record.content { cover } else { nil }
  }

  /// Whether it destroys or discloses a part.
  var isAboutPart: Bool {
    switch record.content {
    case .destruction, .disclosure: true
    case .dossier, .document, .item, .act, .result: false
    }
  }

  /// The order of an author's own chain, with a tie-break for the two branches of a fork.
  static func precedes(_ one: Entry, _ other: Entry) -> Bool {
    (one.author, one.sequence, one.place) < (other.author, other.sequence, other.place)
  }
}

/// What one reader of the record set can see of it.
///
/// Judging an act looks through the sight of its ancestry; the cards look through the sight of
/// everything that counts. The same functions serve both, so a rule has one implementation.
struct Sight {
  /// Whether the reader sees a record and takes it for lawful.
  let contains: (Entry) -> Bool
  /// Whether the author of one change set had seen another.
  let isAncestor: (ChangeSetID, ChangeSetID) -> Bool
  /// Where what is asked through this sight is noted; nil where nobody keeps the answers.
  var inquiry: Inquiry?
}
