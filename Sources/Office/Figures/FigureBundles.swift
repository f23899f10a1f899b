import Casework
import Ledger
import Postgres
import Replica

/// The dossiers that an agency may see, bundle by bundle, in the order of their ids.
///
/// One snapshot and a page of ids at a time: what is kept beside the bundle at hand are the ids of
/// clues tied by merges, a hundred bytes for each of them. Only a merge that may count ties: into a
/// clue of which its author accepted a letter.
struct FigureBundles: Sendable {
  private let scope: FigureScope
  private let only: DossierID?
  /// The kinds of dossier that are looked at; all when nil.
  private let kinds: [String]?
  private var ties = ClueTies()
  /// The covers that merges name and that are held here, in whichever bundle.
  private(set) var held: Set<RecordID> = []

  /// Looks up which clues are tied; `only` restricts it to the bundle of one dossier, and `other`
  /// to what that agency is a member of, too, and is not excluded from, and `kinds` to dossiers of
  /// some kinds.
  init(
    of agency: AgencyCode, only: DossierID? = nil, sharedWith other: AgencyCode? = nil,
    kinds: [DossierKind]? = nil, in transaction: borrowing OfficeTransaction
  ) throws {
    try self.init(
      FigureScope(of: agency, sharedWith: other, in: transaction), only: only, kinds: kinds,
      in: transaction)
  }

  /// Looks up which of the clues that count are tied.
  init(
    _ scope: FigureScope, only: DossierID? = nil, kinds: [DossierKind]? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    self.scope = scope
    self.only = only
    self.kinds = kinds.map { $0.map(\.rawValue) }
    let (covers, revised) = try Self.revisedCovers(scope.sight, in: transaction)
    // The verb stands in the text, so that every plan may use the index of merges.
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
      WHERE a.verb = 'merge' AND o.dossier <> a.dossier
        AND \(scope.counts("a.dossier")) AND \(scope.counts("o.dossier"))
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
        AND EXISTS (SELECT FROM casework.act a WHERE a.verb = 'merge')
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

  /// How many of some dossiers are tied to more others than a bundle holds.
  func crowded(among dossiers: [DossierID]) -> Int {
    dossiers.count { ties.isCrowded($0) }
  }

  /// The bundles of some dossiers, each once and with how its dossiers stand.
  func statesByBundle(
    of dossiers: Set<DossierID>, in transaction: borrowing OfficeTransaction
  ) throws -> [[DossierState]] {
    let bundles = Set(dossiers.map { ties.bundle(of: $0) })
    let found = try states(of: bundles.flatMap(\.self), in: transaction)
    return bundles.map { bundle in bundle.compactMap { found[$0] } }
  }

  /// Gives the dossiers of every bundle, each with how it stands, to a body until it answers that
  /// it wants no more.
  func forEachStates(
    in transaction: borrowing OfficeTransaction, _ body: ([DossierState]) throws -> Bool
  ) throws {
    if let only {
      let bundle = ties.bundle(of: only)
      let states = try states(of: bundle, in: transaction)
      _ = try body(bundle.compactMap { states[$0] })
      return
    }
    var last: DossierID?
    while true {
      let page = try states(
        "FROM casework.dossier d JOIN ledger.dossier l ON l.id = d.dossier",
        where: """
          (\(last)::bytea IS NULL OR d.dossier > \(last)) AND d.kind IS NOT NULL
          AND (\(kinds)::text[] IS NULL OR d.kind = ANY(\(kinds)))
          AND \(scope.counts("d.dossier"))
          ORDER BY d.dossier LIMIT \(Limits.keptStatesPerRead)
          """, in: transaction)
      let tied = try states(
        of: page.flatMap { state in
          let bundle = ties.bundle(of: state.dossier)
          return bundle.count > 1 && bundle.first == state.dossier ? bundle : []
        }, in: transaction)
      for state in page {
        let bundle = ties.bundle(of: state.dossier)
        // A bundle comes with the first of its dossiers.
        guard bundle.first == state.dossier else { continue }
        guard try body(bundle.count == 1 ? [state] : bundle.compactMap { tied[$0] }) else {
          return
        }
      }
      guard page.count == Limits.keptStatesPerRead, let end = page.last else { return }
      last = end.dossier
    }
  }

  private func states(
    of dossiers: [DossierID], in transaction: borrowing OfficeTransaction
  ) throws -> [DossierID: DossierState] {
    guard !dossiers.isEmpty else { return [:] }
    let found = try states(
      "FROM ledger.dossier l", where: "l.id = ANY(\(dossiers))", in: transaction)
    return Dictionary(found.map { ($0.dossier, $0) }) { first, _ in first }
  }

  private func states(
    _ source: SQL, where isMeant: SQL, in transaction: borrowing OfficeTransaction
  ) throws -> [DossierState] {
    try transaction.sql.rows(
      "SELECT l.id, l.item, l.xmin::text::bigint \(source) WHERE \(isMeant)"
    ).map { row in
      let (dossier, item, writtenBy) = try row.values(DossierID.self, Hash256.self, Int.self)
      return DossierState(dossier: dossier, item: item, writtenBy: writtenBy)
    }
  }

  /// Gives the ids of every bundle to a body until it answers that it wants no more.
  func forEachID(
    in transaction: borrowing OfficeTransaction, _ body: ([DossierID]) throws -> Bool
  ) throws {
    if let only {
      _ = try body(ties.bundle(of: only))
      return
    }
    var last: DossierID?
    while true {
      let page = try transaction.sql.rows(
        """
        SELECT d.dossier FROM casework.dossier d
        WHERE (\(last)::bytea IS NULL OR d.dossier > \(last)) AND d.kind IS NOT NULL
          AND (\(kinds)::text[] IS NULL OR d.kind = ANY(\(kinds)))
          AND \(scope.counts("d.dossier"))
        ORDER BY d.dossier LIMIT \(Limits.figureDossiersPerRead)
        """
      ).map { try $0.value(0, as: DossierID.self) }
      for dossier in page {
        let bundle = ties.bundle(of: dossier)
        // A bundle comes with the first of its dossiers.
        guard bundle.first == dossier else { continue }
        guard try body(bundle) else { return }
      }
      guard page.count == Limits.figureDossiersPerRead, let end = page.last else { return }
      last = end
    }
  }
}
