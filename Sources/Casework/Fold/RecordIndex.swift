package import Ledger

/// The records of one dossier by what they are asked for.
package struct RecordIndex: Sendable {
  private var entries: [Citation: Entry] = [:]
  private var byRecord: [RecordID: [Citation]] = [:]
  private var byTarget: [Citation: [Citation]] = [:]
  private var bySuperseded: [RecordID: [Citation]] = [:]
  private var byRevised: [Citation: [Citation]] = [:]
  private var documents: [Citation] = []
  private var covers: [Citation] = []
  private var results: [Citation] = []
  private var advances: [Citation: [Citation]] = [:]

  /// Adds a judged record.
  mutating func insert(_ entry: Entry) {
    let place = entry.place
    entries[place] = entry
    // A void record answers no question, however often its author repeats it.
    // What is said about a part answers none either, and takes no id from any other record.
    guard entry.flaw == nil, !entry.isAboutPart else { return }
    byRecord[entry.record.id, default: []].append(place)
    if let target = entry.target { byTarget[target, default: []].append(place) }
    if let revised = entry.record.revises { byRevised[revised, default: []].append(place) }
    switch entry.record.content {
    case .document(let document):
      documents.append(place)
      if let old = document.supersedes { bySuperseded[old, default: []].append(place) }
    case .dossier: covers.append(place)
    case .result: results.append(place)
    case .act(let act) where act.verb == .advance:
      if let target = entry.target { advances[target, default: []].append(place) }
    case .item, .act, .destruction, .disclosure: break
    }
  }

  /// The record at a place.
  package func entry(_ place: Citation) -> Entry? { entries[place] }

  /// Every record, in no particular order.
  package var all: some Collection<Entry> { entries.values }

  /// The records with an id that a reader sees.
  func candidates(_ id: RecordID, _ sight: Sight) -> [Entry] {
    list(byRecord[id], sight)
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
  func following(_ place: Citation, _ sight: Sight) -> [Entry] { list(byTarget[place], sight) }

  /// The later versions that name a document as superseded, of the same author and audience.
  func successors(of entry: Entry, _ sight: Sight) -> [Entry] {
    list(bySuperseded[entry.record.id], sight).filter {
      $0.author == entry.author && $0.audience == entry.audience
    }
  }

  /// The later versions of a record.
  func revisions(of place: Citation, _ sight: Sight) -> [Entry] { list(byRevised[place], sight) }

  /// The documents that a reader sees.
  func documents(_ sight: Sight) -> [Entry] { list(documents, sight) }

  /// The steps of its course on a record that a reader sees.
  func advances(_ place: Citation, _ sight: Sight) -> [Entry] { list(advances[place], sight) }

  /// The results that a reader sees.
  func results(_ sight: Sight) -> [Entry] { list(results, sight) }

  /// Every version of the cover that a reader sees.
  func covers(_ sight: Sight) -> [Entry] { list(covers, sight) }

  /// The cover in force for a reader: the last lawful one of the home's chain.
  func cover(_ sight: Sight) -> Entry? { list(covers, sight).last }

  private func list(_ places: [Citation]?, _ sight: Sight) -> [Entry] {
    (places ?? []).compactMap { entries[$0] }.filter(sight.contains).sorted(by: Entry.precedes)
  }
}
