extension API {
  /// What the ledgers of this agency and a peer say of a period, against what either has issued.
  package static let statement = Endpoint<StatementRequest, Statement>(
    .get, "/office/v1/statements", operation: "statement", credential: .operator)

  /// Drafts the statement of a period for a peer, or its next version.
  package static let createStatement = Endpoint<CreateStatementRequest, Draft>(
    .post, "/office/v1/statements", operation: "createStatement", credential: .person)

  /// Countersigns the statement that a peer issued, once this node has computed the same.
  package static let countersignStatement = Endpoint<CountersignStatementRequest, Step>(
    .post, "/office/v1/statements/{statement}/countersign", operation: "countersignStatement",
    credential: .person)

  /// Asks what the ledgers say.
  package struct StatementRequest: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var peer: String
    /// Month, quarter or year: `2023-07`, `2023Q3` or `2023`.
    package var period: String

    /// Fills the fields.
    package init(peer: String, period: String) {
      self.peer = peer
      self.period = period
    }
  }

  /// Drafts a statement.
  package struct CreateStatementRequest: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var peer: String
    /// Month, quarter or year that is over: `2023-07`, `2023Q3` or `2023`.
    package var period: String

    /// Fills the fields.
    package init(peer: String, period: String) {
      self.peer = peer
      self.period = period
    }
  }

  /// Countersigns a statement.
  package struct CountersignStatementRequest: Codable, Hashable, Sendable {
    /// The statement: id or number of the document, or its dossier.
    package var statement: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(statement: String, on: String? = nil, note: String? = nil) {
      self.statement = statement
      self.on = on
      self.note = note
    }
  }

  /// The statement of this agency and a peer for a period.
  package struct Statement: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.statement/v1"
    /// Code of the own agency.
    package var agency: String
    /// Code of the peer.
    package var peer: String
    /// The period as it was asked for.
    package var period: String
    /// Its first day.
    package var firstDay: String
    /// Its last day, as of which everything is counted.
    package var lastDay: String
    /// agreed: a statement was issued and countersigned, and is what this node computes; differs:
    /// one that was issued is not what this node computes; open: nothing of both.
    package var outcome: String
    /// Counts by direction, as letters and as clues.
    package var flows: [StatementFlow]
    /// Results in force by agency and kind.
    package var totals: [StatementTotal]
    /// The pieces that a statement issued tells otherwise.
    package var differences: [StatementDifference]
    /// The newest ten statements issued for this period that stand.
    package var documents: [StatementDocument]
    /// SHA-256 of the text that this node computes.
    package var digest: String
    /// There are more documents, or more than 1,000 differences.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, peer: String, period: String, firstDay: String, lastDay: String,
      outcome: String, flows: [StatementFlow] = [], totals: [StatementTotal] = [],
      differences: [StatementDifference] = [], documents: [StatementDocument] = [],
      digest: String, truncated: Bool = false
    ) {
      self.agency = agency
      self.peer = peer
      self.period = period
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.outcome = outcome
      self.flows = flows
      self.totals = totals
      self.differences = differences
      self.documents = documents
      self.digest = digest
      self.truncated = truncated
    }
  }
}
