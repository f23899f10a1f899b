/// Names one part of one change set.
package struct PartPlace: Hashable, Comparable, Sendable {
  /// The change set.
  package var change: ChangeSetID
  /// The position of the part in the header.
  package var part: Int

  /// Names the part at a position.
  package init(change: ChangeSetID, part: Int) {
    self.change = change
    self.part = part
  }

  package static func < (left: PartPlace, right: PartPlace) -> Bool {
    (left.change, left.part) < (right.change, right.part)
  }
}

extension PartPlace: CustomStringConvertible {
  package var description: String { "\(change)/\(part)" }
}
