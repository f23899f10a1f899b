/// What moves a machine or is put to it: a verb, a disposition or a result.
package enum Step: Sendable, Hashable {
  case draft, submit, review, sendBack, sign, supersede
  case verb(Verb)
  case disposition(Disposition)
  case result(ResultKind)
  case stage(Stage)
  case level(SupervisionLevel)
  case version

  /// The code of the step as the documentation prints it.
  package var code: String {
    switch self {
    case .draft: "draft"
    case .submit: "submit"
    case .review: "review"
    case .sendBack: "sendBack"
    case .sign: "sign"
    case .supersede: "supersede"
    case .verb(let verb): verb.rawValue
    case .disposition(let disposition): "dispose(\(disposition.rawValue))"
    case .result(let kind): "result(\(kind.rawValue))"
    case .stage(let stage): "advance(\(stage.rawValue))"
    case .level(let level): "urge(\(level.rawValue))"
    case .version: "circulate"
    }
  }
}

/// Who may take a step: a place in the question, not a name.
package enum Party: String, Sendable, Hashable, CaseIterable {
  case author, addressee, copyAddressee, sender, disciplineAddressee, issuer, unit, convenor
  case requiredMember, home, homeOrAddressee
  case court, handler, contributor, authorOrAddressee, issuerOrWatcher, superior, holder, member

  /// The words the documentation prints.
  package var term: Term {
    switch self {
    case .author: Term("产生机关", "author")
    case .addressee: Term("主送机关", "addressee")
    case .copyAddressee: Term("抄送机关", "copy addressee")
    case .sender: Term("移送机关", "sender")
    case .disciplineAddressee: Term("受理的纪检监察机关", "accepting discipline body")
    case .issuer: Term("交办机关", "issuer")
    case .unit: Term("责任单位", "responsible unit")
    case .convenor: Term("召集机关", "convenor")
    case .requiredMember: Term("须会签机关", "required member")
    case .home: Term("主办机关", "home")
    case .homeOrAddressee: Term("主办或主送机关", "home or addressee")
    case .court: Term("列案法院", "the court that listed it")
    case .handler: Term("办理机关", "the agency it was given to while it is a member, else the home")
    case .contributor: Term("核对机关", "addressee of the figures")
    case .authorOrAddressee: Term("产生或主送机关", "author or addressee")
    case .issuerOrWatcher: Term("交办机关或纪检监察机关", "issuer, or a discipline body of the dossier")
    case .superior: Term("共同上级纪检监察机关", "the common superior discipline body")
    case .holder: Term("受理线索的纪检监察机关", "a discipline body that accepted the clue")
    case .member: Term("成员机关", "any member")
    }
  }
}

/// What a step needs besides its state; each has a code of ``Invalidity`` when it is missing.
package enum Need: Sendable, Hashable {
  case reason, pointsOpen, noStandingResult, namesAgencies, withdrawRequest, citesSupplement
  case accepted, closeKind, filing, personKey, citesReport, noOpenDispute, citesDispute
  case citesExtension, dueDate, textHash, allAnswered, number, note, drafterIsNotSigner
  case namesSilentMembers, namesUnit, grantsNamed, excludesNamed, endsNamed
  case approval, inspectionMode, itemsSettled, namesHandler, declineReason, amount, allConfirmed
  case period, noOverlap, citesRequest, citesApproval, competenceOpen, namesHolder, namesRecord
  case laterDueDate
  /// Cites a document of this form, or stands in one change set with it.
  case cites(DocumentForm)

  /// The words the documentation prints.
  package var text: String {
    switch self {
    case .reason: "a reason of the table, and the next step in words"
    case .pointsOpen: "the points it names are open or accepted here"
    case .noStandingResult: "no valid result of this addressee on the document"
    case .namesAgencies: "names agencies that do not have the document yet and grants them"
    case .withdrawRequest: "a request to withdraw in its ancestry"
    case .citesSupplement: "cites the supplement letter or stands in one change set with it"
    case .accepted: "the referral is accepted here, wholly or in part"
    case .closeKind: "a kind of closing that fits the stage"
    case .filing: "names a valid filing of this body"
    case .personKey: "a person key and at least one measure"
    case .citesReport: "cites a report that no decision has answered"
    case .noOpenDispute: "no undecided dispute in its ancestry"
    case .citesDispute: "cites the dispute"
    case .citesExtension: "cites the request"
    case .dueDate: "a new due date"
    case .laterDueDate: "a due date after the one in force"
    case .textHash: "the hash of the version's text"
    case .allAnswered: "cites each required member's last countersignature, abstention or lapse"
    case .number: "the number drawn"
    case .note: "a note that says why"
    case .drafterIsNotSigner: "drafter and signer are two people"
    case .namesSilentMembers: "names required members that have not answered this version"
    case .namesUnit: "names the one new unit, which has a grant"
    case .grantsNamed: "names agencies, and the open part of its change set admits each of them"
    case .excludesNamed: "names agencies, and the open part of its change set excludes each of them"
    case .approval: "the number of the approval, as documents are numbered"
    case .inspectionMode: "onSite or desk"
    case .itemsSettled:
      "no tracked item is open, but those on the long-term list; no referral letter waits for its "
        + "addressee, no minutes wait to be issued"
    case .namesHandler: "names the one agency it is given to, a member of the dossier"
    case .declineReason: "a reason of the table for declining"
    case .amount: "an amount above zero"
    case .allConfirmed: "it has addressees, and the last word of each on this very text confirms it"
    case .period: "a period as YYYY-MM-DD/YYYY-MM-DD"
    case .noOverlap: "its period overlaps no approved one"
    case .citesRequest: "cites a request that is not decided"
    case .citesApproval: "cites one approval that is not used yet"
    case .competenceOpen: "two accepted, or two forwarded and nobody accepted"
    case .namesHolder: "names the one competent body among those that have the letter"
    case .namesRecord: "names the record of the other dossier"
    case .cites(let form): "cites a document of the form \(form.rawValue), or comes with it"
    case .endsNamed:
      "names agencies, and the open part of its change set ends the membership of each of them"
    }
  }
}

/// The roles a step asks of the person, which may differ for discipline bodies.
package struct Roles: Sendable, Hashable {
  /// The roles in any agency but a discipline body.
  package let usual: Set<Role>
  /// The roles in a discipline body.
  package let discipline: Set<Role>

  /// Makes a rule of roles; without `discipline` they are the same everywhere.
  package init(_ usual: Set<Role>, discipline: Set<Role>? = nil) {
    self.usual = usual
    self.discipline = discipline ?? usual
  }

  /// The roles in an agency of a kind.
  package func roles(in kind: AgencyKind?) -> Set<Role> {
    kind == .disciplineBody ? discipline : usual
  }
}

/// One row of a machine: a step, the states it is lawful in, and where it leads.
package struct Rule<State: CodeTable>: Sendable {
  /// The step.
  package let step: Step
  /// The states it is lawful in.
  package let from: [State]
  /// Where it leads.
  package let to: Outcome
  /// Who takes it.
  package let by: Party
  /// In which role.
  package let roles: Roles
  /// What else it needs.
  package let needs: [Need]
  /// Whether the node may take it by itself under a standing rule.
  package let mayBeAutomatic: Bool

  /// Where a step leads.
  package enum Outcome: Sendable, Hashable {
    /// The state stays; the step is an input or sets a mark.
    case stays
    /// The question moves.
    case moves(State)
    /// The fates of the points decide: one common fate, or split.
    case byPoints
    /// The question moves when the act is final, and stays else.
    case closesWhenFinal(State)
  }

  /// Makes a row.
  package init(
    _ step: Step, from: [State], to: Outcome, by: Party, roles: Roles, needs: [Need] = [],
    mayBeAutomatic: Bool = false
  ) {
    self.step = step
    self.from = from
    self.to = to
    self.by = by
    self.roles = roles
    self.needs = needs
    self.mayBeAutomatic = mayBeAutomatic
  }
}

/// One state machine as a table of step and state; every pair not in it is void.
package struct Machine<State: CodeTable>: Sendable {
  /// The short name, such as `SM2`.
  package let name: String
  /// What it is about.
  package let term: Term
  /// Who decides, in a sentence.
  package let arbiter: String
  /// The rows.
  package let rules: [Rule<State>]

  /// Looks a step up.
  package func rule(_ step: Step, from state: State) -> Rule<State>? {
    rules.first { $0.step == step && $0.from.contains(state) }
  }

  /// Whether the machine knows the step in any state.
  package func knows(_ step: Step) -> Bool { rules.contains { $0.step == step } }
}
