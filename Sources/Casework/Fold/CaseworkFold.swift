package import Ledger

/// The fold of one dossier: records judged in their own ancestry, then cards over what counts.
///
/// Two steps with different lives. *Judging* a record asks only for its ancestry and the directory
/// entry it names, so it is done once and never again, in whatever order change sets arrive.
/// *Standing* of a change set may change when another comes, so the cards are made anew from the
/// judged records; this touches no bytes and decodes nothing. Equal sets give equal rows.
///
/// A fold that is kept (``advance(to:roster:)``) makes only those cards anew whose answers the new
/// records change.
package struct CaseworkFold: Sendable {
  /// The dossier.
  package let id: DossierID
  private var index = RecordIndex()
  /// Which parts of each change set have been read, as a bit set.
  private var read: [ChangeSetID: UInt32] = [:]
  private var flawedParts: [FlawedPart] = []
  private var flawedRecords: [FlawedRecord] = []
  private var unknown: [UnknownRecord] = []
  private var told: ToldRecords?

  /// A part that is void where it stands.
  struct FlawedPart: Sendable {
    let change: ChangeSetID
    let part: Int
    let author: AgencyCode
    let detail: String
  }

  /// A record whose body is no lawful record, so that it has no typed value.
  struct FlawedRecord: Sendable {
    let place: Citation
    let author: AgencyCode
    let audience: [AgencyCode]
    let id: RecordID
    let type: UInt32
    let flaw: Entry.Flaw
  }

  /// A record of a later build.
  struct UnknownRecord: Sendable {
    let place: Citation
    let what: String
  }

  /// An empty fold of a dossier.
  package init(_ id: DossierID) { self.id = id }

  /// The fold of everything in a graph.
  package static func full(_ graph: DossierGraph, roster: some Roster) -> CaseworkFold {
    var fold = CaseworkFold(graph.id)
    fold.extend(graph, roster: roster)
    return fold
  }

  /// Judges what the graph holds and the fold has not read yet.
  ///
  /// A part that comes after its change set was read (a sealed part disclosed later) may be the
  /// target of acts already judged, and so was one that has been destroyed: then the dossier is
  /// folded again from the start.
  ///
  /// - Returns: the change sets that were read now, in the graph's order.
  @discardableResult
  package mutating func extend(_ graph: DossierGraph, roster: some Roster) -> [ChangeSetID] {
    guard let home = graph.home else { return [] }
    var fresh: [StoredChangeSet] = []
    for change in graph.changeSets {
      guard let known = read[change.id] else {
        fresh.append(change)
        continue
      }
      if known != RunningHash.bits(of: change.parts.keys) {
        self = CaseworkFold(id)
        return extend(graph, roster: roster)
      }
    }
    for change in fresh {
      read[change.id] = RunningHash.bits(of: change.parts.keys)
      for part in change.parts.keys.sorted() {
        take(change, part, graph: graph, roster: roster, home: home)
      }
    }
    return fresh.map(\.id)
  }

  /// The cards and rows of what counts.
  package func folded(_ graph: DossierGraph) -> FoldedDossier {
    folded(graph, told?.records(in: graph, index))
  }

  /// Judges what is new, and gives the cards and rows of what counts: the same as
  /// ``extend(_:roster:)`` and ``folded(_:)``, for the cost of what changed since the last time.
  ///
  /// What was asked for each record is noted, so that the next step finds the records it touches.
  /// Passes over all change sets and records remain, but only to compare.
  package mutating func advance(to graph: DossierGraph, roster: some Roster) -> FoldedDossier {
    extend(graph, roster: roster)
    let known = told?.records(in: graph, index)
    let records =
      known
      ?? graph.home.map {
        FoldedRecord.all(index, home: $0, FoldedDossier.sight(graph), isNoting: true)
      } ?? []
    told = ToldRecords(records, standings: FoldedDossier.standings(of: read.keys, graph))
    return folded(graph, records)
  }

  /// How many records a kept fold has said something about.
  package var toldCount: Int { told?.count ?? 0 }

  private func folded(_ graph: DossierGraph, _ records: [FoldedRecord]?) -> FoldedDossier {
    FoldedDossier(
      graph: graph, index: index, flawedParts: flawedParts, flawedRecords: flawedRecords,
      unknown: unknown, records: records)
  }

  private mutating func take(
    _ change: StoredChangeSet, _ number: Int, graph: DossierGraph, roster: some Roster,
    home: AgencyCode
  ) {
    guard let part = change.part(number) else {
      let reason = change.flaw(number)?.rawValue ?? "unknown"
      flawedParts.append(
        FlawedPart(
          change: change.id, part: number, author: change.header.author, detail: reason))
      return
    }
    var lawful: [(Citation, CaseRecord)] = []
    for (position, record) in part.records.enumerated() {
      let place = Citation(change: change.id, part: number, record: position)
      switch CaseRecord.read(record) {
      case .record(let read): lawful.append((place, read))
      case .needsUpgrade(let what): unknown.append(UnknownRecord(place: place, what: what))
      case .flawed(let flaw):
        flawedRecords.append(
          FlawedRecord(
            place: place, author: record.author, audience: part.audience, id: record.id,
            type: record.type, flaw: Entry.Flaw(flaw.reason, flaw.detail)))
      }
    }
    let items = lawful.filter { $0.1.content.type == .item }
    let siblings = Set(items.map(\.1.id))
    for (place, record) in lawful {
      let entry = Entry(
        place: place, sequence: change.header.sequence, directory: change.header.directory,
        authoredAt: change.header.authoredAt, audience: part.audience, record: record)
      // Judged in a call of its own, so that nobody else holds the index when it grows.
      let judged = judge(entry, graph: graph, roster: roster, home: home, siblings: siblings)
      if let flaw = judged.flaw, flaw.reason == .unknownCode {
        unknown.append(UnknownRecord(place: place, what: flaw.detail))
      } else {
        let answered = index.insert(judged)
        told?.note(place, answered)
      }
    }
  }

  private func judge(
    _ entry: Entry, graph: DossierGraph, roster: some Roster, home: AgencyCode,
    siblings: Set<RecordID>
  ) -> Entry {
    Judge(
      index: index, graph: graph, roster: roster, home: home, entry: entry, siblings: siblings
    ).judged()
  }
}
