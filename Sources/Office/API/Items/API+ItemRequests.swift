extension API {
  /// Takes a step on an item.
  package struct ItemStepRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, on: String? = nil, note: String? = nil, scan: String? = nil) {
      self.item = item
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Takes a step on an item that needs words.
  package struct ItemTextRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// What there is to say: the plan, the objection, or why.
    package var text: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, text: String, on: String? = nil, scan: String? = nil) {
      self.item = item
      self.text = text
      self.on = on
      self.scan = scan
    }
  }

  /// Asks for more time on an item.
  package struct ItemExtendRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// complex, waitingOther, litigationPending, funds, policy or forceMajeure.
    package var reason: String
    /// The new due date asked for.
    package var dueOn: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      item: String, reason: String, dueOn: String, on: String? = nil, note: String? = nil,
      scan: String? = nil
    ) {
      self.item = item
      self.reason = reason
      self.dueOn = dueOn
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Grants more time on an item.
  package struct ItemGrantRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// The request it answers; every one known when absent.
    package var request: String?
    /// The new due date; the one asked for when absent.
    package var dueOn: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      item: String, request: String? = nil, dueOn: String? = nil, on: String? = nil,
      note: String? = nil
    ) {
      self.item = item
      self.request = request
      self.dueOn = dueOn
      self.on = on
      self.note = note
    }
  }

  /// Decides what the responsible agency asked on an item.
  package struct ItemAnswerRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// The request or dispute it answers; every one known when absent.
    package var request: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Why; needed for the decision of a dispute.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, request: String? = nil, on: String? = nil, note: String? = nil) {
      self.item = item
      self.request = request
      self.on = on
      self.note = note
    }
  }

  /// Gives an item to another agency.
  package struct ItemReassignRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// The agency that is responsible from now on; a member of the dossier.
    package var unit: String
    /// Why.
    package var text: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, unit: String, text: String, on: String? = nil) {
      self.item = item
      self.unit = unit
      self.text = text
      self.on = on
    }
  }

  /// Urges the responsible agency of an item.
  package struct ItemUrgeRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// reminder, urging, letter, talk or circular.
    package var level: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, level: String, on: String? = nil, note: String? = nil) {
      self.item = item
      self.level = level
      self.on = on
      self.note = note
    }
  }

  /// Puts an item on the list of long-term rectification.
  package struct ItemProlongRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// Why.
    package var text: String
    /// The new due date.
    package var dueOn: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, text: String, dueOn: String, on: String? = nil) {
      self.item = item
      self.text = text
      self.dueOn = dueOn
      self.on = on
    }
  }
}
