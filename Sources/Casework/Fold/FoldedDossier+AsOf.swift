package import Ledger

extension FoldedDossier {
  /// What the dossier said at the end of a day: the same fold over what had happened by then.
  ///
  /// An act happened on the date it states, a document on its own date, an item with its document,
  /// a result on the date of the decision as last corrected, and a revocation on the date of the
  /// revocation. A cover states no event: it describes the dossier at all times. Nothing is judged
  /// again, since a verdict rests on the ancestry alone; only the cards are made anew. Dates are
  /// part of the records, so equal sets give equal answers in whatever order they arrived.
  ///
  /// - Parameter day: the last day that counts, in Asia/Shanghai.
  /// - Returns: the dossier as of that day; membership and void records are those of now.
  package func asOf(_ day: CivilDate) -> FoldedDossier {
    let questions = questions
    let gone = entries.filter { entry in
      questions.happened(entry).map { $0 > day } ?? false
    }
    return leavingOut(gone)
  }

  /// The days on which something happened in it: as of every day from one of them to the day before
  /// the next it says the same.
  package var eventDays: Set<CivilDate> {
    let questions = questions
    return Set(entries.compactMap { questions.happened($0) })
  }

  /// What an agency may read of the dossier, if it was a member at the end of a day: everything
  /// while it is one; after that, what it had when its membership was ended.
  ///
  /// - Parameters:
  ///   - agency: a member, or a former one.
  ///   - day: a day; the `end` is dated by the change set that carries it.
  /// - Returns: the dossier as the agency has it; nil when it is excluded, never belonged to it, or
  ///   left it by that day.
  func readable(by agency: AgencyCode, leavingAfter day: CivilDate) -> FoldedDossier? {
    if excluded.contains(agency) { return nil }
    if members.contains(agency) { return self }
    let ends = graph.closings(of: agency, in: nil).filter { end in
      graph.changeSet(end).map { $0.header.authoredAt.civilDate > day } ?? false
    }
    guard !ends.isEmpty else { return nil }
    return leavingOut(
      entries.filter { entry in !ends.contains { graph.reaches($0, entry.place.change) } })
  }

  /// The same fold without some records.
  private func leavingOut(_ gone: [Entry]) -> FoldedDossier {
    guard !gone.isEmpty else { return self }
    return FoldedDossier(
      graph: graph, index: index, flawedParts: flawedParts, flawedRecords: flawedRecords,
      unknown: zip(unknownPlaces, unknown).map { place, what in
        CaseworkFold.UnknownRecord(place: place, what: what)
      }, without: later.union(gone.map(\.place)))
  }
}

extension Questions {
  /// The day on which what a record states happened; nil for what is no event.
  func happened(_ entry: Entry) -> CivilDate? {
    switch entry.record.content {
    case .dossier, .destruction, .disclosure: nil
    case .document(let document): document.issuedOn
    case .item: entry.target.flatMap { index.entry($0) }?.document?.issuedOn
    case .act(let act): act.on
    case .result(let result): result.revoked ? result.on : corrected(entry).result?.on
    }
  }

  /// The last version of a result before any revocation: a correction says what was so all along.
  private func corrected(_ entry: Entry) -> Entry {
    var last = entry
    // Every step goes to a later sequence of the same author, so the walk ends.
    while let next = index.revisions(of: last.place, sight).last, next.result?.revoked == false {
      last = next
    }
    return last
  }
}
