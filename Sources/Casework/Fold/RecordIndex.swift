package import Ledger

/// The records of one dossier by what they are asked for.
package struct RecordIndex: Sendable {
  private var entries: [Citation: Entry] = [:]
  private var lists: [RecordQuestion: [Citation]] = [:]
  private var voided: [Citation] = []

  /// Adds a judged record.
  ///
  /// - Returns: the questions that have another answer since.
  mutating func insert(_ entry: Entry) -> [RecordQuestion] {
    let place = entry.place
    entries[place] = entry
    if entry.flaw != nil { voided.append(place) }
    let answered = RecordQuestion.answered(by: entry)
    for question in answered { lists[question, default: []].append(place) }
    return answered + [.at(place), .everything]
  }

  /// The record at a place.
  package func entry(_ place: Citation) -> Entry? { entries[place] }

  /// Every record, in no particular order.
  package var all: some Collection<Entry> { entries.values }

  /// The records that are void by their own ancestry, in the order of judging.
  var flawed: [Entry] { voided.compactMap { entries[$0] } }

  /// The records with an id that a reader sees.
  func candidates(_ id: RecordID, _ sight: Sight) -> [Entry] {
    list(.named(id), sight)
  }

  /// The records that an id names beside a record: of its author and for its readers.
  func candidates(_ id: RecordID, beside entry: Entry, _ sight: Sight) -> [Entry] {
    candidates(id, sight).filter { $0.author == entry.author && $0.audience == entry.audience }
  }

  /// The record that an id names for a reader.
  ///
  /// Two authors may use one id only by copying it; then the home's record is meant, or that of the
  /// smallest agency code, so that every replica takes the same.
  func resolve(
    _ id: RecordID, _ type: RecordType, home: AgencyCode, _ sight: Sight
  ) -> Entry? {
    let found = candidates(id, sight).filter { $0.record.content.type == type }
    return found.first { $0.author == home } ?? found.first
  }

  /// The acts on a record, the results on a referral, the items of a document.
  func following(_ place: Citation, _ sight: Sight) -> [Entry] { list(.following(place), sight) }

  /// The later versions that name a document as superseded, of the same author and audience.
  func successors(of entry: Entry, _ sight: Sight) -> [Entry] {
    list(.superseding(entry.record.id), sight).filter {
      $0.author == entry.author && $0.audience == entry.audience
    }
  }

  /// The later versions of a record.
  func revisions(of place: Citation, _ sight: Sight) -> [Entry] { list(.revising(place), sight) }

  /// The documents that a reader sees.
  func documents(_ sight: Sight) -> [Entry] { list(.documents, sight) }

  /// The steps of its course on a record that a reader sees.
  func advances(_ place: Citation, _ sight: Sight) -> [Entry] { list(.advancing(place), sight) }

  /// The results that a reader sees.
  func results(_ sight: Sight) -> [Entry] { list(.results, sight) }

  /// Every version of the cover that a reader sees.
  func covers(_ sight: Sight) -> [Entry] { list(.covers, sight) }

  /// The cover in force for a reader: the last lawful one of the home's chain.
  func cover(_ sight: Sight) -> Entry? { covers(sight).last }

  private func list(_ question: RecordQuestion, _ sight: Sight) -> [Entry] {
    sight.inquiry?.note(question)
    return (lists[question] ?? []).compactMap { entries[$0] }.filter(sight.contains)
      .sorted(by: Entry.precedes)
  }
}
