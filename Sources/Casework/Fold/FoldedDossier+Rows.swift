package import Ledger

extension FoldedDossier {
  /// The rows of the dossier, ordered by table and primary key.
  ///
  /// An empty dossier has none.
  package var rows: [ProjectedRow] {
    CopyText.ordered(generalRows + records.flatMap(rows(of:)))
  }

  /// The rows that stand for no single record that counts: of the dossier as a whole, and of what
  /// is void or to be reviewed.
  var generalRows: [ProjectedRow] {
    guard let home, let first = graph.changeSet(id.first) else { return [] }
    var rows = [dossierRow(home: home, openedAt: first.header.authoredAt)]
    rows += memberRows
    if let clue { rows.append(row(clue, home: home)) }
    rows += courses.filter { $0.type == .dossier }.flatMap(courseRows)
    rows += voidRows
    rows += reviewRows
    return rows
  }

  /// SHA-256 over the rows that come from part 0; nil while the open records need an upgrade.
  ///
  /// What is unknown in a sealed part takes nothing from those rows, and a member outside the
  /// audience has the same ones.
  package var digest: Hash256? {
    guard !needsUpgradeInTheOpen else { return nil }
    return CopyText.digest(rows.filter { !$0.isSealed })
  }

  private func dossierRow(home: AgencyCode, openedAt: Timestamp) -> ProjectedRow {
    ProjectedRow(
      Tables.dossier, audience: [],
      [
        dossierCell, .agency(home), .optional(coverEntry?.record.id),
        coverEntry.map { .bytes($0.place.change.bytes) } ?? .null, .code(cover?.kind),
        .optional(cover?.number), .optional(cover?.title), .code(cover?.source),
        .agency(cover?.sourceAgency), .optional(cover?.region), .optional(cover?.campaign),
        .code(cover?.classification), .timestamp(openedAt),
        .bool(needsUpgradeInTheOpen), .bool(!graph.forks.isEmpty),
        .code(cover?.channel), .code(cover?.demandKind), .code(cover?.level),
        .optional(cover.flatMap { $0.batch == 0 ? nil : Int64($0.batch) }),
      ])
  }

  private var memberRows: [ProjectedRow] {
    graph.granted.union(excluded).sorted().map { agency in
      let state =
        members.contains(agency) ? "member" : excluded.contains(agency) ? "excluded" : "ended"
      return ProjectedRow(
        Tables.member, audience: [], [dossierCell, .agency(agency), .text(state)])
    }
  }

  private func row(_ clue: ClueCard, home: AgencyCode) -> ProjectedRow {
    ProjectedRow(
      Tables.clue, audience: [],
      [
        dossierCell, .optional(cover?.number), .optional(cover?.title), .agency(home),
        .text(clue.state.code), .agency(clue.holder), .optional(clue.document),
        .optional(clue.receivedOn), .optional(clue.acceptedOn), .code(clue.stage),
        .code(clue.closeKind), .bool(clue.isFiled), .bool(clue.isAccountable),
        .number(clue.personTimes), .optional(clue.fedBackOn), .bool(clue.isFinal),
      ])
  }

  var dossierCell: Cell { .bytes(id.bytes) }

  private var voidRows: [ProjectedRow] {
    var rows: [ProjectedRow] = []
    for change in graph.changeSets {
      guard case .void(let reason) = graph.standing(of: change.id) else { continue }
      rows.append(
        void(
          Citation(change: change.id, part: -1, record: -1), change.header.author, [],
          nil, nil, Entry.Flaw(.notCounted, reason.code)))
    }
    for part in flawedParts where Self.counts(part.change, graph) {
      // Nobody but its audience holds a sealed part, so what is wrong with it is theirs alone; a
      // part that does not decode names no audience and is shown as the author's own.
      rows.append(
        void(
          Citation(change: part.change, part: part.part, record: -1), part.author,
          part.part == 0 ? [] : [part.author], nil, nil, Entry.Flaw(.malformed, part.detail)))
    }
    for record in flawedRecords where Self.counts(record.place.change, graph) {
      rows.append(
        void(
          record.place, record.author, record.audience, record.id, record.type, record.flaw))
    }
    for entry in index.flawed where Self.counts(entry.place.change, graph) {
      guard let flaw = entry.flaw else { continue }
      rows.append(
        void(
          entry.place, entry.author, entry.audience, entry.record.id,
          entry.record.content.type.rawValue, flaw))
    }
    for (entry, audience) in refuted where Self.counts(entry.place.change, graph) {
      rows.append(
        void(
          entry.place, entry.author, audience, entry.record.id,
          entry.record.content.type.rawValue,
          Entry.Flaw(.carriesActs, entry.partStatement.map { "\($0.place)" } ?? "")))
    }
    return rows
  }

  private func void(
    _ place: Citation, _ author: AgencyCode, _ audience: [AgencyCode], _ id: RecordID?,
    _ type: UInt32?, _ flaw: Entry.Flaw
  ) -> ProjectedRow {
    ProjectedRow(
      Tables.void, audience: audience,
      [
        dossierCell, .bytes(place.change.bytes), .number(place.part), .number(place.record),
        .agency(author), .optional(id), .optional(type.map { Int64($0) }),
        .text(flaw.reason.rawValue), .optional(flaw.detail),
      ])
  }

  private var reviewRows: [ProjectedRow] {
    reviews.compactMap { review in
      guard let citing = index.entry(review.citing), let cited = index.entry(review.cited) else {
        return nil
      }
      // The mark lives with the audience of the cited record, and of the citing one.
      let audience = cited.audience.isEmpty ? citing.audience : cited.audience
      return ProjectedRow(
        Tables.review, audience: audience,
        [
          dossierCell, .agency(citing.author), .uuid(citing.record.id),
          .bytes(cited.place.change.bytes), .number(cited.place.part),
          .number(cited.place.record),
        ])
    }
  }
}

extension ProjectedRow {
  /// Whether the row comes from a sealed part.
  package var isSealed: Bool { table.hasPrefix("casework.sealed_") }
}
