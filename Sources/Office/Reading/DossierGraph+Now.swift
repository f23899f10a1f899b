import Ledger

extension DossierGraph {
  /// How a change set stands by what the directory says now: what was written under a key that was
  /// withdrawn since is not confirmed before its author goes on from it under a key in force.
  ///
  /// The directory's own entries stand as they are: each was judged by those before it.
  ///
  /// - Parameters:
  ///   - id: the change set.
  ///   - view: the directory as it is here; nil before there is one.
  /// - Returns: its standing; nil when it is not here.
  func standing(of id: ChangeSetID, now view: DirectoryView?) -> Standing? {
    guard let view, changeSet(id)?.header.directory != nil else { return standing(of: id) }
    return standing(of: id, in: view)
  }
}
