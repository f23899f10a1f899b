extension API {
  /// Clues.
  package struct ClueList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.clues/v1"
    /// By number.
    package var clues: [ClueLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(clues: [ClueLine] = [], next: Int? = nil) {
      self.clues = clues
      self.next = next
    }
  }

  /// One clue of a list.
  package struct ClueLine: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Sender.
    package var home: String
    /// State.
    package var state: String
    /// Agency whose turn it is.
    package var holder: String?
    /// Due date in force.
    package var dueOn: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, title: String? = nil, home: String, state: String,
      holder: String? = nil, dueOn: String? = nil
    ) {
      self.dossier = dossier
      self.number = number
      self.title = title
      self.home = home
      self.state = state
      self.holder = holder
      self.dueOn = dueOn
    }
  }

  /// A clue.
  package struct Clue: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.clue/v1"
    /// Dossier.
    package var dossier: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Sender.
    package var home: String
    /// State.
    package var state: String
    /// Agency whose turn it is.
    package var holder: String?
    /// Due date in force.
    package var dueOn: String?
    /// The clue it was merged into: its dossier, or the record of its cover where that is not here.
    package var mergedInto: String?
    /// Agency codes.
    package var members: [String]
    /// Points.
    package var points: [Item]
    /// One for each letter and addressee.
    package var referrals: [Referral]
    /// Results.
    package var results: [CaseResult]
    /// Acts in their order.
    package var acts: [Act]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, title: String? = nil, home: String, state: String,
      holder: String? = nil, dueOn: String? = nil, mergedInto: String? = nil,
      members: [String] = [], points: [Item] = [], referrals: [Referral] = [],
      results: [CaseResult] = [], acts: [Act] = [], truncated: Bool = false
    ) {
      self.dossier = dossier
      self.number = number
      self.title = title
      self.home = home
      self.state = state
      self.holder = holder
      self.dueOn = dueOn
      self.mergedInto = mergedInto
      self.members = members
      self.points = points
      self.referrals = referrals
      self.results = results
      self.acts = acts
      self.truncated = truncated
    }
  }

  /// A letter at one addressee.
  package struct Referral: Codable, Hashable, Sendable {
    /// Letter.
    package var document: String
    /// Its number.
    package var number: String?
    /// Sender.
    package var from: String
    /// Addressee.
    package var to: String
    /// Addressee that forwarded it here.
    package var forwardedBy: String?
    /// State of SM2.
    package var state: String
    /// asked, agreed or ineffective; null when none was asked.
    package var withdrawal: String?
    /// When the node of the addressee stored it.
    package var deliveredAt: String?
    /// Date of receipt by a person.
    package var receivedOn: String?
    /// Due date in force.
    package var dueOn: String?
    /// Number of the accepting body.
    package var internalNumber: String?
    /// State of SM3.
    package var disposition: String?
    /// How it was closed.
    package var closeKind: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      document: String, number: String? = nil, from: String, to: String, forwardedBy: String? = nil,
      state: String, withdrawal: String? = nil, deliveredAt: String? = nil,
      receivedOn: String? = nil, dueOn: String? = nil, internalNumber: String? = nil,
      disposition: String? = nil, closeKind: String? = nil
    ) {
      self.document = document
      self.number = number
      self.from = from
      self.to = to
      self.forwardedBy = forwardedBy
      self.state = state
      self.withdrawal = withdrawal
      self.deliveredAt = deliveredAt
      self.receivedOn = receivedOn
      self.dueOn = dueOn
      self.internalNumber = internalNumber
      self.disposition = disposition
      self.closeKind = closeKind
    }
  }

  /// A measure.
  package struct Measure: Codable, Hashable, Sendable {
    /// party, governmental, organisational or admonition.
    package var `class`: String
    /// Which.
    package var value: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(class: String, value: String) {
      self.class = `class`
      self.value = value
    }
  }

  /// Results.
  package struct ResultList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.results/v1"
    /// By date.
    package var results: [CaseResult]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(results: [CaseResult] = [], next: Int? = nil) {
      self.results = results
      self.next = next
    }
  }

  /// A result.
  package struct CaseResult: Codable, Hashable, Sendable {
    /// Record.
    package var id: String
    /// The record of its first version: its own unless it corrects or revokes one.
    package var root: String
    /// Dossier.
    package var dossier: String
    /// Change set.
    package var changeSet: String
    /// Agency.
    package var author: String
    /// Kind.
    package var kind: String
    /// Date.
    package var on: String
    /// The caseFiled result that it belongs to.
    package var `case`: String?
    /// Measures.
    package var measures: [Measure]
    /// Amount in fen.
    package var amount: Int?
    /// Key of the person.
    package var personKey: String?
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
    /// valid, revised, revoked or void.
    package var state: String
    /// Why it has no effect.
    package var voidReason: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, root: String, dossier: String, changeSet: String, author: String, kind: String,
      on: String, case: String? = nil, measures: [Measure] = [], amount: Int? = nil,
      personKey: String? = nil, decidedBy: String? = nil, documentNumber: String? = nil,
      formOfDiscipline: Int? = nil, rank: Int? = nil, ranked: Int? = nil, score: Int? = nil,
      unit: String? = nil, state: String, voidReason: String? = nil
    ) {
      self.id = id
      self.root = root
      self.dossier = dossier
      self.changeSet = changeSet
      self.author = author
      self.kind = kind
      self.on = on
      self.case = `case`
      self.measures = measures
      self.amount = amount
      self.personKey = personKey
      self.decidedBy = decidedBy
      self.documentNumber = documentNumber
      self.formOfDiscipline = formOfDiscipline
      self.rank = rank
      self.ranked = ranked
      self.score = score
      self.unit = unit
      self.state = state
      self.voidReason = voidReason
    }
  }
}
