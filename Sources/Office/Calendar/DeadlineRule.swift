package import Casework

/// One deadline of the mechanism as data: what starts it, how long it is, what it rests on.
///
/// Due dates are computed when a card is read and never stored: the calendar may change, and no
/// clock decides anything. The rows are in ``DeadlineTable``.
package struct DeadlineRule: Sendable, Hashable {
  /// How long a period is.
  package enum Period: Sendable, Hashable {
    /// Working days (工作日).
    case workingDays(Int)
    /// Calendar days (日).
    case calendarDays(Int)
    /// Months (个月).
    case months(Int)
    /// Months to the very day, which no holiday moves: how long something is in force.
    case monthsToTheDay(Int)
    /// Hours (小时), which no holiday moves; they end on the day after so many whole days.
    case hours(Int)
    /// The day of a year on or after the start, which no holiday moves.
    case yearly(month: Int, day: Int)
  }

  /// The code people quote.
  package let code: Code
  /// What must happen in the period.
  package let event: Term
  /// How long it is.
  package let period: Period
  /// What it rests on; a proposal of this mechanism where no text of law says it.
  package let basis: String
  /// After what part of the period the lamp is amber, where the last days are too late for it.
  package let warning: Period?
  /// Who acts within the period, and whether anything here starts it.
  package let nature: Nature

  /// What kind of period it is.
  package enum Nature: Sendable, Hashable {
    /// Somebody owes something by its end.
    case duty
    /// Somebody may ask for something until its end.
    case right
    /// Something is in force until its end; nobody owes anything, and it is listed with the rights.
    case term
    /// Nothing that is recorded here starts it or ends it; people count it by the table.
    ///
    /// Of an informant the records have a sealed sheet at most, which looks like any other: it does
    /// not say whether a name was given, nor does any record say that somebody was told. A line in
    /// a list that everybody at the socket reads would tell that there is a named informant.
    case byHand
  }

  /// The codes of the rules.
  package enum Code: String, Sendable, CaseIterable {
    case receive = "D1"
    case passOn = "D2"
    case decide = "D3"
    case dispose = "D4"
    case answerInquiry = "D5"
    case verify = "D6"
    case feedBack = "D7"
    case feedBackFinally = "D7b"
    case tellPetitioner = "D8"
    case objectToTransfer = "D9"
    case closePetition = "D10"
    case extendPetition = "D10b"
    case askReview = "D11"
    case answerReview = "D11b"
    case askReexamination = "D12"
    case answerReexamination = "D12b"
    case feedBackReport = "D13"
    case planRectification = "D14"
    case rectify = "D15"
    case rectifyOnSite = "D15b"
    case inspectReport = "D16"
    case answerLetter = "D17"
    case circulate = "D18"
    case countersign = "D18b"
    case issueMinutes = "D18c"
    case resolution = "D18d"
    case answerRecommendation = "D19"
    case reportOnReconsideration = "D20"
    case dispute = "D21"
    case decideDispute = "D21b"
    case approvePoliceReferral = "D22"
    case sendToPolice = "D22b"
    case policeDecision = "D22c"
    case compileReport = "D23"
    case publishReport = "D23b"
    case warningEnds = "D24"
    case demeritEnds = "D24b"
    case majorDemeritEnds = "D24c"
    case demotionEnds = "D24d"
    case tellInformantAccepted = "D25"
    case tellInformantResult = "D25b"
  }

  /// Every rule, in the order of the codes.
  package static let table: [DeadlineRule] = Code.allCases.map(row)

  /// The rule of a code.
  package static func row(_ code: Code) -> DeadlineRule { DeadlineTable.row(code) }
}
