import Casework
package import Ledger
import Postgres
import Replica

/// Finds whatever an id, a prefix or a number names, among what this agency may see.
///
/// What does not exist and what this agency may not see give the same refusal, byte for byte.
struct Lookup {
  /// What was found.
  struct Found {
    /// The table it stands in.
    let kind: Kind
    /// The dossier.
    let dossier: DossierID
    /// The record; nil for a dossier or change set.
    let record: RecordID?
    /// The change set that carries it.
    let change: ChangeSetID
    /// Who wrote the record, where it was found by its id.
    var author: AgencyCode?
  }

  /// What sort of thing a name names.
  enum Kind: String {
    case dossier, document, item, act, result, changeSet
  }

  let agency: AgencyCode

  /// Finds the one thing that a text names, in a dossier that is known already or anywhere.
  ///
  /// A record id is its author's choice, so anybody may copy one into another dossier. It names the
  /// record that this agency wrote itself, which nobody else can; else one that stands in two
  /// dossiers names neither, and `DOSSIER/RECORD` says which is meant.
  func find(
    _ text: String, of dossier: DossierID? = nil, in transaction: borrowing OfficeTransaction
  ) throws -> Found {
    if let (place, record) = Self.place(text) {
      let named = try find(place, in: transaction).dossier
      guard dossier == nil || dossier == named else { throw Self.notFound(text) }
      return try find(record, of: named, in: transaction)
    }
    let sight = try Sight(of: agency, in: transaction)
    let candidates: [Found] =
      if let id = RecordID(uuidString: text) {
        try records(id, sight, in: transaction)
      } else if let prefix = IDPrefix(text) {
        try changeSets(startingWith: prefix, sight, in: transaction)
      } else {
        try numbered(text, sight, in: transaction)
      }
    var visible = candidates.filter { dossier == nil || $0.dossier == dossier }
    let own = visible.filter { $0.author == agency }
    if !own.isEmpty { visible = own }
    guard let found = visible.first else { throw Self.notFound(text) }
    let isElsewhere = visible.contains { $0.dossier != found.dossier }
    if isElsewhere || Set(visible.map(\.name)).count > 1 {
      let names = visible.prefix(Limits.candidatesMax).map { candidate in
        isElsewhere ? candidate.place : candidate.name
      }
      throw OfficeError(
        .ambiguous, ["id": Repeat.line(text), "candidates": names.joined(separator: ", ")])
    }
    return found
  }

  /// Finds the dossier that a text names, or that holds what it names.
  func dossier(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> DossierID {
    try find(text, in: transaction).dossier
  }

  /// The one refusal for what is not there and for what is not for this agency.
  static func notFound(_ text: String) -> OfficeError {
    OfficeError(.notFound, ["id": Repeat.line(text)])
  }

  /// The two names of `DOSSIER/RECORD`; nil for any other text.
  private static func place(_ text: String) -> (dossier: String, record: String)? {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    let (dossier, record) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
    return RecordID(uuidString: record) == nil ? nil : (dossier, record)
  }

  private func changeSets(
    startingWith prefix: IDPrefix, _ sight: Sight, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    try transaction.sql.rows(
      """
      SELECT c.id, c.dossier FROM ledger.change_set c
      WHERE c.id >= \(prefix.low) AND c.id <= \(prefix.high) AND \(sight.reads("c.dossier"))
      ORDER BY c.id LIMIT \(Limits.candidatesMax + 1)
      """
    ).map { row in
      let id = try row.value(0, as: ChangeSetID.self)
      let dossier = try row.value(1, as: DossierID.self)
      return Found(
        kind: dossier.first == id ? .dossier : .changeSet, dossier: dossier, record: nil,
        change: id)
    }
  }

  private func records(
    _ id: RecordID, _ sight: Sight, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    try transaction.sql.rows(recordsQuery(id, sight)).map { row in
      Found(
        kind: Kind(rawValue: try row.value(0)) ?? .changeSet, dossier: try row.value(1),
        record: id, change: try row.value(2), author: try row.value(3))
    }
  }

  /// Every record with an id, each table by its index on it.
  ///
  /// Of several in one dossier the home's comes first, else that of the smallest agency code, as
  /// for every act that names the id; of one author what is open, then what this agency may open.
  func recordsQuery(_ id: RecordID, _ sight: Sight) -> SQL {
    let areForUs = SealedRows.areFor(agency)
    return """
      SELECT f.kind, f.dossier, f.change, f.author
      FROM (
        SELECT 'document' AS kind, dossier, change, author, part, true AS is_readable
        FROM casework.document WHERE id = \(id)
        UNION ALL SELECT 'item', dossier, change, author, part, true
        FROM casework.item WHERE id = \(id)
        UNION ALL SELECT 'act', dossier, change, author, part, true
        FROM casework.act WHERE id = \(id)
        UNION ALL SELECT 'result', dossier, change, author, part, true
        FROM casework.result WHERE id = \(id)
        UNION ALL SELECT 'dossier', dossier, change, home, 0, true
        FROM casework.dossier WHERE id = \(id)
        UNION ALL SELECT 'document', dossier, change, author, part, \(areForUs)
        FROM casework.sealed_document s WHERE id = \(id)
        UNION ALL SELECT 'item', dossier, change, author, part, \(areForUs)
        FROM casework.sealed_item s WHERE id = \(id)
        UNION ALL SELECT 'act', dossier, change, author, part, \(areForUs)
        FROM casework.sealed_act s WHERE id = \(id)
        UNION ALL SELECT 'result', dossier, change, author, part, \(areForUs)
        FROM casework.sealed_result s WHERE id = \(id)
      ) f LEFT JOIN casework.dossier d ON d.dossier = f.dossier
      WHERE \(sight.reads("f.dossier"))
      ORDER BY f.author IS NOT DISTINCT FROM d.home DESC, f.author, f.is_readable DESC,
        f.part, f.change, f.kind
      """
  }

  private func numbered(
    _ text: String, _ sight: Sight, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    guard !text.isEmpty else { return [] }
    return try transaction.sql.rows(numbersQuery(text, sight)).map { row in
      let dossier = try row.value(1, as: DossierID.self)
      let kind = Kind(rawValue: try row.value(0)) ?? .changeSet
      return Found(
        kind: kind, dossier: dossier, record: kind == .dossier ? nil : try row.value(2),
        change: kind == .dossier ? dossier.first : try row.value(3))
    }
  }

  /// The dossiers and papers of a number, by the indexes on it; more than one are too many.
  func numbersQuery(_ text: String, _ sight: Sight) -> SQL {
    """
    SELECT 'dossier', d.dossier, d.id, d.change FROM casework.dossier d
    WHERE d.number = \(text) AND d.change IS NOT NULL AND \(sight.reads("d.dossier"))
    UNION ALL
    SELECT 'document', d.dossier, d.id, d.change FROM casework.document d
    WHERE d.number = \(text) AND \(sight.reads("d.dossier"))
    LIMIT \(Limits.candidatesMax + 1)
    """
  }
}

extension Lookup.Found {
  /// What a list of candidates calls it.
  fileprivate var name: String { record?.uuidString ?? change.hex }

  /// What names it and nothing else.
  fileprivate var place: String { record.map { "\(dossier.hex)/\($0.uuidString)" } ?? change.hex }
}

extension Office {
  /// The dossier that an id, a unique prefix or a number names, or that holds what it names.
  package func dossierID(_ text: String) async throws -> DossierID {
    try await read { transaction in
      try Lookup(agency: agency).dossier(text, in: transaction)
    }
  }
}
