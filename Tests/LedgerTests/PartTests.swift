import Ledger
import SwiftProtobuf
import TestSupport
import Testing
import Wire

@Suite struct PartTests {
  private let id = RecordID(
    timestamp: Timestamp(microseconds: 1_700_000_000_000_000), random: Array(0..<10))

  private func record(by author: AgencyCode) -> Record {
    Record(
      id: id, type: 6, author: author,
      revises: Citation(change: ChangeSetID(.sha256([1])), part: 1, record: 2), body: [1, 2])
  }

  @Test func `a part reads its own bytes`() throws {
    let author = try Agencies.code("420300-JW")
    let other = try Agencies.code("420300-FY")
    let statements: [MembershipStatement] = [
      .admit(other, lifting: [ChangeSetID(.sha256([3]))]), .to(other), .cc(other),
      .forward(other), .end(other), .exclude(other),
      .grant(Grant(agency: other, ground: .to, document: id)),
    ]
    let part = Part(membership: statements, records: [record(by: author)])
    #expect(Part.decode(part.encoded()) == .part(part))
    let sealed = Part(audience: [other, author].sorted(), records: [record(by: author)])
    #expect(Part.decode(sealed.encoded()) == .part(sealed))
    #expect(part.flaw(author: author, index: 0, inDirectory: false) == nil)
    #expect(sealed.flaw(author: author, index: 1, inDirectory: false) == nil)
  }

  @Test func `every directory statement reads its own bytes`() throws {
    var random = SeededGenerator(seed: 5)
    let key = try #require(SigningKey(rawRepresentation: random.bytes(32)))
    let code = try Agencies.code("420300-JW")
    let entry = World.entry(code, hostedBy: try Agencies.code("420300-FY"))
    let some = ChangeSetID(.sha256([1]))
    let signed = SignedObject(body: [1], signature: [2])
    let part = Part(directory: [
      .founding(Founding(registrar: entry, key: key.publicKey, sample: true)),
      .proposal(
        Proposal(
          basedOn: some,
          change: .admission(entry: entry, key: key.publicKey, particulars: signed))),
      .proposal(Proposal(basedOn: some, change: .key(agency: code, key: key.publicKey))),
      .proposal(Proposal(basedOn: some, change: .governance(governors: [code], threshold: 1))),
      .countersignature(proposal: some),
      .finalization(Finalization(proposal: some, countersignatures: [some])),
      .particulars(signed), .suspension(signed),
      .appointment(Appointment(agency: code, key: key.publicKey, lastEntry: some)),
    ])
    #expect(Part.decode(part.encoded()) == .part(part))
    #expect(part.flaw(author: code, index: 0, inDirectory: true) == nil)
  }

  @Test func `every flaw of a part has its own name`() throws {
    let author = try Agencies.code("420300-JW")
    let other = try Agencies.code("420300-FY")
    var found: Set<PartFlaw> = []
    func expect(_ flaw: PartFlaw, _ part: Part, at index: Int, inDirectory: Bool = false) {
      #expect(part.flaw(author: author, index: index, inDirectory: inDirectory) == flaw)
      found.insert(flaw)
    }
    func expect(_ flaw: PartFlaw, _ bytes: [UInt8]) {
      #expect(Part.decode(bytes) == .void(flaw))
      found.insert(flaw)
    }
    let entry = DirectoryStatement.countersignature(proposal: ChangeSetID(.sha256([1])))
    expect(.foreignRecord, Part(records: [record(by: other)]), at: 0)
    expect(
      .tooManyRecords, Part(records: Array(repeating: record(by: author), count: 1_001)), at: 0)
    expect(.audience, Part(audience: [other]), at: 0)
    expect(.audience, Part(), at: 1)
    expect(.misplacedMembership, Part(audience: [other], membership: [.cc(other)]), at: 1)
    expect(.misplacedDirectory, Part(directory: [entry]), at: 0)
    expect(
      .misplacedDirectory, Part(audience: [other], directory: [entry]), at: 1, inDirectory: true)
    expect(.audience, Part(audience: [author, other]).encoded())
    expect(.tooLong, Array(repeating: 0, count: 4 * 1_024 * 1_024 + 1))
    expect(.notLawful, [0xFF])
    expect(.notLawful, Part(audience: [other]).encoded() + [0xF8, 0x07, 0x01])
    // Two bytes each on the wire: counted before anything is decoded.
    expect(.tooManyRecords, Array(repeatElement([0x22, 0x00], count: 1_001).joined()))
    expect(.audience, Array(repeatElement([0x0A, 0x00], count: 513).joined()))
    expect(
      .tooManyStatements, Part(membership: Array(repeating: .cc(other), count: 1_025)).encoded())
    var wire = WirePart()
    wire.records = [WireRecord()]
    expect(.field, LawfulForm.encode(wire))
    wire.records = []
    wire.membership = [WireMembershipStatement()]
    expect(.field, LawfulForm.encode(wire))
    #expect(found == Set(PartFlaw.allCases))
  }

  @Test func `a membership statement of a later build is unknown and not void`() throws {
    var wire = WirePart()
    var grant = WireMembershipStatement()
    grant.grant.agency = "420300-FY"
    grant.grant.ground = WireGrant.Ground(rawValue: 9) ?? .unspecified
    wire.membership = [grant]
    #expect(Part.decode(LawfulForm.encode(wire)) == .unknownMembership)
    // Field 9 of the statement, a message: a kind this build does not know.
    let later = try WireMembershipStatement(serializedBytes: [0x4A, 0x00])
    wire.membership = [later]
    #expect(Part.decode(LawfulForm.encode(wire)) == .unknownMembership)
  }

  @Test func `security T12 guesses find no sealed part without its salt`() throws {
    var random = SeededGenerator(seed: 12)
    let text = Array("the name that was sent".utf8)
    let sent = SaltedPart(salt: random.bytes(32), content: text)
    let promised = sent.hash
    // The guesser knows the text and not the salt; and the same text hashes otherwise elsewhere.
    let elsewhere = SaltedPart(salt: random.bytes(32), content: text)
    #expect(elsewhere.hash != promised)
    let found = (0..<(LongRuns.areOn ? 1_000_000 : 10_000)).count { _ in
      SaltedPart(salt: random.bytes(32), content: text).matches(promised)
    }
    #expect(found == 0)
    #expect(sent.matches(promised))
    #expect(!SaltedPart(salt: [], content: text).matches(promised))
  }

  @Test func `a directory statement of a later build is kept as its bytes`() throws {
    var wire = WirePart()
    wire.directory = [try WireDirectoryStatement(serializedBytes: [0x4A, 0x01, 0x07])]
    let bytes = LawfulForm.encode(wire)
    guard case .part(let part) = Part.decode(bytes) else {
      Issue.record("the part does not read")
      return
    }
    #expect(part.directory == [.unknown([0x4A, 0x01, 0x07])])
    #expect(part.encoded() == bytes)
  }

  @Test func `a salt hides the content and binds it`() {
    let first = SaltedPart(salt: Array(repeating: 1, count: 32), content: [1, 2, 3])
    let second = SaltedPart(salt: Array(repeating: 2, count: 32), content: [1, 2, 3])
    #expect(first.hash != second.hash)
    #expect(first.matches(first.hash))
    #expect(!first.matches(second.hash))
    // Moving a byte from the salt to the content gives the same hash input: the length decides.
    let shifted = SaltedPart(
      salt: Array(repeating: 1, count: 31), content: [1, 1, 2, 3])
    #expect(shifted.hash == first.hash)
    #expect(!shifted.matches(first.hash))
  }
}
