import Ledger

/// Items over the versions of the document that carries them.
///
/// The items of a version are those of its document as long as that version is in force. A later
/// one states all that holds from then on: what it repeats word for word goes on, and what it does
/// not repeat has ended with the version that stated it. What its author revokes takes its items
/// with it, and brings none of a former version back.
extension Questions {
  /// The decisions that settle an item or open it again.
  static let deciding: Set<Verb> = [
    .pass, .reject, .signOff, .reopen, .uphold, .cancel, .reassign,
  ]

  /// How the items of a document ended with it: its author revoked it, or a later version took its
  /// place; nil while it binds.
  ///
  /// Both are steps of one author, each unlawful after the other, so at most one of them counts.
  func end(ofItemsIn document: Entry) -> ItemState? {
    guard document.document?.form != .minutes else {
      return isAmended(document) ? .superseded : nil
    }
    switch state(ofDocument: document) {
    case .revoked: return .revoked
    case .superseded: return .superseded
    default: return nil
    }
  }

  /// The items that an item repeats, one in each version before its own, the latest first.
  ///
  /// Versions of minutes that were never issued bound nobody and are passed over.
  func earlier(_ entry: Entry) -> [Entry] {
    guard let item = entry.item, var version = entry.target.flatMap({ self.entry(at: $0) }) else {
      return []
    }
    // Of two items with the same words the first goes on with the first.
    let position = repeated(item, in: version).firstIndex { $0.place == entry.place } ?? 0
    var found: [Entry] = []
    // Every step goes to an ancestor, so the walk ends.
    while let before = predecessor(of: version) {
      version = before
      guard isLive(before) else { continue }
      let same = repeated(item, in: before)
      guard position < same.count else { break }
      found.append(same[position])
    }
    return found
  }

  /// What its issuer decided on an item in an earlier version, where it was signed off by that.
  ///
  /// What was done stays done in the version that repeats it. What was not begins there anew: the
  /// later version states the unit and the date, and the unit answers what is in force.
  func inherited(by entry: Entry) -> [Entry] {
    let last = earlier(entry).lazy.map { acts($0.place, by: entry.author) }
      .first { $0.contains(where: Self.decides) }
    guard let last, last.last(where: Self.decides)?.act?.verb == .signOff else { return [] }
    return last
  }

  private static func decides(_ entry: Entry) -> Bool {
    entry.act.map { deciding.contains($0.verb) } ?? false
  }

  /// The items of a version that say the same, in their order.
  private func repeated(_ item: Item, in version: Entry) -> [Entry] {
    index.following(version.place, sight).filter { $0.item?.repeats(item) ?? false }
  }
}

extension Item {
  /// Whether it says the same as an item of another version, wherever it stands there.
  fileprivate func repeats(_ other: Item) -> Bool {
    var copy = other
    (copy.document, copy.number) = (document, number)
    return copy == self
  }
}
