import Ledger
import Testing
import Wire

/// What bytes with fields of a later build are, told from what no build writes.
@Suite struct `fields of a later build` {
  private static let citation = KnownFields(upTo: 3)
  private static let statement = KnownFields(
    upTo: 3, holding: [1: KnownFields(upTo: 4), 2: KnownFields(upTo: 2), 3: KnownFields(upTo: 2)])
  /// A citation of part 1.
  private static let known = bytes(1, Array(repeating: 7, count: 32)) + number(2, 1)
  private static let agency = bytes(1, Array("420300-JW".utf8))

  private static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  private static func bytes(_ field: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(UInt64(content.count)) + content
  }

  private static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] {
    varint(field << 3) + varint(value)
  }

  /// What a citation reads as: its first later field, an empty text when this build knows it whole,
  /// nil when it is not lawful.
  private func citation(_ bytes: [UInt8]) -> String? {
    switch LawfulForm.read(WireCitation.self, bytes, knowing: Self.citation) {
    case .message: ""
    case .later(let field): field
    case nil: nil
    }
  }

  private func statement(_ bytes: [UInt8]) -> String? {
    switch LawfulForm.read(WireMembershipStatement.self, bytes, knowing: Self.statement) {
    case .message: ""
    case .later(let field): field
    case nil: nil
    }
  }

  @Test func `are passed over where a message allows it, and nothing else is`() {
    func read(_ bytes: [UInt8]) -> WireCitation? {
      LawfulForm.decode(WireCitation.self, bytes, passingOverAllBut: Self.citation)
    }
    let (known, later) = (Self.known, Self.number(4, 1))
    let plain = LawfulForm.decode(WireCitation.self, known)
    #expect(plain != nil && read(known) == plain && read(known + later) == plain)
    #expect(Self.citation.known(of: known + later) == known)
    #expect(LawfulForm.decode(WireCitation.self, known + later) == nil)
    #expect(read(later + known) == nil && read(known + [0x20, 0x81, 0x00]) == nil)
    // What is known keeps its one spelling: a number that is zero stands in no message.
    #expect(read(known + Self.number(3, 0) + later) == nil)
    #expect(LawfulForm.leading(1, of: known + later) == known[..<34])
    #expect(LawfulForm.leading(2, of: known + later).isEmpty)
  }

  @Test func `stand above all known ones, ascending`() {
    let known = Self.known
    #expect(citation(known) == "")
    #expect(citation(known + Self.number(4, 1)) == "4")
    #expect(citation(known + Self.number(5_000, 1)) == "5000")
    #expect(citation(Self.number(536_870_911, 1)) == "536870911")
    // A number may be zero where a later build may leave it out, and texts may repeat.
    #expect(citation(known + Self.number(4, 0)) == "4")
    let many = Self.bytes(4, [1]) + Self.bytes(4, []) + Self.number(6, .max)
    #expect(citation(known + many) == "4")
    #expect(citation(Self.number(4, 1) + known) == nil)
    #expect(citation(known + Self.number(5, 1) + Self.number(4, 1)) == nil)
    #expect(citation(known + Self.number(536_870_912, 1)) == nil)
    #expect(citation([0x00, 0x01] + known + Self.number(4, 1)) == nil)
  }

  @Test(
    arguments: [
      // A number that repeats is packed, so one never stands twice, nor beside a text.
      [0x20, 0x01, 0x20, 0x01], [0x20, 0x01, 0x22, 0x00], [0x22, 0x00, 0x20, 0x01],
      // The tag, the number and the length each spelt with a byte too many.
      [0xA0, 0x00, 0x01], [0x20, 0x81, 0x00], [0x22, 0x80, 0x00],
      // The tenth byte of a number has one bit.
      [0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
      // Fixed widths and groups stand in no message of any build.
      [0x25, 1, 0, 0, 0], [0x21, 1, 0, 0, 0, 0, 0, 0, 0], [0x23, 0x24],
      // Shorter than it says, and no field at all.
      [0x22, 0x05, 0x01], [0x20], [0x80],
      // Known fields of another type, at their default, and twice, before one of a later build.
      [0x1A, 0x00, 0x20, 0x01], [0x18, 0x00, 0x20, 0x01], [0x18, 0x01, 0x18, 0x02, 0x20, 0x01],
    ] as [[UInt8]])
  func `are told from what no build writes`(_ rest: [UInt8]) {
    #expect(citation(Self.known + rest) == nil)
  }

  @Test func `are found in the messages inside, too`() {
    let end = Self.bytes(2, Self.agency + Self.number(7, 1))
    #expect(statement(Self.bytes(2, Self.agency)) == "")
    #expect(statement(end) == "2.7")
    #expect(statement(end + Self.number(9, 1)) == "2.7")
    #expect(statement(Self.bytes(2, Self.number(7, 1) + Self.agency)) == nil)
    #expect(statement(Self.bytes(2, Self.agency + [0xB8, 0x00, 0x01])) == nil)
    // The length of the message inside, spelt with a byte too many.
    let inner = Self.agency + Self.number(7, 1)
    #expect(statement([0x12, UInt8(inner.count) | 0x80, 0x00] + inner) == nil)
    // A known message that is none.
    #expect(statement(Self.number(2, 1) + Self.number(9, 1)) == nil)
  }

  @Test func `hold the change set when a membership statement has them, and void it never`() {
    func part(_ statement: [UInt8]) -> PartReading { Part.decode(Self.bytes(2, statement)) }
    let exclude = Self.agency + Self.bytes(2, Array("conflict".utf8))
    guard case .part = part(Self.bytes(3, exclude)) else {
      Issue.record("an exclude reads")
      return
    }
    #expect(part(Self.bytes(3, exclude + Self.number(3, 1))) == .unknownMembership)
    #expect(part(Self.bytes(3, exclude) + Self.number(4, 1)) == .unknownMembership)
    #expect(part(Self.bytes(3, Self.number(3, 1) + exclude)) == .void(.notLawful))
    #expect(part(Self.number(3, 1)) == .void(.notLawful))
  }

  @Test func `of a part or of a record's envelope belong to a later format, and void the part`() {
    let id = RecordID(timestamp: Timestamp(microseconds: 1_000), random: Array(0..<10))
    let record =
      Self.bytes(1, id.bytes) + Self.number(2, 99) + Self.bytes(3, Array("420300-JW".utf8))
    guard case .part = Part.decode(Self.bytes(4, record)) else {
      Issue.record("a record of a later build reads")
      return
    }
    #expect(Part.decode(Self.bytes(4, record) + Self.number(5, 1)) == .void(.notLawful))
    #expect(Part.decode(Self.bytes(4, record + Self.number(6, 1))) == .void(.notLawful))
  }
}
