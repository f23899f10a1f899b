import Casework
package import Ledger

extension Deadlines {
  /// Until when a governmental sanction is in force (处分期): of several, the one that ends last.
  ///
  /// A discharge has no end, and the sanctions of the party have none in this table.
  ///
  /// - Parameters:
  ///   - measures: the measures of a result, as `class:value`.
  ///   - decided: the day of the decision, from which it runs.
  ///   - body: the body that decided it.
  /// - Returns: the term; nil where none of the measures has one.
  package func term(
    of measures: [String], from decided: CivilDate, by body: AgencyCode
  ) -> Duty? {
    let prefix = "\(MeasureClass.governmental.rawValue):"
    let ends = measures.filter { $0.hasPrefix(prefix) }
      .compactMap { Self.rule(governmental: String($0.dropFirst(prefix.count))) }
      .map { due($0, from: decided) }
    return ends.max { $0.on < $1.on }.map { Duty($0, body) }
  }

  private static func rule(governmental code: String) -> DeadlineRule.Code? {
    switch code {
    case "warning": .warningEnds
    case "demerit": .demeritEnds
    case "majorDemerit": .majorDemeritEnds
    case "demotion", "removal": .demotionEnds
    default: nil
    }
  }
}
