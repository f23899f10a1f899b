import Casework
import Ledger
import TestSupport
import Testing

/// The agencies the tests speak of; fictional role labels all of them.
enum Town {
  static let fzb = code("420300-FZB")
  static let jw = code("420300-JW")
  static let fy = code("420300-FY")
  static let sfj = code("420300-SFJ")
  static let gsl = code("420300-GSL")
  static let countyJW = code("420322-JW")
  static let countyFZB = code("420322-FZB")
  static let secondJW = code("420304-JW")

  /// A unit without a node of its own; FZB keeps its replica and records for it.
  static let unit = code("420300-U01")

  static let all = [fzb, jw, fy, sfj, gsl, countyJW, countyFZB, unit, secondJW]

  static func code(_ text: String) -> AgencyCode {
    guard let code = AgencyCode(text) else { preconditionFailure("\(text) is no agency code") }
    return code
  }

  static func kind(_ agency: AgencyCode) -> AgencyKind {
    switch agency {
    case jw, countyJW, secondJW: .disciplineBody
    case fy: .court
    case sfj: .justice
    case gsl: .federation
    case unit: .unit
    default: .partyOffice
    }
  }

  /// The roles every agency of the tests has one person for.
  static let roles: [Role] = [
    .handler, .sectionHead, .deputy, .head, .registry, .caseOffice, .security,
  ]

  /// The person of an agency who holds a role, the same in every test.
  static func person(_ agency: AgencyCode, _ role: Role) -> RecordID {
    let number = UInt8(truncatingIfNeeded: all.firstIndex(of: agency) ?? 99)
    let place = UInt8(truncatingIfNeeded: roles.firstIndex(of: role) ?? 99)
    return RecordID(
      timestamp: Timestamp(microseconds: 1_600_000_000_000_000),
      random: [7, 7, 7, 7, 7, 7, 7, 7, number, place])
  }

  static func people(_ agency: AgencyCode) -> [Person] {
    roles.map { role in
      Person(id: person(agency, role), name: "样例\(role.rawValue)", roles: [role.rawValue])
    }
  }
}
