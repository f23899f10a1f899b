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
    let candidates: [Found] =
      if let id = RecordID(uuidString: text) {
        try records(id, in: transaction)
      } else if let prefix = IDPrefix(text) {
        try changeSets(startingWith: prefix, in: transaction)
      } else {
        try numbered(text, in: transaction)
      }
    let sight = try Sight(of: agency, in: transaction)
    var visible = try candidates.filter { found in
      guard dossier == nil || found.dossier == dossier else { return false }
      return try sight.sees(found.dossier, in: transaction)
    }
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
    startingWith prefix: IDPrefix, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    try transaction.sql.rows(
      """
      SELECT id, dossier FROM ledger.change_set
      WHERE id >= \(prefix.low) AND id <= \(prefix.high) ORDER BY id
      LIMIT \(Limits.candidatesMax + 1)
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
    _ id: RecordID, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    try transaction.sql.rows(
      """
      SELECT 'document', dossier, change, author FROM casework.document WHERE id = \(id)
      UNION ALL SELECT 'item', dossier, change, author FROM casework.item WHERE id = \(id)
      UNION ALL SELECT 'act', dossier, change, author FROM casework.act WHERE id = \(id)
      UNION ALL SELECT 'result', dossier, change, author FROM casework.result WHERE id = \(id)
      UNION ALL SELECT 'dossier', dossier, change, home FROM casework.dossier WHERE id = \(id)
      UNION ALL
      SELECT 'document', dossier, change, author FROM casework.sealed_document WHERE id = \(id)
      UNION ALL SELECT 'item', dossier, change, author FROM casework.sealed_item WHERE id = \(id)
      UNION ALL SELECT 'act', dossier, change, author FROM casework.sealed_act WHERE id = \(id)
      UNION ALL
      SELECT 'result', dossier, change, author FROM casework.sealed_result WHERE id = \(id)
      """
    ).map { row in
      Found(
        kind: Kind(rawValue: try row.value(0)) ?? .changeSet, dossier: try row.value(1),
        record: id, change: try row.value(2), author: try row.value(3))
    }
  }

  private func numbered(
    _ text: String, in transaction: borrowing OfficeTransaction
  ) throws -> [Found] {
    guard !text.isEmpty else { return [] }
    return try transaction.sql.rows(
      """
      SELECT 'dossier', dossier, id, change FROM casework.dossier
      WHERE number = \(text) AND change IS NOT NULL
      UNION ALL SELECT 'document', dossier, id, change FROM casework.document
      WHERE number = \(text)
      LIMIT \(Limits.candidatesMax + 1)
      """
    ).map { row in
      let dossier = try row.value(1, as: DossierID.self)
      let kind = Kind(rawValue: try row.value(0)) ?? .changeSet
      return Found(
        kind: kind, dossier: dossier, record: kind == .dossier ? nil : try row.value(2),
        change: kind == .dossier ? dossier.first : try row.value(3))
    }
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
