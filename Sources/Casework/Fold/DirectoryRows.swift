package import Ledger

/// The rows of `casework.agency` and `casework.person`, which the directory says.
package enum DirectoryRows {
  /// The rows of the directory as its newest entry says it, ordered by table and primary key.
  package static func rows(_ directory: Directory) -> [ProjectedRow] {
    let view = directory.current
    let dossier = Cell.bytes(directory.id.bytes)
    let agencies = view.agencies.values.map { agency in
      let entry = agency.entry
      return ProjectedRow(
        Tables.agency, audience: [],
        [
          dossier, .agency(entry.code), .text(entry.name),
          .text(entry.shortName), .text(entry.level),
          .text(entry.region), .text(entry.creditCode),
          .text(entry.kind), .agency(entry.hostedBy), .agency(entry.succeeds),
          view.activeKey(of: entry.code).map { .bytes($0.id.bytes) } ?? .null,
          .optional(agency.particulars?.endpoint), .bool(view.governors.contains(entry.code)),
          .bool(view.registrar == entry.code),
        ])
    }
    let people = view.agencies.keys.flatMap { code in
      view.people(of: code).map { person in
        ProjectedRow(
          Tables.person, audience: [],
          [
            dossier, .agency(code), .uuid(person.id), .text(person.name),
            .text(person.section), .text(person.post),
            .textArray(person.roles), .bool(person.ended), .optional(person.alternateOf),
          ])
      }
    }
    return CopyText.ordered(agencies + people)
  }
}

extension Directory: Roster {
  /// The kind of an agency at an entry.
  package func kind(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyKind? {
    at(entry)?.agency(agency).flatMap { AgencyKind(rawValue: $0.entry.kind) }
  }

  /// The people of an agency at an entry.
  package func people(of agency: AgencyCode, at entry: ChangeSetID) -> [Person] {
    at(entry)?.people(of: agency) ?? []
  }

  /// The host of an agency at an entry.
  package func host(of agency: AgencyCode, at entry: ChangeSetID) -> AgencyCode {
    at(entry)?.host(of: agency) ?? agency
  }
}
