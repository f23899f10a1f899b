extension API {
  /// Opens a clue.
  package struct CreateClueRequest: Codable, Hashable, Sendable {
    /// Title.
    package var title: String
    /// Number; drawn when absent.
    package var number: String?
    /// Source code.
    package var source: String?
    /// Agency it came from.
    package var sourceAgency: String?
    /// Region code.
    package var region: String?
    /// Campaign.
    package var campaign: String?
    /// public, internal or workSecret; anything higher is refused.
    package var classification: String?
    /// Agencies to exclude from the start.
    package var exclude: [String]
    /// Why they are excluded; never shown to them.
    package var reason: String?
    /// Who told it, for some members only.
    package var informant: SealedSheet?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      title: String, number: String? = nil, source: String? = nil, sourceAgency: String? = nil,
      region: String? = nil, campaign: String? = nil, classification: String? = nil,
      exclude: [String] = [], reason: String? = nil, informant: SealedSheet? = nil,
      on: String? = nil
    ) {
      self.title = title
      self.number = number
      self.source = source
      self.sourceAgency = sourceAgency
      self.region = region
      self.campaign = campaign
      self.classification = classification
      self.exclude = exclude
      self.reason = reason
      self.informant = informant
      self.on = on
    }
  }

  /// Drafts the letter that refers a clue.
  package struct ReferRequest: Codable, Hashable, Sendable {
    /// Clue.
    package var clue: String
    /// Addressees.
    package var to: [String]
    /// Copies.
    package var cc: [String]
    /// Title.
    package var title: String
    /// Text.
    package var body: String
    /// Points.
    package var points: [String]
    /// Due date.
    package var dueOn: String?
    /// The returned letter that it replaces.
    package var resends: String?
    /// The kind of oversight that the letter asks for.
    package var purpose: String?
    /// Sheets for some members only.
    package var sealed: [SealedSheet]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, to: [String] = [], cc: [String] = [], title: String, body: String,
      points: [String] = [], dueOn: String? = nil, resends: String? = nil,
      purpose: String? = nil, sealed: [SealedSheet] = []
    ) {
      self.clue = clue
      self.to = to
      self.cc = cc
      self.title = title
      self.body = body
      self.points = points
      self.dueOn = dueOn
      self.resends = resends
      self.purpose = purpose
      self.sealed = sealed
    }
  }

  /// Drafts a letter with further material.
  package struct SupplementRequest: Codable, Hashable, Sendable {
    /// Clue.
    package var clue: String
    /// Title.
    package var title: String
    /// Text.
    package var body: String
    /// Further points; points are added, never removed.
    package var points: [String]
    /// The kind of oversight that the addressees are asked for from now on.
    package var purpose: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, title: String, body: String, points: [String] = [], purpose: String? = nil
    ) {
      self.clue = clue
      self.title = title
      self.body = body
      self.points = points
      self.purpose = purpose
    }
  }

  /// Receives a letter.
  package struct ReceiveRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, on: String? = nil, note: String? = nil,
      scan: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Accepts a clue.
  package struct AcceptRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// Points that it concerns; all when empty.
    package var points: [String]
    /// Number of the accepting body.
    package var internalNumber: String?
    /// The kind of oversight that takes it up, such as reconsideration; that of the agency when
    /// absent.
    package var use: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, points: [String] = [], internalNumber: String? = nil,
      use: String? = nil, on: String? = nil, note: String? = nil, scan: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.points = points
      self.internalNumber = internalNumber
      self.use = use
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Returns a clue.
  package struct ReturnRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// Code: noJurisdiction, incomplete, unclear, notAClue, duplicate, wrongChannel or conflict.
    package var reason: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// What the sender should do next.
    package var note: String
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, reason: String, on: String? = nil, note: String,
      scan: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.reason = reason
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Forwards a clue.
  package struct ForwardRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// New addressee.
    package var to: String
    /// Points that it concerns; all when empty.
    package var points: [String]
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, to: String, points: [String] = [], on: String? = nil,
      note: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.to = to
      self.points = points
      self.on = on
      self.note = note
    }
  }

  /// Asks the recipient to agree to a withdrawal.
  package struct WithdrawRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(clue: String, document: String? = nil, on: String? = nil, note: String? = nil) {
      self.clue = clue
      self.document = document
      self.on = on
      self.note = note
    }
  }

  /// Agrees to a withdrawal.
  package struct AgreeWithdrawRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(clue: String, document: String? = nil, on: String? = nil, note: String? = nil) {
      self.clue = clue
      self.document = document
      self.on = on
      self.note = note
    }
  }

  /// Decides what is done with an accepted clue.
  package struct DisposeRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// inquiry, verification, shelved, closed, firstForm, filed, investigating, trial, decided,
    /// dismissed, toProcuratorate or executed.
    package var kind: String
    /// direct, accepted, unfounded or duplicate, when closed.
    package var closeKind: String?
    /// Due date it sets.
    package var dueOn: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, kind: String, closeKind: String? = nil,
      dueOn: String? = nil, on: String? = nil, note: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.kind = kind
      self.closeKind = closeKind
      self.dueOn = dueOn
      self.on = on
      self.note = note
    }
  }

  /// Gives feedback to the sender.
  package struct FeedbackRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of the letter.
    package var clue: String
    /// The letter acted on; the open one of this agency when absent.
    package var document: String?
    /// Stage that it tells.
    package var stage: String
    /// Closes the referral.
    package var final: Bool
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Text of the feedback.
    package var note: String
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, document: String? = nil, stage: String, final: Bool = false, on: String? = nil,
      note: String, scan: String? = nil
    ) {
      self.clue = clue
      self.document = document
      self.stage = stage
      self.final = final
      self.on = on
      self.note = note
      self.scan = scan
    }
  }

  /// Asks for clues.
  package struct ClueListRequest: Codable, Hashable, Sendable {
    /// In this state.
    package var state: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(state: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.state = state
      self.page = page
      self.limit = limit
    }
  }

  /// Names a clue.
  package struct ClueRequest: Codable, Hashable, Sendable {
    /// Clue: number, id of the dossier, or id of a record in it.
    package var clue: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(clue: String) {
      self.clue = clue
    }
  }

  /// Records a result.
  package struct ResultRequest: Codable, Hashable, Sendable {
    /// Clue; or the dossier that a result of another kind belongs to.
    package var clue: String
    /// Kind, as in the code table.
    package var kind: String
    /// Date of the decision; today when absent, never ahead of the business clock.
    package var on: String?
    /// The caseFiled result that it belongs to; the only one when absent.
    package var `case`: String?
    /// Measures.
    package var measures: [Measure]
    /// Amount in fen.
    package var amount: Int?
    /// Key of the person, never a name.
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
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      clue: String, kind: String, on: String? = nil, case: String? = nil, measures: [Measure] = [],
      amount: Int? = nil, personKey: String? = nil, decidedBy: String? = nil,
      documentNumber: String? = nil, formOfDiscipline: Int? = nil, rank: Int? = nil,
      ranked: Int? = nil, score: Int? = nil, unit: String? = nil, note: String? = nil
    ) {
      self.clue = clue
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
      self.note = note
    }
  }

  /// Asks for results.
  package struct ResultListRequest: Codable, Hashable, Sendable {
    /// Of this dossier.
    package var dossier: String?
    /// Of this kind.
    package var kind: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String? = nil, kind: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.dossier = dossier
      self.kind = kind
      self.page = page
      self.limit = limit
    }
  }
}
