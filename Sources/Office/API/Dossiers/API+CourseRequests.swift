extension API {
  /// Takes the next step of a course.
  package struct AdvanceRequest: Codable, Hashable, Sendable {
    /// Dossier: number, id or unique prefix; or the id of a document of figures or of an expert.
    package var dossier: String
    /// The stage it leads to, as in the table of its course.
    package var stage: String
    /// The agency it is given to, where the step gives it.
    package var handler: String?
    /// Code of the reason or the mode, or the days asked for as YYYY-MM-DD/YYYY-MM-DD.
    package var reason: String?
    /// Number of the approval.
    package var number: String?
    /// The item of an approved plan that an inspection is made by; its approval is the plan's.
    package var plan: String?
    /// New due date.
    package var dueOn: String?
    /// Records that it rests on, by id or number.
    package var cites: [String]
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, stage: String, handler: String? = nil, reason: String? = nil,
      number: String? = nil, plan: String? = nil, dueOn: String? = nil, cites: [String] = [],
      on: String? = nil, note: String? = nil
    ) {
      self.dossier = dossier
      self.stage = stage
      self.handler = handler
      self.reason = reason
      self.number = number
      self.plan = plan
      self.dueOn = dueOn
      self.cites = cites
      self.on = on
      self.note = note
    }
  }

  /// Where a dossier, a document of figures or an expert stands in its course.
  package struct CourseLine: Codable, Hashable, Sendable {
    /// The cover, document or item.
    package var subject: String
    /// The machine, such as SM6.
    package var machine: String
    /// Stage.
    package var stage: String
    /// When the stage began.
    package var stageOn: String?
    /// Who brought it there.
    package var movedBy: String?
    /// The agency it was given to.
    package var handler: String?
    /// Number of the approval.
    package var approval: String?
    /// New due date.
    package var dueOn: String?
    /// What was performed, in fen.
    package var amount: Int
    /// Contributors whose last word confirms this text.
    package var confirmed: [String]
    /// Contributors whose last word disputes it.
    package var disputed: [String]
    /// How often it was corrected.
    package var corrections: Int
    /// Something came late, after the archiving.
    package var late: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      subject: String, machine: String, stage: String, stageOn: String? = nil,
      movedBy: String? = nil, handler: String? = nil, approval: String? = nil,
      dueOn: String? = nil, amount: Int = 0, confirmed: [String] = [], disputed: [String] = [],
      corrections: Int = 0, late: Bool = false
    ) {
      self.subject = subject
      self.machine = machine
      self.stage = stage
      self.stageOn = stageOn
      self.movedBy = movedBy
      self.handler = handler
      self.approval = approval
      self.dueOn = dueOn
      self.amount = amount
      self.confirmed = confirmed
      self.disputed = disputed
      self.corrections = corrections
      self.late = late
    }
  }
}
