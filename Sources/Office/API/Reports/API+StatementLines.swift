extension API {
  /// What one agency referred to the other: issued = received + in transit; received = accepted +
  /// returned + forwarded + pending; accepted = awaiting + the disposals.
  package struct StatementFlow: Codable, Hashable, Sendable {
    /// Who referred.
    package var from: String
    /// To whom.
    package var to: String
    /// letters or clues.
    package var unit: String
    /// Everything issued that was not withdrawn.
    package var issued: Int
    /// Not yet received.
    package var inTransit: Int
    /// Received.
    package var received: Int
    /// Accepted, wholly or in part.
    package var accepted: Int
    /// Returned.
    package var returned: Int
    /// Forwarded, or given to another body.
    package var forwarded: Int
    /// Received and not decided.
    package var pending: Int
    /// Withdrawn; not among the issued.
    package var withdrawn: Int
    /// Accepted, without any disposition yet.
    package var awaiting: Int
    /// What was done with the other accepted ones; only what occurs.
    package var disposals: [StatementDisposal]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      from: String, to: String, unit: String, issued: Int, inTransit: Int, received: Int,
      accepted: Int, returned: Int, forwarded: Int, pending: Int, withdrawn: Int, awaiting: Int,
      disposals: [StatementDisposal] = []
    ) {
      self.from = from
      self.to = to
      self.unit = unit
      self.issued = issued
      self.inTransit = inTransit
      self.received = received
      self.accepted = accepted
      self.returned = returned
      self.forwarded = forwarded
      self.pending = pending
      self.withdrawn = withdrawn
      self.awaiting = awaiting
      self.disposals = disposals
    }
  }

  /// How many accepted letters or clues were disposed of in one way.
  package struct StatementDisposal: Codable, Hashable, Sendable {
    /// A stage of the handling, or merged.
    package var disposal: String
    /// How many.
    package var count: Int

    /// Fills the fields.
    package init(disposal: String, count: Int) {
      self.disposal = disposal
      self.count = count
    }
  }

  /// The results of one kind by one agency, dated in the period and in force.
  package struct StatementTotal: Codable, Hashable, Sendable {
    /// Who recorded them.
    package var author: String
    /// Kind.
    package var kind: String
    /// How many.
    package var count: Int
    /// Their amounts together, in fen.
    package var amount: Int

    /// Fills the fields.
    package init(author: String, kind: String, count: Int, amount: Int) {
      self.author = author
      self.kind = kind
      self.count = count
      self.amount = amount
    }
  }

  /// One piece that a statement issued does not tell as this node computes it.
  package struct StatementDifference: Codable, Hashable, Sendable {
    /// The statement that tells it otherwise.
    package var document: String
    /// The letter, or the first version of the result.
    package var subject: String
    /// Number of the letter.
    package var number: String?
    /// What this node computes; null where it knows no such piece.
    package var ours: String?
    /// What the statement says; null where it names no such piece.
    package var theirs: String?
    /// Records that this node has and the statement does not rest on.
    package var onlyOurs: [String]
    /// Records that the statement rests on and this node lacks.
    package var onlyTheirs: [String]
    /// Codes of the agencies that must act.
    package var mustAct: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      document: String, subject: String, number: String? = nil, ours: String? = nil,
      theirs: String? = nil, onlyOurs: [String] = [], onlyTheirs: [String] = [],
      mustAct: [String] = []
    ) {
      self.document = document
      self.subject = subject
      self.number = number
      self.ours = ours
      self.theirs = theirs
      self.onlyOurs = onlyOurs
      self.onlyTheirs = onlyTheirs
      self.mustAct = mustAct
    }
  }

  /// A statement that was issued and stands.
  package struct StatementDocument: Codable, Hashable, Sendable {
    /// Document.
    package var document: String
    /// Dossier.
    package var dossier: String
    /// Number.
    package var number: String?
    /// Who issued it.
    package var author: String
    /// Date.
    package var issuedOn: String
    /// Stage of SM10.
    package var stage: String
    /// Who countersigned this very text.
    package var confirmed: [String]
    /// Who disputes it.
    package var disputed: [String]
    /// It is byte for byte what this node computes.
    package var equal: Bool
    /// It is written in the one form that a statement has.
    package var readable: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      document: String, dossier: String, number: String? = nil, author: String, issuedOn: String,
      stage: String, confirmed: [String] = [], disputed: [String] = [], equal: Bool = false,
      readable: Bool = false
    ) {
      self.document = document
      self.dossier = dossier
      self.number = number
      self.author = author
      self.issuedOn = issuedOn
      self.stage = stage
      self.confirmed = confirmed
      self.disputed = disputed
      self.equal = equal
      self.readable = readable
    }
  }
}
