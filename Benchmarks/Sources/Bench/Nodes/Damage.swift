import Foundation

/// What somebody has done to the database of a node behind its back.
struct Damage {
  /// The change sets that are gone, by their ids.
  let gone: Set<String>
  /// The dossiers whose title was edited.
  let edited: Set<String>

  var count: Int { gone.count + edited.count }

  /// Deletes the first or the last change set of some dossiers, in turn, and edits the titles of
  /// others, as the superuser does with triggers and foreign keys off.
  static func done(
    to cluster: Cluster, deletingIn losing: some Sequence<String>,
    editing edited: some Sequence<String>
  ) throws -> Damage {
    let asReplica = "SET session_replication_role = replica;"
    var gone: Set<String> = []
    for (index, dossier) in losing.enumerated() {
      let order = index % 2 == 0 ? "ASC" : "DESC"
      let deleting = """
        \(asReplica) DELETE FROM ledger.change_set WHERE id = (
          SELECT id FROM ledger.change_set WHERE dossier = '\\x\(dossier)'
          ORDER BY position \(order) LIMIT 1) RETURNING encode(id, 'hex');
        """
      let id = try cluster.sql(deleting, in: Pair.database)
      try cluster.sql(
        "DELETE FROM ledger.part WHERE change_set = '\\x\(id)';", in: Pair.database)
      guard gone.insert(id).inserted, id.count == 64 else {
        throw BenchError("no change set of \(dossier) was deleted")
      }
    }
    for dossier in edited {
      let editing = """
        \(asReplica) UPDATE casework.dossier SET title = title || '(被改)'
        WHERE dossier = '\\x\(dossier)' RETURNING encode(dossier, 'hex');
        """
      guard try cluster.sql(editing, in: Pair.database) == dossier else {
        throw BenchError("no row of \(dossier) was edited")
      }
    }
    return Damage(gone: gone, edited: Set(edited))
  }
}
