import Casework
import Ledger
import Postgres
import Replica

/// The dossiers that an agency may see, bundle by bundle, in the order of their ids.
///
/// One snapshot and a page of ids at a time: what is kept beside the bundle at hand are the ids of
/// clues tied by merges, a hundred bytes for each of them. Only a merge that may count ties: into a
/// clue of which its author accepted a letter.
struct FigureBundles {
  private let sight: Sight
  private let only: DossierID?
  /// Who must be allowed to see them as well.
  private let others: [AgencyCode]
  private var ties = ClueTies()
  /// The covers that merges name and that are held here, in whichever bundle.
  private(set) var held: Set<RecordID> = []

  /// Looks up which clues are tied; `only` restricts it to the bundle of one dossier, and `other`
  /// to what that agency is a member of, too, and is not excluded from.
  init(
    of agency: AgencyCode, only: DossierID? = nil, sharedWith other: AgencyCode? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    sight = try Sight(of: agency, in: transaction)
    self.only = only
    let view = try other.flatMap { _ in try transaction.directory()?.current }
    others = other.map { [$0, view?.host(of: $0) ?? $0] } ?? []
    let (covers, revised) = try Self.revisedCovers(sight, in: transaction)
    let rows = try transaction.sql.rows(
      """
      SELECT DISTINCT a.dossier, o.dossier, c.id,
        o.kind IS NOT DISTINCT FROM \(DossierKind.clue.rawValue) AND EXISTS (
          SELECT FROM casework.referral r
          WHERE r.dossier = o.dossier AND r.addressee = a.author AND r.accepted_on IS NOT NULL)
      FROM casework.act a
      JOIN (
        SELECT id, dossier FROM casework.dossier
        UNION ALL SELECT id, dossier FROM unnest(\(covers), \(revised)) AS v (id, dossier)
      ) c ON c.id = a.points[1]::uuid
      JOIN casework.dossier o ON o.dossier = c.dossier
      WHERE a.verb = \(Verb.merge.rawValue) AND o.dossier <> a.dossier
        AND \(counts("a.dossier")) AND \(counts("o.dossier"))
      """)
    for row in rows {
      held.insert(try row.value(2))
      if try row.value(3, as: Bool.self) { ties.join(try row.value(0), try row.value(1)) }
    }
  }

  /// Every cover of the clues whose home has revised theirs, each with its dossier: the tables know
  /// the one in force alone, and a merge names the one that was in force then.
  private static func revisedCovers(
    _ sight: Sight, in transaction: borrowing OfficeTransaction
  ) throws -> ([RecordID], [DossierID]) {
    var (covers, revised): ([RecordID], [DossierID]) = ([], [])
    // The first cover of a dossier stands in the change set that the dossier is named after.
    let rows = try transaction.sql.rows(
      """
      SELECT o.dossier FROM casework.dossier o
      WHERE o.kind = \(DossierKind.clue.rawValue) AND o.change <> o.dossier
        AND \(sight.sees("o.dossier"))
        AND EXISTS (SELECT FROM casework.act a WHERE a.verb = \(Verb.merge.rawValue))
      """)
    for row in rows {
      let dossier = try row.value(0, as: DossierID.self)
      for cover in try transaction.folded(dossier)?.covers ?? [] {
        covers.append(cover)
        revised.append(dossier)
      }
    }
    return (covers, revised)
  }

  /// The condition that the dossier in a column counts.
  private func counts(_ column: SQL) -> SQL {
    guard let other = others.first else { return sight.sees(column) }
    return """
      \(sight.sees(column)) AND EXISTS (SELECT FROM ledger.dossier shared
        WHERE shared.id = \(column) AND \(other) = ANY(shared.members)
          AND NOT shared.excluded && \(others.map(\.rawValue)))
      """
  }

  /// How many of some dossiers are tied to more others than a bundle holds.
  func crowded(among dossiers: [FoldedDossier]) -> Int {
    dossiers.count { ties.isCrowded($0.id) }
  }

  /// Gives every bundle to a body until it answers that it wants no more.
  func forEach(
    in transaction: borrowing OfficeTransaction, _ body: ([FoldedDossier]) throws -> Bool
  ) throws {
    if let only {
      _ = try body(try ties.bundle(of: only).compactMap { try transaction.folded($0) })
      return
    }
    var last: DossierID?
    while true {
      let page = try transaction.sql.rows(
        """
        SELECT d.dossier FROM casework.dossier d
        WHERE (\(last)::bytea IS NULL OR d.dossier > \(last)) AND d.kind IS NOT NULL
          AND \(counts("d.dossier"))
        ORDER BY d.dossier LIMIT \(Limits.figureDossiersPerRead)
        """
      ).map { try $0.value(0, as: DossierID.self) }
      for dossier in page {
        let bundle = ties.bundle(of: dossier)
        // A bundle comes with the first of its dossiers.
        guard bundle.first == dossier else { continue }
        let folded = try bundle.compactMap { try transaction.folded($0) }
        guard try body(folded) else { return }
      }
      guard page.count == Limits.figureDossiersPerRead, let end = page.last else { return }
      last = end
    }
  }
}
