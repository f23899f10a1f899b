extension API {
  /// Says that an item has been taken up.
  package static let acknowledgeItem = Endpoint<ItemStepRequest, Step>(
    .post, "/office/v1/items/{item}/acknowledge", operation: "acknowledgeItem", credential: .person)

  /// Files the plan for an item.
  package static let planItem = Endpoint<ItemTextRequest, Step>(
    .post, "/office/v1/items/{item}/plan", operation: "planItem", credential: .person)

  /// Asks for more time.
  package static let extendItem = Endpoint<ItemExtendRequest, Step>(
    .post, "/office/v1/items/{item}/extend", operation: "extendItem", credential: .person)

  /// Grants more time.
  package static let grantItem = Endpoint<ItemGrantRequest, Step>(
    .post, "/office/v1/items/{item}/grant", operation: "grantItem", credential: .person)

  /// Denies more time.
  package static let denyItem = Endpoint<ItemAnswerRequest, Step>(
    .post, "/office/v1/items/{item}/deny", operation: "denyItem", credential: .person)

  /// Disputes an item.
  package static let disputeItem = Endpoint<ItemTextRequest, Step>(
    .post, "/office/v1/items/{item}/dispute", operation: "disputeItem", credential: .person)

  /// Upholds a dispute, which cancels the item.
  package static let upholdItem = Endpoint<ItemAnswerRequest, Step>(
    .post, "/office/v1/items/{item}/uphold", operation: "upholdItem", credential: .person)

  /// Dismisses a dispute.
  package static let dismissItem = Endpoint<ItemAnswerRequest, Step>(
    .post, "/office/v1/items/{item}/dismiss", operation: "dismissItem", credential: .person)

  /// Opens an item again that was signed off.
  package static let reopenItem = Endpoint<ItemTextRequest, Step>(
    .post, "/office/v1/items/{item}/reopen", operation: "reopenItem", credential: .person)

  /// Gives an item to another agency.
  package static let reassignItem = Endpoint<ItemReassignRequest, Step>(
    .post, "/office/v1/items/{item}/reassign", operation: "reassignItem", credential: .person)

  /// Takes an item back.
  package static let cancelItem = Endpoint<ItemTextRequest, Step>(
    .post, "/office/v1/items/{item}/cancel", operation: "cancelItem", credential: .person)

  /// Urges the responsible agency.
  package static let urgeItem = Endpoint<ItemUrgeRequest, Step>(
    .post, "/office/v1/items/{item}/urge", operation: "urgeItem", credential: .person)

  /// Puts an item on the long-term list.
  package static let prolongItem = Endpoint<ItemProlongRequest, Step>(
    .post, "/office/v1/items/{item}/prolong", operation: "prolongItem", credential: .person)
}
