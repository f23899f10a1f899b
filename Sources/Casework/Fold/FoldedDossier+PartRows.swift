import Ledger

extension FoldedDossier {
  /// Where a record about a part stands, and the part with its hash.
  private func place(_ entry: Entry) -> [Cell] {
    let target = entry.partStatement?.place
    let hashes = target.flatMap { graph.changeSet($0.change)?.header.parts }
    let hash = target.flatMap { place in
      hashes.flatMap { $0.indices.contains(place.part) ? $0[place.part].bytes : nil }
    }
    return [
      dossierCell, .agency(entry.author), .uuid(entry.record.id),
      .bytes(entry.place.change.bytes), .number(entry.place.part), .number(entry.place.record),
      .timestamp(entry.authoredAt), .bytes(target?.change.bytes ?? []),
      .number(target?.part ?? 0), .bytes(hash ?? []),
    ]
  }

  func row(_ entry: Entry, _ destruction: Destruction) -> ProjectedRow {
    ProjectedRow(
      Tables.destruction, audience: entry.audience,
      place(entry) + [
        .uuid(destruction.actor), .code(destruction.role), .date(destruction.on),
        .text(destruction.decision), .text(destruction.reason),
      ])
  }

  func row(_ entry: Entry, _ disclosure: Disclosure) -> ProjectedRow {
    ProjectedRow(
      Tables.disclosure, audience: entry.audience,
      place(entry) + [
        .uuid(disclosure.actor), .code(disclosure.role), .date(disclosure.on),
        .text(disclosure.reason),
      ])
  }

  /// Destructions of parts that carry acts: only who has the bytes can tell that they have no
  /// effect, so the row is theirs alone.
  var refuted: [(entry: Entry, audience: [AgencyCode])] {
    graph.refutedDestructions.sorted { $0.key < $1.key }.flatMap { place, carriers in
      let carrier = graph.changeSet(place.change)
      let audience = carrier?.part(place.part)?.audience ?? carrier.map { [$0.header.author] } ?? []
      return index.all.filter { entry in
        carriers.contains(entry.place.change) && entry.flaw == nil
          && entry.partStatement == .destroy(place)
      }.map { (entry: $0, audience: audience) }
    }
  }
}
