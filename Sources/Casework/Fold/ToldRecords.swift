import Ledger

/// What a kept fold said about the records when it was asked last, and what came since.
struct ToldRecords: Sendable {
  private let records: [FoldedRecord]
  /// Whether each change set that was here counted.
  private let standings: [ChangeSetID: Bool]
  private var came: [Citation] = []
  /// The hashes of the questions that what came has changed the answers to.
  private var answered: Set<Int> = []

  /// Keeps what was said, of records with notes of what was asked for them.
  init(_ records: [FoldedRecord], standings: [ChangeSetID: Bool]) {
    self.records = records
    self.standings = standings
  }

  /// How many records it says something about.
  var count: Int { records.count }

  /// Notes a record that came.
  mutating func note(_ place: Citation, _ questions: [RecordQuestion]) {
    came.append(place)
    answered.formUnion(questions.map(\.hashValue))
  }

  /// What is said about the records now, by place: what was said before, but for what rests on an
  /// answer that has changed.
  ///
  /// Everything may rest on what counts and has its say in the order of chains. So where a change
  /// set that was here is worth something else now, nothing is kept.
  ///
  /// - Returns: the records that count; nil when nothing is kept.
  func records(in graph: DossierGraph, _ index: RecordIndex) -> [FoldedRecord]? {
    guard let home = graph.home,
      standings.allSatisfy({ FoldedDossier.counts($0.key, graph) == $0.value })
    else { return nil }
    if came.isEmpty { return records }
    let sight = FoldedDossier.sight(graph)
    let kept = records.map { record in
      record.rests(on: answered)
        ? FoldedRecord(record.entry, index, home: home, sight.noting()) : record
    }
    let new = came.compactMap { index.entry($0) }.filter(sight.contains).map {
      FoldedRecord($0, index, home: home, sight.noting())
    }
    return (kept + new).sorted { $0.entry.place < $1.entry.place }
  }
}

extension FoldedDossier {
  /// Whether each of these change sets counts.
  static func standings(
    of changes: some Sequence<ChangeSetID>, _ graph: DossierGraph
  ) -> [ChangeSetID: Bool] {
    Dictionary(changes.map { ($0, counts($0, graph)) }) { first, _ in first }
  }
}
