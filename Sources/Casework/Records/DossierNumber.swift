package import Ledger

/// The number of a dossier inside its home, one piece one number (一件一号).
///
/// Agency code, mark of the kind, year and at least four digits, as in `420300-FZB-XS-2023-0004`.
package struct DossierNumber: Sendable, Hashable, CustomStringConvertible {
  /// The home agency.
  package let agency: AgencyCode
  /// The kind of the dossier, whose mark stands in the number.
  package let kind: DossierKind
  /// The year.
  package let year: Int
  /// The number in the series, from 1.
  package let number: Int

  /// Makes a number; the result is nil for a year without four digits or a number below 1.
  package init?(agency: AgencyCode, kind: DossierKind, year: Int, number: Int) {
    guard (1000...9999).contains(year), (1...999_999_999).contains(number) else { return nil }
    self.agency = agency
    self.kind = kind
    self.year = year
    self.number = number
  }

  /// Reads a number from its one lawful form.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5, let agency = AgencyCode("\(parts[0])-\(parts[1])"),
      let kind = DossierKind.allCases.first(where: { $0.numberMark == parts[2] }),
      parts[3].utf8.count == 4, let year = DocumentNumber.digits(parts[3]),
      let number = Int(parts[4]), parts[4].utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    self.init(agency: agency, kind: kind, year: year, number: number)
    guard description == text else { return nil }
  }

  /// The number as it is printed.
  package var description: String {
    let digits = String(number)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(agency.rawValue)-\(kind.numberMark)-\(year)-\(zeros)\(digits)"
  }
}
