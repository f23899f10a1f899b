/// Where a key stands among the keys of its agency: by the order of the directory.
///
/// The rank is read at the directory entry that the change set itself names, so that the order is
/// a function of the stored change sets and not of what else of the directory has been heard. Two
/// keys of one rank exist only when the registrar forked; then the id decides, the same for all.
package struct KeyOrder: Hashable, Comparable, Sendable {
  /// The position in the agency's history of keys, 0 for its first.
  package let rank: Int
  /// The key.
  package let key: KeyID

  /// Places a key.
  package init(rank: Int, key: KeyID) {
    self.rank = rank
    self.key = key
  }

  /// Places the key of a header by the entry it names.
  ///
  /// Nil when that entry, or the key in it, is not known. In the directory itself, where the key
  /// rule does not apply, every rank is 0.
  init?(of header: ChangeSetHeader, in directory: Directory?) {
    guard let entry = header.directory else {
      self.init(rank: 0, key: header.key)
      return
    }
    guard let rank = directory?.at(entry)?.agency(header.author)?.rank(of: header.key) else {
      return nil
    }
    self.init(rank: rank, key: header.key)
  }

  package static func < (left: KeyOrder, right: KeyOrder) -> Bool {
    (left.rank, left.key) < (right.rank, right.key)
  }
}
