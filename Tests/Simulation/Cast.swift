import Casework
import Ledger

/// Who plays: an agency of every kind that the machines ask for, with one person for each role.
enum Cast {
  /// The roles of every agency.
  static let roles: [Role] = [
    .handler, .sectionHead, .deputy, .head, .registry, .caseOffice, .security,
  ]

  /// The kind of an agency, by the letter that its code ends with.
  static func kind(_ agency: AgencyCode) -> AgencyKind {
    switch agency.rawValue.last {
    case "B", "C": .disciplineBody
    case "D": .justice
    case "E": .court
    case "H": .unit
    default: .partyOffice
    }
  }

  /// The person of an agency who holds a role, the same in every run.
  static func person(_ agency: AgencyCode, _ role: Role) -> RecordID {
    let letter = agency.rawValue.utf8.last ?? 0
    let place = UInt8(truncatingIfNeeded: roles.firstIndex(of: role) ?? 99)
    return RecordID(
      timestamp: Timestamp(microseconds: 1_600_000_000_000_000),
      random: [7, 7, 7, 7, 7, 7, 7, 7, letter, place])
  }

  /// Everybody at an agency.
  static func people(_ agency: AgencyCode) -> [Person] {
    roles.map { role in
      Person(id: person(agency, role), name: "Sample \(role.rawValue)", roles: [role.rawValue])
    }
  }
}
