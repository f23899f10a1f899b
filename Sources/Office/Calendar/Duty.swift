package import Ledger

/// What one agency owes, or may still ask for, by a date.
///
/// It is computed from a card and the calendar whenever somebody looks, and stored nowhere.
package struct Duty: Sendable, Hashable {
  /// The date and its rule.
  package let due: DueDate
  /// Who owes it, or has the right.
  package let owes: AgencyCode
  /// Whom it waits for; the time runs on, and the lamp says that nobody is to blame yet.
  package let waiting: Waiting?

  /// Makes a duty.
  package init(_ due: DueDate, _ owes: AgencyCode, waiting: Waiting? = nil) {
    self.due = due
    self.owes = owes
    self.waiting = waiting
  }

  /// Whether it is a right that lapses or a term that ends, and not something owed.
  package var isRight: Bool {
    switch due.rule.map({ DeadlineRule.row($0).nature }) {
    case .right, .term: true
    case .duty, .byHand, nil: false
    }
  }

  /// An agency whose answer has to come first.
  package struct Waiting: Sendable, Hashable {
    /// The agency.
    package let on: AgencyCode
    /// Since when.
    package let since: CivilDate

    /// Says who is waited for.
    package init(on: AgencyCode, since: CivilDate) {
      self.on = on
      self.since = since
    }
  }
}

/// The lamp beside a due date (亮灯).
package enum Lamp: String, Sendable, CaseIterable {
  /// There is time.
  case green
  /// It ends soon.
  case amber
  /// It is overdue.
  case red
  /// It has been overdue for long.
  case black
  /// Another agency has to answer first.
  case paused

  /// Working days before the end from which it is amber; what cities with such lamps use.
  package static let amberWorkingDays = 3
  /// Calendar days after the end beyond which it is black.
  package static let blackAfterDays = 30
}

extension Deadlines {
  /// The lamp of a duty on a day.
  package func lamp(of duty: Duty, on today: CivilDate) -> Lamp {
    let end = duty.due.on
    if duty.waiting != nil { return .paused }
    if today > end.adding(days: Lamp.blackAfterDays) { return .black }
    if today > end { return .red }
    if duty.due.warnsOn.map({ today >= $0 }) ?? false { return .amber }
    return isNear(end, from: today) ? .amber : .green
  }

  /// Whether no more working days are left than make a lamp amber.
  private func isNear(_ end: CivilDate, from today: CivilDate) -> Bool {
    var day = today
    for _ in 0..<Lamp.amberWorkingDays {
      day = calendar.firstWorkingDay(from: day.adding(days: 1))
    }
    return end <= day
  }
}
