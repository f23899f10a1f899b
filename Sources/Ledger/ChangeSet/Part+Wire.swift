import FoundationEssentials
import SwiftProtobuf
package import Wire

extension Part {
  /// The bytes that the salted hash covers.
  package func encoded() -> [UInt8] { LawfulForm.encode(wire) }

  var wire: WirePart {
    var wire = WirePart()
    wire.audience = audience.map(\.rawValue)
    wire.membership = membership.map(\.wire)
    wire.directory = directory.map(\.wire)
    wire.records = records.map(\.wire)
    return wire
  }

  /// Reads part bytes: limits first, then the form, then the fields.
  package static func decode(_ bytes: [UInt8]) -> PartReading {
    guard bytes.count <= Limits.partBytesMax else { return .void(.tooLong) }
    guard let counts = FieldCounts(bytes) else { return .void(.notLawful) }
    guard counts[1] <= Limits.membersMax else { return .void(.audience) }
    guard counts[2] + counts[3] <= Limits.statementsMax else { return .void(.tooManyStatements) }
    guard counts[4] <= Limits.recordsMax else { return .void(.tooManyRecords) }
    // Nearly every part holds nothing that this build does not know, and is read in one go.
    let known = LawfulForm.decode(WirePart.self, bytes)
    guard let wire = known ?? LawfulForm.decodeKeepingUnknown(WirePart.self, bytes) else {
      return .void(.notLawful)
    }
    if wire.membership.contains(where: MembershipStatement.hasUnknownGround)
      || (known == nil && wire.membership.contains(where: MembershipStatement.isOfLaterBuild))
    {
      return .unknownMembership
    }
    // Directory statements of a later build are kept as they are: an entry is never blocked.
    let statements = wire.directory
    if known == nil {
      var rest = wire
      rest.directory = []
      guard LawfulForm.decode(WirePart.self, LawfulForm.encode(rest)) != nil else {
        return .void(.notLawful)
      }
    }
    let audience = wire.audience.compactMap { AgencyCode($0) }
    guard audience.count == wire.audience.count else { return .void(.field) }
    guard audience.isStrictlyAscending else { return .void(.audience) }
    guard let membership = all(wire.membership, MembershipStatement.init(wire:)),
      let directory = all(statements, DirectoryStatement.init(wire:)),
      let records = all(wire.records, Record.init(wire:))
    else { return .void(.field) }
    return .part(
      Part(audience: audience, membership: membership, directory: directory, records: records))
  }
}

/// Maps every element, or nothing when one does not map.
func all<Element, Value>(_ elements: [Element], _ map: (Element) -> Value?) -> [Value]? {
  var values: [Value] = []
  values.reserveCapacity(elements.count)
  for element in elements {
    guard let value = map(element) else { return nil }
    values.append(value)
  }
  return values
}

extension Record {
  var wire: WireRecord {
    var wire = WireRecord()
    wire.id = Data(id.bytes)
    wire.type = type
    wire.author = author.rawValue
    if let revises { wire.revises = revises.wire }
    wire.body = Data(body)
    return wire
  }

  init?(wire: WireRecord) {
    guard let id = RecordID(bytes: wire.id), let author = AgencyCode(wire.author) else {
      return nil
    }
    var revises: Citation?
    if wire.hasRevises {
      guard let citation = Citation(wire: wire.revises) else { return nil }
      revises = citation
    }
    self.init(
      id: id, type: wire.type, author: author, revises: revises, body: Array(wire.body))
  }
}

extension Citation {
  /// The message that stands for this citation.
  package var wire: WireCitation {
    var wire = WireCitation()
    wire.change = change.wire
    wire.part = UInt32(clamping: part)
    wire.record = UInt32(clamping: record)
    return wire
  }

  /// Reads a citation whose change set id is 32 bytes long.
  package init?(wire: WireCitation) {
    guard let change = ChangeSetID(wire.change) else { return nil }
    self.init(change: change, part: Int(wire.part), record: Int(wire.record))
  }
}
