import Ledger

/// Judges one record by its own ancestry: lawful, or void with a reason.
///
/// A pure function of the record, its ancestry and the directory up to the entry it names; whatever
/// comes later never changes it. Whether a change set counts plays no part here (see
/// ``CaseworkFold``).
struct Judge<Source: Roster> {
  let index: RecordIndex
  let graph: DossierGraph
  let roster: Source
  let home: AgencyCode
  let entry: Entry
  /// The ids of the items in the same part, which a document lists.
  let siblings: Set<RecordID>

  /// What the author had seen and every reader of the record sees, too: its ancestry, and what
  /// stands before the record in its change set, without what is sealed for others.
  ///
  /// A sealed record that had a say in the verdict on an open one would give its readers another
  /// verdict than all other members.
  var sight: Sight {
    let place = entry.place
    let audience = entry.audience
    let graph = graph
    return Sight(
      contains: { other in
        guard other.flaw == nil, other.audience.isEmpty || other.audience == audience else {
          return false
        }
        return other.place.change == place.change
          ? other.place < place : graph.isAncestor(other.place.change, of: place.change)
      }, isAncestor: { graph.isAncestor($0, of: $1) })
  }

  var questions: Questions { Questions(index: index, home: home, sight: sight) }

  var author: AgencyCode { entry.author }

  /// The record with its verdict.
  func judged() -> Entry {
    var result = entry
    do throws(RecordFlaw) {
      guard entry.isAboutPart || index.candidates(entry.record.id, sight).isEmpty else {
        throw RecordFlaw(.duplicateRecord, entry.record.id.uuidString)
      }
      try checkOpen()
      result.target = try check()
    } catch {
      result.flaw = Entry.Flaw(error.reason, error.detail)
    }
    return result
  }

  private func check() throws(RecordFlaw) -> Citation? {
    switch entry.record.content {
    case .dossier(let cover):
      try check(cover)
      return nil
    case .document(let document):
      try check(document)
      return nil
    case .item(let item): return try check(item)
    case .act(let act): return try check(act)
    case .result(let result): return try check(result)
    case .destruction, .disclosure:
      try checkPart()
      return nil
    }
  }

  // MARK: Shared checks

  /// The record an id names in the ancestry, with the same audience as this one.
  func target(_ id: RecordID, _ type: RecordType) throws(RecordFlaw) -> Entry {
    guard let found = index.resolve(id, type, home: home, sight) else {
      throw RecordFlaw(.noTarget, id.uuidString)
    }
    guard found.audience == entry.audience else {
      throw RecordFlaw(.audience, id.uuidString)
    }
    return found
  }

  func kind(of agency: AgencyCode) -> AgencyKind? {
    entry.directory.flatMap { roster.kind(of: agency, at: $0) }
  }

  func require(
    _ person: RecordID, _ role: Role, oneOf roles: Set<Role>, recordedBy host: AgencyCode? = nil
  ) throws(RecordFlaw) {
    guard roles.contains(role) else { throw RecordFlaw(.wrongRole, role.rawValue) }
    try require(person, holds: role, recordedBy: host)
  }

  func require(
    _ person: RecordID, holdsOneOf roles: Set<Role>, recordedBy host: AgencyCode? = nil
  ) throws(RecordFlaw) {
    let held = roles.contains { role in
      entry.directory.map {
        roster.holds(person, role, for: author, recordedBy: host, at: $0)
      } ?? false
    }
    guard held else { throw RecordFlaw(.notHeld, person.uuidString) }
  }

  private func require(
    _ person: RecordID, holds role: Role, recordedBy host: AgencyCode?
  ) throws(RecordFlaw) {
    guard let directory = entry.directory,
      roster.holds(person, role, for: author, recordedBy: host, at: directory)
    else { throw RecordFlaw(.notHeld, "\(person.uuidString):\(role.rawValue)") }
  }

  /// The kind of dossier, from the cover in the ancestry.
  func dossierKind() throws(RecordFlaw) -> DossierKind {
    guard let cover = index.cover(sight)?.cover else { throw RecordFlaw(.noTarget, "cover") }
    return cover.kind
  }
}

extension Judge {
  private func check(_ cover: Dossier) throws(RecordFlaw) {
    guard author == home else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    guard entry.audience.isEmpty else { throw RecordFlaw(.audience, "cover") }
    let earlier = index.cover(sight)
    guard entry.record.revises == earlier?.place else {
      throw RecordFlaw(.revisesForeign, "cover")
    }
    if let before = earlier?.cover, before.kind != cover.kind {
      throw RecordFlaw(.wrongKind, cover.kind.rawValue)
    }
    guard cover.fitsKind else {
      throw RecordFlaw(.wrongDossierKind, cover.kind.rawValue)
    }
  }

  private func check(_ item: Item) throws(RecordFlaw) -> Citation {
    let found = try target(item.document, .document)
    guard let document = found.document, found.place.change == entry.place.change,
      found.place.part == entry.place.part, document.items.contains(entry.record.id)
    else { throw RecordFlaw(.noTarget, item.document.uuidString) }
    guard document.form.rule.items.contains(item.kind) else {
      throw RecordFlaw(.wrongForm, "\(document.form.rawValue):\(item.kind.rawValue)")
    }
    if item.kind == .cluePoint, !item.category.isEmpty {
      _ = try Form.code(item.category, "category", as: Misconduct.self, or: .wrongKind)
    }
    if item.kind == .deduction { try check(deduction: item, of: document) }
    return found.place
  }

  /// A deduction takes points off one unit by a rule, for a record that it names.
  ///
  /// Nobody else is addressed, so that no unit reads the lines of another.
  private func check(deduction item: Item, of document: Document) throws(RecordFlaw) {
    _ = try Form.code(item.category, "category", as: DeductionRule.self, or: .wrongKind)
    guard let points = item.amount, (1...DeductionRule.pointsMax).contains(points) else {
      throw RecordFlaw(.wrongAmount, "points")
    }
    guard let unit = item.unit, unit != author, document.to.allSatisfy({ $0 == unit }) else {
      throw RecordFlaw(.badAddressee, item.unit?.rawValue ?? "unit")
    }
    guard RecordID(uuidString: item.standard) != nil else {
      throw RecordFlaw(.missingBasis, "standard")
    }
  }
}
