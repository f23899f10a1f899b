package import Casework
package import Ledger

extension Deadlines {
  /// A course, as far as due dates depend on it.
  package struct Progress: Sendable {
    /// The short name of its machine.
    package var machine: String
    /// The kind of the dossier, the form of the document or the kind of the item.
    package var kind: String
    /// The author of what has the course, which is the home of a dossier.
    package var author: AgencyCode
    /// Where it stands.
    package var stage: Stage
    /// When it began.
    package var begunOn: CivilDate
    /// When the stage began; nil in the first.
    package var stageOn: CivilDate?
    /// The agency it was given to.
    package var handler: AgencyCode?
    /// A new due date.
    package var dueOn: CivilDate?
    /// When a petition was accepted.
    package var acceptedOn: CivilDate?
    /// Since when whoever decides on a petition has it; nil from the beginning.
    package var givenOn: CivilDate?
    /// When whoever decides on a petition told the petitioner last, by a notice.
    package var toldOn: CivilDate?
    /// When the home of a petition issued its last opinion, which answers a review that ran.
    package var reviewedOn: CivilDate?
    /// The last day of the secondment that runs.
    package var lastDay: CivilDate?
    /// Contributors that have not said yet whether their extract is right.
    package var silent: [AgencyCode] = []
    /// Whether the dossier holds an annual report already.
    package var hasReport = false

    /// Describes a course; what is not known stays nil.
    package init(
      machine: String, kind: String, author: AgencyCode, stage: Stage, begunOn: CivilDate,
      stageOn: CivilDate? = nil
    ) {
      self.machine = machine
      self.kind = kind
      self.author = author
      self.stage = stage
      self.begunOn = begunOn
      self.stageOn = stageOn
    }

    /// When what the stage asks for began to run.
    var since: CivilDate { stageOn ?? begunOn }
  }

  /// What is due of a course: what its stage asks for, and what may still be asked for.
  package func duties(of course: Progress) -> [Duty] {
    switch course.machine {
    case Machines.inspection.machine.name:
      guard course.stage == .reportApproved else { return [] }
      return [Duty(due(.feedBackReport, from: course.since), course.author)]
    case Machines.petition.machine.name: return petition(course)
    case Machines.expert.machine.name:
      guard course.stage == .deployed, let lastDay = course.lastDay else { return [] }
      return [Duty(DueDate(rule: nil, on: lastDay), course.author)]
    case Machines.figures.machine.name: return figures(course)
    case Machines.file.machine.name:
      guard course.kind == DossierKind.report.rawValue, course.stage == .opened,
        !course.hasReport
      else { return [] }
      return [Duty(due(.compileReport, from: course.since), course.author)]
    default: return []
    }
  }

  /// The machines and stages in which anything is due, and whether that is a right alone: whatever
  /// ``duties(of:)`` gives is of one of them.
  static let timed: [(machine: String, stage: Stage, isRight: Bool)] = {
    let stages: [(Course, [Stage])] = [
      (Machines.inspection, [.reportApproved]), (Machines.expert, [.deployed]),
      (Machines.figures, [.compiled, .reconciled]), (Machines.file, [.opened]),
      (
        Machines.petition,
        [
          .registered, .objected, .transferred, .accepted, .handling, .extended, .opinionIssued,
          .notAccepted, .guided, .review, .reexamination,
        ]
      ),
    ]
    let timed = stages.flatMap { course, stages in
      stages.map { (machine: course.machine.name, stage: $0, isRight: false) }
    }
    // Once it is closed, only the petitioner may still ask for something.
    return timed + [(machine: Machines.petition.machine.name, stage: .closed, isRight: true)]
  }()

  /// The stages that put a petition before somebody who decides on it anew.
  static let giving: [Stage] = [.registered, .transferred, .objected]

  private func petition(_ course: Progress) -> [Duty] {
    let (home, handler) = (course.author, course.handler ?? course.author)
    switch course.stage {
    case .registered, .objected:
      return [Duty(due(.tellPetitioner, from: course.since), home)]
    case .transferred:
      return telling(course, handler)
        + [Duty(due(.objectToTransfer, from: course.since), handler)]
    case .accepted, .handling, .extended, .opinionIssued:
      return telling(course, handler) + [Duty(closing(course), handler)]
    case .notAccepted, .guided: return telling(course, home)
    case .closed: return [Duty(due(.askReview, from: course.since), home)]
    case .review:
      // An opinion answers the review, and the petitioner may have it examined once more. One of
      // the day on which the review began may be the opinion that is reviewed.
      if let answered = course.reviewedOn, answered > course.since {
        return [Duty(due(.askReexamination, from: answered), home)]
      }
      return [Duty(due(.answerReview, from: course.since), home)]
    case .reexamination:
      if let answered = course.reviewedOn, answered > course.since { return [] }
      return [Duty(due(.answerReexamination, from: course.since), home)]
    default: return []
    }
  }

  /// A decision tells the petitioner nothing: the notice does, and until then it is owed.
  private func telling(_ course: Progress, _ owes: AgencyCode) -> [Duty] {
    let start = course.givenOn ?? course.begunOn
    if let told = course.toldOn, told >= start { return [] }
    return [Duty(due(.tellPetitioner, from: start), owes)]
  }

  /// Sixty days after the acceptance; an extension stands as far as the law allows one.
  private func closing(_ course: Progress) -> DueDate {
    let usual = due(.closePetition, from: course.acceptedOn ?? course.since)
    guard let extended = course.dueOn, extended > usual.on else { return usual }
    let longest = due(.extendPetition, from: usual.on)
    return DueDate(rule: .extendPetition, on: min(extended, longest.on))
  }

  private func figures(_ course: Progress) -> [Duty] {
    var duties: [Duty] = []
    if course.stage == .compiled {
      let due = due(.countersign, from: course.since)
      duties += course.silent.map { Duty(due, $0) }
    }
    let isReport = course.kind == DocumentForm.annualReport.rawValue
    if isReport, course.stage == .compiled || course.stage == .reconciled {
      // The year's date counts from the report, whatever step came since.
      duties.append(Duty(due(.publishReport, from: course.begunOn), course.author))
    }
    return duties
  }
}
