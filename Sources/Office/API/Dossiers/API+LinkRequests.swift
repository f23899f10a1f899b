extension API {
  /// Says which discipline body is competent for a letter.
  package struct AssignCompetenceRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter; the newest one that refers the clue when absent.
    package var document: String?
    /// The body that is competent.
    package var to: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, to: String, on: String? = nil, note: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.to = to
      self.on = on
      self.note = note
    }
  }

  /// Merges a clue into another one.
  package struct MergeRequest: Codable, Hashable, Sendable {
    /// The clue that ends: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The clue that goes on.
    package var into: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(clue: String, into: String, on: String? = nil, note: String? = nil) {
      self.clue = clue
      self.into = into
      self.on = on
      self.note = note
    }
  }

  /// Says that a dossier belongs to another one.
  package struct RelateRequest: Codable, Hashable, Sendable {
    /// Dossier: number, id or unique prefix.
    package var dossier: String
    /// The other dossier.
    package var to: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String, to: String, on: String? = nil, note: String? = nil) {
      self.dossier = dossier
      self.to = to
      self.on = on
      self.note = note
    }
  }
}
