extension API {
  /// Shows an item.
  package static let item = Endpoint<ItemRequest, ShownItem>(
    .get, "/office/v1/items/{item}", operation: "item", credential: .operator)

  /// Names an item.
  package struct ItemRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String) {
      self.item = item
    }
  }

  /// An item with what was done about it.
  package struct ShownItem: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.item/v1"
    /// The item.
    package var item: Item
    /// Acts on it in their order.
    package var acts: [Act]
    /// The acts were cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: Item, acts: [Act] = [], truncated: Bool = false) {
      self.item = item
      self.acts = acts
      self.truncated = truncated
    }
  }
}
