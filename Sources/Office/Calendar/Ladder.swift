package import Casework

/// The ladder of supervision as data: how long something is overdue before a rung is suggested.
///
/// A suggestion is no act. People decide, and an urge that they write is what an item keeps.
package enum Ladder {
  /// One rung.
  package struct Rung: Sendable, Hashable {
    /// The level.
    package let level: SupervisionLevel
    /// From how many calendar days after the end; 0 from the amber lamp on.
    package let daysOverdue: Int
    /// What it rests on.
    package let basis: String
  }

  /// The rungs, from the lowest.
  package static let rungs: [Rung] = SupervisionLevel.allCases.map { level in
    switch level {
    case .reminder: Rung(level: level, daysOverdue: 0, basis: "机制约定,黄灯提醒")
    case .urging: Rung(level: level, daysOverdue: 1, basis: "机制约定,逾期催办")
    case .letter: Rung(level: level, daysOverdue: 15, basis: "机制约定")
    case .talk: Rung(level: level, daysOverdue: 30, basis: "机制约定")
    case .circular: Rung(level: level, daysOverdue: 60, basis: "机制约定")
    }
  }

  /// The rung above the one that an item has reached, when it is time for it; none is skipped.
  package static func next(
    after reached: SupervisionLevel?, lamp: Lamp, daysOverdue: Int
  ) -> SupervisionLevel? {
    let number = (reached?.number ?? 0) + 1
    guard let rung = rungs.first(where: { $0.level.number == number }) else { return nil }
    return isTime(for: rung, lamp, daysOverdue) ? rung.level : nil
  }

  /// The rung for what keeps no level, as a course does: up to the letter, which is a document.
  package static func highest(lamp: Lamp, daysOverdue: Int) -> SupervisionLevel? {
    rungs.last {
      $0.level.number <= SupervisionLevel.letter.number && isTime(for: $0, lamp, daysOverdue)
    }?.level
  }

  private static func isTime(for rung: Rung, _ lamp: Lamp, _ daysOverdue: Int) -> Bool {
    guard lamp != .green, lamp != .paused else { return false }
    return rung.daysOverdue == 0 || daysOverdue >= rung.daysOverdue
  }
}
