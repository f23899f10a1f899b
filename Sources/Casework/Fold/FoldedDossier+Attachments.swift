package import Ledger

extension FoldedDossier {
  /// The attachments of documents that count, each with the part that lists it.
  ///
  /// They are what this node fetches: a void document makes nobody fetch anything.
  package var attachments: [(change: ChangeSetID, part: Int, listed: PartAttachment)] {
    let documents = records.filter { $0.entry.document?.attachments.isEmpty == false }
      .map(\.entry)
    let parts = Dictionary(grouping: documents) { [$0.place.change.hex, "\($0.place.part)"] }
    return parts.values.flatMap { entries in
      guard let place = entries.first?.place,
        let part = graph.changeSet(place.change)?.part(place.part)
      else { return [(change: ChangeSetID, part: Int, listed: PartAttachment)]() }
      let counting = Set(entries.map(\.place.record))
      return part.attachments.filter { counting.contains($0.record) }
        .map { (change: place.change, part: place.part, listed: $0) }
    }.sorted { ($0.change, $0.part, $0.listed.position) < ($1.change, $1.part, $1.listed.position) }
  }
}
