extension API {
  /// Revokes an issued document; it stays readable.
  package struct RevokeDocumentRequest: Codable, Hashable, Sendable {
    /// UUID, or the number of the document.
    package var document: String
    /// Why.
    package var text: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(document: String, text: String, on: String? = nil) {
      self.document = document
      self.text = text
      self.on = on
    }
  }

  /// Corrects a result; what is absent stays as it was.
  package struct CorrectResultRequest: Codable, Hashable, Sendable {
    /// The result, by any of its versions.
    package var result: String
    /// Why.
    package var text: String
    /// Date of the decision.
    package var on: String?
    /// Measures; those of before when empty.
    package var measures: [Measure]
    /// Amount in fen.
    package var amount: Int?
    /// Body that decided.
    package var decidedBy: String?
    /// Number of the decision.
    package var documentNumber: String?
    /// 1 to 4.
    package var formOfDiscipline: Int?
    /// Surveys and scores: the place, from 1.
    package var rank: Int?
    /// Surveys and scores: among how many.
    package var ranked: Int?
    /// Surveys and scores: hundredths of a point.
    package var score: Int?
    /// Scores: the agency that is scored.
    package var unit: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      result: String, text: String, on: String? = nil, measures: [Measure] = [],
      amount: Int? = nil, decidedBy: String? = nil, documentNumber: String? = nil,
      formOfDiscipline: Int? = nil, rank: Int? = nil, ranked: Int? = nil, score: Int? = nil,
      unit: String? = nil
    ) {
      self.result = result
      self.text = text
      self.on = on
      self.measures = measures
      self.amount = amount
      self.decidedBy = decidedBy
      self.documentNumber = documentNumber
      self.formOfDiscipline = formOfDiscipline
      self.rank = rank
      self.ranked = ranked
      self.score = score
      self.unit = unit
    }
  }

  /// Revokes a result; it counts no more and stays readable.
  package struct RevokeResultRequest: Codable, Hashable, Sendable {
    /// The result, by any of its versions.
    package var result: String
    /// Why.
    package var text: String
    /// Date of the revocation; today when absent, never ahead of the business clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(result: String, text: String, on: String? = nil) {
      self.result = result
      self.text = text
      self.on = on
    }
  }
}
