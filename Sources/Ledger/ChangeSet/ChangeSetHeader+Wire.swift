import FoundationEssentials
import SwiftProtobuf
import Wire

extension ChangeSetHeader {
  /// The bytes that are hashed, signed, stored and forwarded.
  package func encoded() -> [UInt8] {
    var wire = WireChangeSetHeader()
    wire.format = Self.format
    wire.dossier = dossier?.wire ?? Data()
    wire.author = author.rawValue
    wire.key = key.wire
    wire.sequence = sequence
    wire.previous = previous?.wire ?? Data()
    wire.parents = parents.map(\.wire)
    wire.directory = directory?.wire ?? Data()
    wire.authoredAt = authoredAt.microseconds
    wire.parts = parts.map(\.wire)
    return LawfulForm.encode(wire)
  }

  /// Reads header bytes: limits first, then the form, then the fields.
  package static func decode(_ bytes: [UInt8]) -> HeaderReading {
    guard bytes.count <= Limits.headerBytesMax else { return .malformed(.tooLong) }
    guard let wire = LawfulForm.decodeKeepingUnknown(WireChangeSetHeader.self, bytes) else {
      return .malformed(.notLawful)
    }
    if wire.format == 0 { return .malformed(.format) }
    if wire.format != format { return .unknownFormat(wire.format) }
    // A header has no messages inside, so its own unknown fields are all there can be.
    guard wire.unknownFields.data.isEmpty else { return .malformed(.notLawful) }
    guard let dossier = DossierID.optional(wire.dossier), let author = AgencyCode(wire.author),
      let key = KeyID(wire.key), let previous = ChangeSetID.optional(wire.previous),
      let parents = ChangeSetID.list(wire.parents),
      let directory = ChangeSetID.optional(wire.directory), let parts = PartHash.list(wire.parts)
    else { return .malformed(.field) }
    let header = ChangeSetHeader(
      dossier: dossier, author: author, key: key, sequence: wire.sequence, previous: previous,
      parents: parents, directory: directory,
      authoredAt: Timestamp(microseconds: wire.authoredAt), parts: parts)
    if let flaw = header.flaw { return .malformed(flaw) }
    return .header(header)
  }
}
