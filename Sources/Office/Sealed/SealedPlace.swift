import Casework
import Ledger
import Postgres
import Replica

/// A sealed part that a caller names, with what is stored about it.
struct SealedPlace {
  let dossier: DossierID
  let graph: DossierGraph
  let changeSet: StoredChangeSet
  let part: Int

  /// The part by change set and number.
  var place: PartPlace { PartPlace(change: changeSet.id, part: part) }

  /// How a record cites it.
  var citation: Citation { Citation(change: changeSet.id, part: part, record: 0) }

  /// Finds the part of a change set, or the one that carries a record.
  ///
  /// Without a number the change set must have one sealed part alone.
  init(
    _ text: String, part: Int?, for agency: AgencyCode,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let found = try Lookup(agency: agency).find(text, in: transaction)
    guard let graph = try transaction.graphs([found.dossier])[found.dossier],
      let changeSet = graph.changeSet(found.change)
    else { throw Lookup.notFound(text) }
    (dossier, self.graph, self.changeSet) = (found.dossier, graph, changeSet)
    let count = changeSet.header.parts.count
    let carrying = try found.record.map { id in
      try transaction.sql.rows(
        """
        SELECT part FROM casework.sealed_document
        WHERE dossier = \(found.dossier) AND change = \(found.change) AND id = \(id)
        """
      ).map { try $0.value(0, as: Int.self) }
    }
    // Of one id in two parts of a change set the caller says which part is meant.
    let only = carrying?.count == 1 ? carrying?.first : nil
    guard let number = part ?? only ?? (count == 2 ? 1 : nil) else {
      throw OfficeError(.missingValue, ["field": "part"])
    }
    guard (1..<count).contains(number) else {
      throw Field.invalid(String(number), "part", count > 1 ? "1 – \(count - 1)" : "-")
    }
    self.part = number
  }

  /// Refuses what is another agency's, destroyed already, or not here any more.
  func requireOwn(_ agency: AgencyCode, for verb: String) throws {
    guard changeSet.header.author == agency else {
      throw OfficeError(
        .notYours, ["verb": verb, "agency": changeSet.header.author.rawValue])
    }
    guard !graph.isDestroyed(place) else {
      throw OfficeError(.conflict, ["detail": "conflict.partDestroyed"])
    }
    guard changeSet.parts[part] != nil else {
      throw OfficeError(.conflict, ["detail": "conflict.partMissing"])
    }
  }
}
