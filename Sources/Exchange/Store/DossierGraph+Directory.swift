package import Ledger

extension DossierGraph {
  /// Adds a change set under the order of keys that the directory gives at the entry it names.
  ///
  /// A change set of the directory itself has no such entry; the key rule does not apply there.
  @discardableResult
  package mutating func insert(_ changeSet: StoredChangeSet, directory: Directory?) -> Bool {
    insert(changeSet, keyOrder: KeyOrder(of: changeSet.header, in: directory))
  }

  /// Adds many, ancestors first, and computes the standings once: how a store rebuilds a graph.
  package mutating func insert(_ changeSets: [StoredChangeSet], directory: Directory?) {
    insert(
      contentsOf: changeSets.lazy.map { changeSet in
        (changeSet: changeSet, keyOrder: KeyOrder(of: changeSet.header, in: directory))
      })
  }
}

extension KeyOrder {
  /// The place of a header's key, read at the directory entry that the header names.
  init(of header: ChangeSetHeader, in directory: Directory?) {
    let view = header.directory.flatMap { directory?.at($0) }
    let rank = view?.agency(header.author)?.rank(of: header.key)
    self.init(rank: rank ?? 0, key: header.key)
  }
}
