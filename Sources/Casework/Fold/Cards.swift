package import Ledger

/// Where one document stands at one addressee (SM2).
package struct ReferralCard: Sendable, Equatable {
  /// The record id of the document.
  package let document: RecordID
  /// Its author.
  package let sender: AgencyCode
  /// The addressee, who decides.
  package let addressee: AgencyCode
  /// Why the addressee has it.
  package let ground: Ground
  /// The form of the document.
  package let form: DocumentForm
  /// Its number.
  package let number: String
  /// Where the document stands in its author's chain; orders the letters of one dossier.
  package let sequence: UInt64
  /// The date of the document or of the forwarding.
  package let sentOn: CivilDate
  /// The agency that forwarded it here.
  package let forwardedBy: AgencyCode?
  /// The audience of the document; empty when it is open to every member.
  package let audience: [AgencyCode]
  /// The state.
  package var state: ReferralState
  /// What became of a request to withdraw.
  package var withdraw = WithdrawState.none
  /// The points it covers, those of supplements last.
  package var points: [RecordID]
  /// The points accepted.
  package var acceptedPoints: [RecordID] = []
  /// Where it was forwarded to, ascending.
  package var forwardedTo: [AgencyCode] = []
  /// When it was received.
  package var receivedOn: CivilDate?
  /// When it was first accepted.
  package var acceptedOn: CivilDate?
  /// When its present fate was decided.
  package var fateOn: CivilDate?
  /// Why it was returned.
  package var returnReason: String = ""
  /// The number at the addressee.
  package var internalNumber: String = ""
  /// The last feedback.
  package var fedBackOn: CivilDate?
  /// The supplements sent.
  package var supplements = 0
  /// The fate of each point that counts for the state.
  package var fates: [Fate] = []

  /// Why an addressee has a document.
  package enum Ground: String, Sendable {
    case to, cc, forward
  }

  /// What became of one point, or of the whole letter when it has none.
  package struct Fate: Sendable, Equatable {
    /// The point; nil for the whole letter.
    package let point: RecordID?
    /// What became of it.
    package var outcome: Outcome

    /// What became of a point.
    package enum Outcome: Sendable, Equatable {
      case open, accepted, returned, forwarded
    }
  }

  /// Whether the addressee handles it, wholly or in part.
  package var isAccepted: Bool {
    state != .overruled && fates.contains { $0.outcome == .accepted }
  }
}

/// How one discipline body handles one accepted referral (SM3).
package struct HandlingCard: Sendable, Equatable {
  /// The record id of the referral.
  package let document: RecordID
  /// Its author.
  package let sender: AgencyCode
  /// The discipline body.
  package let body: AgencyCode
  /// The audience of the referral.
  package let audience: [AgencyCode]
  /// The stage.
  package var stage = HandlingStage.registered
  /// When the stage began.
  package var stageOn: CivilDate
  /// The first disposition.
  package var firstDisposition: Disposition?
  /// When it was made.
  package var disposedOn: CivilDate?
  /// How it was closed.
  package var closeKind: CloseKind?
  /// When a case was filed.
  package var filedOn: CivilDate?
  /// The last sanction.
  package var decidedOn: CivilDate?
  /// When it was executed.
  package var executedOn: CivilDate?
  /// Valid filings.
  package var filings = 0
  /// Valid sanctions.
  package var sanctions = 0
  /// Whether a valid accountability or sanction stands.
  package var isAccountable = false
  /// Distinct filings and persons with a measure that counts.
  package var persons: Set<PersonTime> = []

  /// One person in one filing.
  package struct PersonTime: Sendable, Hashable {
    let filing: RecordID
    let key: String
  }
}

/// Where one clue stands, over all its referrals.
package struct ClueCard: Sendable, Equatable {
  /// The state of the referral in play, or received before any.
  package var state: State
  /// The agency whose turn it is.
  package var holder: AgencyCode
  /// The referral in play.
  package var document: RecordID?
  /// The first date of receipt of an accepted referral.
  package var receivedOn: CivilDate?
  /// The date of acceptance.
  package var acceptedOn: CivilDate?
  /// The stage at the discipline body.
  package var stage: HandlingStage?
  /// How it was closed.
  package var closeKind: CloseKind?
  /// Whether a filing stands.
  package var isFiled = false
  /// Whether accountability stands.
  package var isAccountable = false
  /// Persons counted.
  package var personTimes = 0
  /// The last feedback.
  package var fedBackOn: CivilDate?
  /// Whether the final feedback was given.
  package var isFinal = false
  /// The record of the other dossier that it was merged into.
  package var mergedInto: RecordID?

  /// Where a clue stands.
  package enum State: Sendable, Equatable {
    /// Opened, not referred yet.
    case registered
    /// The state of the referral in play.
    case referral(ReferralState)
    /// A request to withdraw waits for its answer.
    case withdrawRequested

    /// The code in tables and answers.
    package var code: String {
      switch self {
      case .registered: "registered"
      case .referral(let state): state.rawValue
      case .withdrawRequested: "withdrawRequested"
      }
    }

    /// Every code that a clue may have; nobody is sent a clue for information alone.
    package static var codes: [String] {
      let copies: Set<ReferralState> = [.copied, .noted]
      let referrals = ReferralState.allCases.filter { !copies.contains($0) }.map(State.referral)
      return ([.registered] + referrals + [.withdrawRequested]).map(\.code)
    }
  }
}

/// Where one tracked item stands (SM4).
package struct ItemCard: Sendable, Equatable {
  /// The record id of the item.
  package let item: RecordID
  /// The issuer, who decides.
  package let issuer: AgencyCode
  /// The document that carries it.
  package let document: RecordID
  /// Its number in the document.
  package let number: Int
  /// The kind.
  package let kind: ItemKind
  /// The audience of the item.
  package let audience: [AgencyCode]
  /// The responsible agency.
  package var unit: AgencyCode?
  /// The state.
  package var state: ItemState
  /// The due date in force.
  package var dueOn: CivilDate?
  /// The last report.
  package var report: RecordID?
  /// When it was made.
  package var reportedOn: CivilDate?
  /// When the item passed.
  package var passedOn: CivilDate?
  /// When it was signed off.
  package var signedOffOn: CivilDate?
  /// Times reopened.
  package var reopened = 0
  /// The request for more time.
  package var extensionState = ExtensionState.none
  /// The highest level of supervision that was reached.
  package var level: SupervisionLevel?
  /// Whether it is on the list of long-term rectification (长期整改).
  package var isLongTerm = false
  /// Whether a report came that no decision cites, after a pass (验收后新材料).
  package var hasNewMaterial = false
  /// Reports that no decision has answered.
  package var pendingReports: [Citation] = []
  /// Disputes that are not decided.
  package var openDisputes: [Citation] = []
  /// Requests for more time that are not decided.
  package var openExtensions: [Citation] = []
  /// The date of the first dispute that is not decided.
  package var disputedOn: CivilDate?
  /// The date of the first request for more time that is not decided.
  package var askedOn: CivilDate?

  /// Whether nothing of it stands in the way of ending its dossier.
  package var isSettled: Bool {
    switch state {
    case .signedOff, .cancelled, .proposed, .superseded, .revoked: true
    default: isLongTerm
    }
  }
}

/// Where one version of minutes stands (SM7).
package struct MinutesCard: Sendable, Equatable {
  /// The record id of the version.
  package let document: RecordID
  /// The convenor, who decides.
  package let convenor: AgencyCode
  /// The version.
  package let version: Int
  /// What a countersignature binds.
  package let hash: Hash256
  /// The members whose countersignature is required.
  package let required: [AgencyCode]
  /// When it was circulated.
  package let circulatedOn: CivilDate
  /// The audience of the version.
  package let audience: [AgencyCode]
  /// The state.
  package var state = MinutesState.circulated
  /// The number given at issue.
  package var number = ""
  /// The last answer of each member.
  package var answers: [Answer] = []
  /// Members whose silence the convenor recorded.
  package var lapsed: [AgencyCode] = []
  /// Members whose objection came after finalization (保留意见).
  package var reserved: [AgencyCode] = []
  /// When it was finalized.
  package var finalizedOn: CivilDate?
  /// When it was issued.
  package var issuedOn: CivilDate?

  /// The last answer of one member.
  package struct Answer: Sendable, Equatable {
    /// The member.
    package let member: AgencyCode
    /// countersign, object or abstain.
    package let verb: Verb
    /// The act.
    package let place: Citation
  }

  /// The members that gave an answer.
  package func members(_ verb: Verb) -> [AgencyCode] {
    answers.filter { $0.verb == verb }.map(\.member)
  }
}
