/// What happens in a sample year, counted: how many of each kind, and from which agency.
///
/// Every figure of the year is a count or a sum of the plan, so what a node computes can be
/// compared with what was planned. ``YearPlan/sample`` is the plan that comes with the program.
struct YearPlan: Hashable, Sendable {
  /// How many of something an agency has, or how many of something there are under a name.
  struct Count: Hashable, Sendable {
    /// The agency, or the name.
    let name: String
    /// How many.
    let count: Int
  }

  /// The calendar year.
  let year: Int
  /// Clues and their letters.
  let clues: Clues
  /// What becomes of the clues that count.
  let handling: Handling
  /// Who is sanctioned.
  let persons: Persons
  /// Letters and visits of the public.
  let petitions: Petitions
  /// Cases of enforcement against public bodies.
  let enforcement: Enforcement
  /// Findings fed back from above, all signed off in the year.
  let upperFindings: Int
  /// The inspection in the middle of the year.
  let midTerm: MidTerm
  /// Findings of each campaign, all signed off in the year.
  let campaigns: [Count]
  /// Joint meetings.
  let meetings: Meetings
  /// Experts and papers.
  let papers: Papers

  /// Clues and their letters.
  struct Clues: Hashable, Sendable {
    /// Clues that count, by their sender; who has none files a nil return.
    let senders: [Count]
    /// Where those of the registrar come from: a kind of oversight, and after a slash an agency.
    let sources: [Count]
    /// Of those of the registrar, about somebody in an agency that is excluded (E09).
    let excluding: Int
    /// Returned as incomplete and sent again (E01).
    let resent: Int
    /// Forwarded to another discipline body (E02).
    let forwarded: Int
    /// Accepted in part, the rest forwarded (E03).
    let split: Int
    /// Further clues that are duplicates and merged into one that counts (E04).
    let merged: Int
    /// Further clues that repeat one of an earlier year (E05).
    let repeated: Int
    /// Further clues returned for good.
    let returned: Int
    /// Further clues withdrawn before anybody received them (E06).
    let withdrawn: Int

    /// How many count.
    var total: Int { senders.sum }
  }

  /// What becomes of the clues that count; the fates add up to their number.
  struct Handling: Hashable, Sendable {
    /// How many have each fate.
    let fates: [Fate: Int]

    /// How many have a fate.
    subscript(fate: Fate) -> Int { fates[fate] ?? 0 }

    /// How many were filed.
    var filed: Int { self[.running] + self[.dismissed] + self[.accountable] }

    /// How many were verified first.
    var verified: Int { filed + self[.unfounded] + self[.firstForm] }
  }

  /// What becomes of one clue.
  enum Fate: String, CaseIterable, Sendable {
    case inquiry, shelved, closed, unfounded, firstForm, running, dismissed, accountable
  }

  /// Who is sanctioned in the cases that make somebody accountable.
  struct Persons: Hashable, Sendable {
    /// Cases with two persons.
    let casesOfTwo: Int
    /// Cases with three persons.
    let casesOfThree: Int
    /// Persons sanctioned in two cases, counted once in each.
    let inTwoCases: Int
    /// Sanctions by the classes of their measures.
    let measures: [Measures: Int]
    /// Further persons admonished, who make no person-time.
    let admonished: Int
    /// Sanctions revoked after the year (E18).
    let revokedLater: Int

    /// How many person-times there are.
    var times: Int { measures.values.reduce(0, +) }
  }

  /// The classes of the measures in one sanction.
  enum Measures: String, CaseIterable, Sendable {
    case party, governmental, both, organisational, partyOrganisational

    /// The classes, as the code table of measures names them.
    var classes: [String] {
      switch self {
      case .party: ["party"]
      case .governmental: ["governmental"]
      case .both: ["party", "governmental"]
      case .organisational: ["organisational"]
      case .partyOrganisational: ["party", "organisational"]
      }
    }
  }

  /// Letters and visits of the public.
  struct Petitions: Hashable, Sendable {
    /// How many each agency registers.
    let homes: [Count]
    /// How many were accepted, by the channel they came through.
    let channels: [Count]
    /// Given to another agency.
    let transferred: Int
    /// Not accepted, because the same matter is running.
    let sameRunning: Int
    /// Not accepted, because a court decides it.
    let litigation: Int
    /// Of those accepted, with more time.
    let extended: Int
    /// Of those accepted, reviewed after they were closed.
    let reviewed: Int

    /// How many were accepted; all of them are closed in the year.
    var accepted: Int { channels.sum }
    /// How many were registered.
    var total: Int { homes.sum }
  }

  /// Cases of enforcement against public bodies.
  struct Enforcement: Hashable, Sendable {
    /// What was performed in each case that ended, in fen.
    let settled: [Int]
    /// Cases still open; the first is performed in parts across the end of the year (E32).
    let open: Int
    /// Of those that ended, performed in three parts.
    let inParts: Int
  }

  /// The inspection in the middle of the year.
  struct MidTerm: Hashable, Sendable {
    /// Findings.
    let findings: Int
    /// Left with more time, after the ladder of supervision (E10).
    let extended: Int
    /// Left reported and not yet looked at.
    let awaiting: Int
    /// Left without a report.
    let overdue: Int
    /// Signed off, and opened again after the year (E12).
    let relapsedLater: Int

    /// How many were signed off in the year.
    var signedOff: Int { findings - extended - awaiting - overdue }
  }

  /// Joint meetings, one a quarter.
  struct Meetings: Hashable, Sendable {
    /// How many.
    let held: Int
    /// Resolutions of all of them.
    let resolutions: Int
    /// Minutes amended after their issue (E14).
    let amended: Int
    /// Minutes with an opinion reserved after their finalization (E15).
    let reserved: Int
  }

  /// Experts and papers.
  struct Papers: Hashable, Sendable {
    /// Difficult questions put to several agencies.
    let issues: Int
    /// Opinions of delegates that are given to agencies and answered.
    let opinions: Int
    /// Trainings held.
    let trainings: Int
    /// Experts nominated by each agency.
    let experts: [Count]
    /// Secondments of experts.
    let secondments: Int
    /// Agencies in the assessment.
    let assessed: Int
    /// Ranks of the surveys, by their year.
    let surveys: [Count]
    /// Among how many each survey ranks; 0 when it does not say.
    let ranked: Int
    /// Agencies named model areas.
    let designated: [String]
    /// Agencies that are candidates.
    let candidates: [String]
    /// Instruments that several agencies confirm.
    let instruments: Int
    /// Channels of complaint that are published.
    let channels: Int
    /// Documents signed under the wrong desk and revoked on the same day (E34).
    let revokedSameDay: Int
  }
}

extension [YearPlan.Count] {
  /// The sum of the counts.
  var sum: Int { reduce(0) { $0 + $1.count } }

  /// Each name as often as its count says, in their order.
  var expanded: [String] { flatMap { Array<String>(repeating: $0.name, count: $0.count) } }
}
