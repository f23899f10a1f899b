package import Ledger

/// What two agencies' ledgers say of what one referred to the other in a period (对账单).
///
/// It is taken from the open records of the dossiers that both are members of, or were until after
/// the period, as they stood on its last day by the dates the records state. So it is a function of
/// those records alone: two nodes that hold the same ones compute the same statement, byte for
/// byte, whenever they do it.
package struct Statement: Sendable, Equatable {
  /// The two agencies, ascending.
  package let agencies: [AgencyCode]
  /// The period.
  package let period: StatementPeriod
  /// Every letter referred in the period, by id, then addressee.
  package private(set) var letters: [Letter]
  /// Every result dated in the period, by id.
  package private(set) var outcomes: [Outcome]
  /// How its text is written: in codes, unless it was read in another form.
  package let form: TextForm

  /// Puts a statement together from its pieces.
  package init(
    of one: AgencyCode, and other: AgencyCode, in period: StatementPeriod,
    letters: [Letter] = [], outcomes: [Outcome] = [], form: TextForm = .codes
  ) {
    agencies = [one, other].sorted()
    self.form = form
    self.period = period
    self.letters = letters.sorted(by: Self.precedes)
    self.outcomes = outcomes.sorted(by: Self.precedes)
  }

  /// Adds what both agencies see of a dossier; one that either may not see adds nothing.
  package mutating func add(_ dossier: FoldedDossier) {
    guard let one = agencies.first, let other = agencies.last else { return }
    let extract = LedgerExtract(dossier, of: one, and: other, in: period)
    letters = (letters + extract.letters).sorted(by: Self.precedes)
    outcomes = (outcomes + extract.outcomes).sorted(by: Self.precedes)
  }

  private static func precedes(_ one: Letter, _ other: Letter) -> Bool {
    (one.document, one.addressee) < (other.document, other.addressee)
  }

  private static func precedes(_ one: Outcome, _ other: Outcome) -> Bool {
    (one.root, one.author) < (other.root, other.author)
  }

  /// One letter that one of the two referred to the other, where it stood on the last day.
  package struct Letter: Sendable, Equatable {
    /// The letter.
    package var document: RecordID
    /// Its number.
    package var number: String
    /// Its author.
    package var sender: AgencyCode
    /// The other agency, to which it was addressed or forwarded.
    package var addressee: AgencyCode
    /// The date of the letter or of the forwarding.
    package var sentOn: CivilDate
    /// What became of it.
    package var fate: Fate
    /// What was done with it, once accepted.
    package var disposal: Disposal?
    /// Whether it stands for its clue: of several letters about one clue the one in play.
    package var leads: Bool
    /// The letter and every record that says where it stands, ascending.
    package var records: [RecordID]

    /// Makes a letter; in its number white space and control characters are read as `_`.
    package init(
      document: RecordID, number: String, sender: AgencyCode, addressee: AgencyCode,
      sentOn: CivilDate, fate: Fate, disposal: Disposal? = nil, leads: Bool = true,
      records: [RecordID] = []
    ) {
      self.document = document
      self.number = number.asWord
      self.sender = sender
      self.addressee = addressee
      self.sentOn = sentOn
      self.fate = fate
      self.disposal = disposal
      self.leads = leads
      self.records = records
    }
  }

  /// One result that one of the two recorded, in its version of the last day.
  package struct Outcome: Sendable, Equatable {
    /// The first version.
    package var root: RecordID
    /// Who recorded it.
    package var author: AgencyCode
    /// The kind.
    package var kind: ResultKind
    /// The date of the version.
    package var on: CivilDate
    /// Money in fen.
    package var amount: Int64?
    /// Whether it was revoked, and so counts no more.
    package var isRevoked: Bool
    /// Every version, ascending.
    package var records: [RecordID]

    /// Makes an outcome.
    package init(
      root: RecordID, author: AgencyCode, kind: ResultKind, on: CivilDate, amount: Int64? = nil,
      isRevoked: Bool = false, records: [RecordID] = []
    ) {
      self.root = root
      self.author = author
      self.kind = kind
      self.on = on
      self.amount = amount
      self.isRevoked = isRevoked
      self.records = records
    }
  }
}

extension Statement {
  /// What became of a letter; each has exactly one.
  package enum Fate: String, CodeTable {
    case inTransit, pending, accepted, returned, forwarded, withdrawn

    /// The words people see for it.
    package var term: Term {
      switch self {
      case .inTransit: Term("在途", "in transit")
      case .pending: Term("待定", "undecided")
      case .accepted: Term("受理", "accepted")
      case .returned: Term("退回", "returned")
      case .forwarded: Term("转送", "forwarded")
      case .withdrawn: Term("撤回", "withdrawn")
      }
    }
  }

  /// What was done with an accepted letter.
  package enum Disposal: Sendable, Hashable {
    /// Nothing yet (待处置).
    case awaiting
    /// Its clue went into another one (并入).
    case merged
    /// The stage that it reached.
    case stage(HandlingStage)

    /// The code in texts and answers.
    package var code: String {
      switch self {
      case .awaiting: "awaiting"
      case .merged: "merged"
      case .stage(let stage): stage.rawValue
      }
    }

    /// The words people see for it.
    package var term: Term {
      switch self {
      case .awaiting: Term("待处置", "awaiting disposition")
      case .merged: Term("并入他件", "merged into another")
      case .stage(let stage): stage.term
      }
    }

    /// Every one, in the order in which they are listed.
    package static let all: [Disposal] =
      [.awaiting, .merged] + HandlingStage.allCases.filter { $0 != .registered }.map(Disposal.stage)

    /// Reads a code; nil for any other text.
    package init?(code: String) {
      guard let found = Self.all.first(where: { $0.code == code }) else { return nil }
      self = found
    }
  }
}
