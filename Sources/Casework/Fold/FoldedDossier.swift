package import Ledger

/// What a dossier says: its cards, and the rows that stand for them in the `casework` schema.
package struct FoldedDossier: Sendable {
  /// The dossier.
  package let id: DossierID
  /// The home.
  package let home: AgencyCode?
  /// The cover in force.
  package let cover: Dossier?
  /// The record id of the cover in force, and where it stands.
  package let coverEntry: Entry?
  /// What this build does not know of records of a later one, as `type 99`, `field:19` or
  /// `verb:code`, one for each record; then the dossier is read-only.
  package let unknown: [String]
  /// Who belongs to it.
  package let members: Set<AgencyCode>
  /// Who is excluded.
  package let excluded: Set<AgencyCode>
  /// Where each document stands at each addressee, by document, then addressee.
  package let referrals: [ReferralCard]
  /// How discipline bodies handle them.
  package let handlings: [HandlingCard]
  /// The clue, in a dossier of that kind.
  package let clue: ClueCard?
  /// Where each tracked item stands.
  package let items: [ItemCard]
  /// Where each version of minutes stands.
  package let minutes: [MinutesCard]
  /// Where the dossier, its figures and its experts stand: the dossier first.
  package let courses: [CourseCard]
  /// What cites something that became void.
  package let reviews: [Review]
  /// What it says about each record that counts, by place.
  let records: [FoldedRecord]
  let index: RecordIndex
  let graph: DossierGraph
  let flawedParts: [CaseworkFold.FlawedPart]
  let flawedRecords: [CaseworkFold.FlawedRecord]
  let unknownPlaces: [Citation]
  /// The records that a look back to an earlier day leaves out; see ``asOf(_:)``.
  let later: Set<Citation>

  /// A record that cites something that became void (需复核).
  package struct Review: Sendable, Equatable {
    /// The citing record.
    package let citing: Citation
    /// What it cites.
    package let cited: Citation
  }

  /// Who may see it: the members that are not excluded.
  package var readers: Set<AgencyCode> { members.subtracting(excluded) }

  /// Whether the dossier holds a record this build does not know, and so is read-only (需升级).
  package var needsUpgrade: Bool { !unknown.isEmpty }

  /// Whether one of these records is open, so that what all members share is not known whole.
  var needsUpgradeInTheOpen: Bool { unknownPlaces.contains { $0.part == 0 } }

  /// Who wrote the records that this build does not know, ascending.
  package var newerAuthors: [AgencyCode] {
    Set(unknownPlaces.compactMap { graph.changeSet($0.change)?.header.author }).sorted()
  }

  /// What everything that counts shows.
  var sight: Sight { Self.sight(graph, without: later) }

  var questions: Questions {
    Questions(index: index, home: home ?? Self.nobody, sight: sight)
  }

  /// Stands for the home of an empty dossier, which has no records either.
  static let nobody: AgencyCode = {
    guard let code = AgencyCode("000000-0") else { preconditionFailure("a lawful code") }
    return code
  }()

  /// Makes the cards; `records` are those of the graph when they are known already.
  init(
    graph: DossierGraph, index: RecordIndex, flawedParts: [CaseworkFold.FlawedPart],
    flawedRecords: [CaseworkFold.FlawedRecord], unknown: [CaseworkFold.UnknownRecord],
    without later: Set<Citation> = [], records known: [FoldedRecord]? = nil
  ) {
    self.later = later
    self.graph = graph
    self.index = index
    self.flawedParts = flawedParts
    self.flawedRecords = flawedRecords
    id = graph.id
    home = graph.home
    members = graph.members
    excluded = graph.excluded
    let sight = Self.sight(graph, without: later)
    let counted = unknown.filter { Self.counts($0.place.change, graph) }
    self.unknown = counted.map(\.what)
    unknownPlaces = counted.map(\.place)
    coverEntry = index.cover(sight)
    cover = coverEntry?.cover
    let questions = Questions(index: index, home: graph.home ?? Self.nobody, sight: sight)
    let records = known ?? FoldedRecord.all(index, home: questions.home, sight)
    self.records = records
    referrals = records.flatMap(\.referrals)
    handlings = records.flatMap(\.handlings)
    items = records.flatMap(\.items)
    minutes = records.flatMap(\.minutes)
    let others = records.flatMap(\.courses)
    courses =
      [questions.dossierCourse()].compactMap(\.self)
      + others.filter { $0.type == .document } + others.filter { $0.type == .item }
    reviews = records.flatMap(\.reviews)
    if let entry = coverEntry, entry.cover?.kind == .clue {
      var card = ClueCard(
        home: entry.author, excluded: graph.excluded, referrals: referrals, handlings: handlings)
      card.mergedInto = questions.survivor()
      clue = card
    } else {
      clue = nil
    }
  }

  static func counts(_ change: ChangeSetID, _ graph: DossierGraph) -> Bool {
    graph.standing(of: change)?.isFolded ?? false
  }

  static func sight(_ graph: DossierGraph, without later: Set<Citation> = []) -> Sight {
    Sight(
      contains: {
        $0.flaw == nil && !later.contains($0.place) && counts($0.place.change, graph)
      },
      isAncestor: { graph.isAncestor($0, of: $1) })
  }
}

extension FoldedDossier {
  /// The records that count and are lawful, by place.
  package var entries: [Entry] { records.map(\.entry) }

  /// The record that an id names, lawful and counting.
  package func entry(_ id: RecordID) -> Entry? {
    let found = index.candidates(id, sight)
    return found.first { $0.author == home } ?? found.first
  }

  /// The record of an author that an id names for an audience, lawful and counting.
  ///
  /// A sealed record may have the id of an open one of its author, and is here only for those who
  /// read its part; whatever is open, or is counted, must not depend on it.
  package func entry(
    _ id: RecordID, by author: AgencyCode, for audience: [AgencyCode]
  ) -> Entry? {
    index.candidates(id, sight).first { $0.author == author && $0.audience == audience }
  }

  /// The record at a place, lawful or void.
  package func entry(at place: Citation) -> Entry? { index.entry(place) }

  /// Why a record is void by its own ancestry; nil when it is lawful or not here.
  package func flaw(at place: Citation) -> Entry.Flaw? {
    index.entry(place)?.flaw
      ?? flawedRecords.first { $0.place == place }.map(\.flaw)
      ?? flawedParts.first { $0.change == place.change && $0.part == place.part }
      .map { Entry.Flaw(.malformed, $0.detail) }
  }

  /// Why anything that a change set carries is void, in its order.
  package func flaws(in change: ChangeSetID) -> [Entry.Flaw] {
    guard let stored = graph.changeSet(change) else { return [] }
    return stored.parts.keys.sorted().flatMap { number -> [Entry.Flaw] in
      let records = stored.part(number)?.records.count ?? 1
      return (0..<max(records, 1)).compactMap { position in
        flaw(at: Citation(change: change, part: number, record: position))
      }
    }
  }

  /// The acts on a record, in the order of their authors' chains.
  package func acts(on place: Citation) -> [Entry] {
    index.following(place, sight).filter { $0.act != nil }
  }

  /// Where a document stands with its author.
  package func state(ofDocument entry: Entry) -> DocumentState {
    questions.state(ofDocument: entry)
  }

  /// Where a version of a result stands.
  package func state(ofResult entry: Entry) -> ResultState { questions.state(ofResult: entry) }

  /// Where a document stands at an addressee.
  package func referral(_ document: RecordID, at addressee: AgencyCode) -> ReferralCard? {
    referrals.first { $0.document == document && $0.addressee == addressee }
  }

  /// How a discipline body handles a referral.
  package func handling(_ document: RecordID, by body: AgencyCode) -> HandlingCard? {
    handlings.first { $0.document == document && $0.body == body }
  }

  /// How the addressee of a letter handles it, of this sender and audience.
  package func handling(of card: ReferralCard) -> HandlingCard? {
    handlings.first {
      $0.document == card.document && $0.sender == card.sender && $0.body == card.addressee
        && $0.audience == card.audience
    }
  }

  /// Where an item stands.
  package func item(_ id: RecordID) -> ItemCard? { items.first { $0.item == id } }

  /// Where the course of a dossier, document or item stands.
  package func course(_ subject: RecordID) -> CourseCard? {
    courses.first { $0.subject == subject }
  }

  /// Where the course of one document or item stands, whoever else uses its id.
  package func course(of entry: Entry) -> CourseCard? {
    courses.first {
      $0.subject == entry.record.id && $0.type == entry.record.content.type
        && $0.author == entry.author && $0.audience == entry.audience
    }
  }

  /// Where the dossier stands.
  package var course: CourseCard? { courses.first { $0.type == .dossier } }

  /// Where a version of minutes stands.
  package func minutes(_ document: RecordID) -> MinutesCard? {
    minutes.first { $0.document == document }
  }

  /// Where the minutes in a record stand, of its author and for its readers.
  package func minutes(of entry: Entry) -> MinutesCard? {
    minutes.first {
      $0.document == entry.record.id && $0.convenor == entry.author
        && $0.audience == entry.audience
    }
  }
}
