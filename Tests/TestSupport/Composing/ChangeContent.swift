package import Ledger

/// What one business step puts into a change set, before it is salted and sealed.
package struct ChangeContent: Sendable, Equatable {
  /// Who joins and who leaves.
  package var membership: [MembershipStatement] = []
  /// The records of the open part, in their order.
  package var records: [Record] = []
  /// The sealed parts, each with its audience.
  package var sealed: [Part] = []

  /// Holds nothing yet.
  package init() {}

  /// The parts, the open one first.
  package var parts: [Part] { [Part(membership: membership, records: records)] + sealed }

  /// Adds records that all readers of `audience` see; an empty audience is every member.
  package mutating func add(_ list: [Record], audience: [AgencyCode]) {
    if audience.isEmpty {
      records += list
    } else if let position = sealed.firstIndex(where: { $0.audience == audience }) {
      sealed[position].records += list
    } else {
      sealed.append(Part(audience: audience, records: list))
    }
  }

  /// Adds what another step puts in.
  package mutating func add(_ other: ChangeContent) {
    membership += other.membership
    records += other.records
    for part in other.sealed { add(part.records, audience: part.audience) }
  }
}
