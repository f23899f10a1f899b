import Ledger
import SwiftProtobuf
import Testing
import Wire

@Suite struct HeaderTests {
  private let key = KeyID(.sha256([1]))
  private let part = PartHash(.sha256([2]))
  private let some = ChangeSetID(.sha256([3]))
  private let other = ChangeSetID(.sha256([4]))

  private func header() throws -> ChangeSetHeader {
    ChangeSetHeader(
      dossier: DossierID(.sha256([5])), author: try Agencies.code("420300-JW"), key: key,
      sequence: 2, previous: some, parents: [other], directory: some,
      authoredAt: Timestamp(microseconds: 1_700_000_000_000_000), parts: [part])
  }

  @Test func `a header reads its own bytes`() throws {
    let header = try header()
    #expect(ChangeSetHeader.decode(header.encoded()) == .header(header))
    #expect(ChangeSetHeader.id(of: header.encoded()) == header.id)
  }

  @Test func `every changed byte is another id and never the same header`() throws {
    let header = try header()
    let bytes = header.encoded()
    for index in bytes.indices {
      for bit in 0..<8 {
        var wrong = bytes
        wrong[index] ^= 1 << bit
        #expect(ChangeSetHeader.id(of: wrong) != header.id)
        #expect(ChangeSetHeader.decode(wrong) != .header(header))
      }
    }
  }

  @Test func `every flaw of a header has its own name`() throws {
    var found: Set<HeaderFlaw> = []
    func expect(_ flaw: HeaderFlaw, _ change: (inout ChangeSetHeader) -> Void) throws {
      var header = try header()
      change(&header)
      #expect(ChangeSetHeader.decode(header.encoded()) == .malformed(flaw))
      found.insert(flaw)
    }
    try expect(.noParts) { $0.parts = [] }
    try expect(.tooManyParts) { $0.parts = Array(repeating: part, count: 17) }
    try expect(.tooManyParents) { header in
      header.parents = (0..<65).map { ChangeSetID(.sha256([$0])) }.sorted()
    }
    try expect(.parentsNotAscending) { $0.parents = [max(some, other), min(some, other)] }
    try expect(.parentsNotAscending) { $0.parents = [other, other] }
    try expect(.previousAmongParents) { $0.parents = [some] }
    try expect(.sequence) { $0.sequence = 0 }
    try expect(.sequence) { $0.sequence = 1 }
    try expect(.sequence) { $0.previous = nil }
    try expect(.sequence) { $0.sequence = UInt64(Int64.max) + 1 }
    try expect(.authoredAt) { $0.authoredAt = Timestamp(microseconds: 946_684_799_999_999) }
    try expect(.authoredAt) { $0.authoredAt = Timestamp(microseconds: 7_258_118_400_000_000) }
    try expect(.firstWithAncestors) { $0.dossier = nil }
    try expect(.withoutAncestors) { header in
      header.previous = nil
      header.sequence = 1
      header.parents = []
    }
    found.formUnion(try bytesWithFlaws())
    #expect(found == Set(HeaderFlaw.allCases))
  }

  private func bytesWithFlaws() throws -> Set<HeaderFlaw> {
    var found: Set<HeaderFlaw> = []
    func expect(_ flaw: HeaderFlaw, _ bytes: [UInt8]) {
      #expect(ChangeSetHeader.decode(bytes) == .malformed(flaw))
      found.insert(flaw)
    }
    let bytes = try header().encoded()
    expect(.tooLong, Array(repeating: 0, count: 16 * 1_024 + 1))
    expect(.notLawful, Array(bytes.dropLast()))
    // An unknown field, a field repeated, a field out of order, a number spelt longer.
    expect(.notLawful, bytes + [0xF8, 0x07, 0x01])
    expect(.notLawful, bytes + [0x28, 0x02])
    expect(.notLawful, Array(bytes[2...]) + bytes[..<2])
    expect(.notLawful, [0x08, 0x81, 0x00] + bytes[2...])
    var wire = try WireChangeSetHeader(serializedBytes: bytes)
    wire.format = 0
    expect(.format, LawfulForm.encode(wire))
    wire.format = 1
    wire.author = "nobody"
    expect(.field, LawfulForm.encode(wire))
    wire.author = "420300-JW"
    wire.key.removeLast()
    expect(.field, LawfulForm.encode(wire))
    return found
  }

  @Test func `a later format is told apart from a malformed one`() throws {
    var wire = try WireChangeSetHeader(serializedBytes: try header().encoded())
    wire.format = 2
    #expect(ChangeSetHeader.decode(LawfulForm.encode(wire)) == .unknownFormat(2))
    #expect(
      ChangeSetHeader.decode(LawfulForm.encode(wire) + [0xF8, 0x07, 0x01]) == .unknownFormat(2))
  }

  @Test func `the largest lawful header fits its limit`() throws {
    var header = try header()
    header.parents = (0..<64).map { ChangeSetID(.sha256([$0, 1])) }.sorted()
    header.parts = Array(repeating: part, count: 16)
    header.sequence = UInt64(Int64.max)
    #expect(ChangeSetHeader.decode(header.encoded()) == .header(header))
    #expect(header.encoded().count < 4_096)
  }
}
