/// Names an attachment by reference: the part that lists it, and its number there.
///
/// Nothing is named by its hash alone: the same file in two dossiers is two attachments.
package struct AttachmentPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The change set.
  package let change: ChangeSetID
  /// The part, 0 for the open one.
  package let part: Int
  /// The number among all that the part lists, from 0.
  package let position: Int

  /// Names an attachment.
  package init(change: ChangeSetID, part: Int, position: Int) {
    self.change = change
    self.part = part
    self.position = position
  }

  package var description: String { "\(change)/\(part)/\(position)" }

  package static func < (left: AttachmentPlace, right: AttachmentPlace) -> Bool {
    (left.change, left.part, left.position) < (right.change, right.part, right.position)
  }
}
