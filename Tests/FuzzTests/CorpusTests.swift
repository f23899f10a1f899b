import FoundationEssentials
import FuzzSupport
import Testing

/// The corpora, replayed through the entry points that libFuzzer drives.
///
/// `REWRITE=1 deploy/test --only CorpusTests` writes the seeds anew.
@Suite(.serialized) struct CorpusTests {
  @Test func `the seeds are written anew when asked`() async throws {
    guard ProcessInfo.processInfo.environment["REWRITE"] == "1" else {
      #expect(try Corpus.inputs(of: .header).contains { $0.name.hasPrefix("seed-") })
      return
    }
    for entry in EntryPoint.allCases {
      let seeds = try await Seeds.all(of: entry)
      #expect(!seeds.isEmpty)
      for seed in seeds {
        #expect(try Corpus.bytes(of: Corpus.text(of: seed.bytes)) == seed.bytes)
        try Corpus.write(seed)
      }
    }
  }

  @Test(arguments: EntryPoint.allCases)
  func `an entry point takes what the program itself makes`(entry: EntryPoint) async throws {
    for seed in try await Seeds.all(of: entry) {
      #expect(await entry.outcome(seed.bytes) != .refused, "\(seed)")
    }
    let committed = try Corpus.inputs(of: entry).filter { $0.name.hasPrefix("seed-") }
    #expect(!committed.isEmpty)
    for seed in committed { #expect(await entry.outcome(seed.bytes) != .refused, "\(seed)") }
  }

  @Test(arguments: EntryPoint.allCases)
  func `security T13 what once failed, and what would, is refused in time and memory`(
    entry: EntryPoint
  ) async throws {
    for input in try Corpus.inputs(of: entry) {
      let flaw = try await Trial.flaw(of: input)
      #expect(flaw == nil, "\(input)")
    }
  }

  @Test(arguments: EntryPoint.allCases)
  func `security T13 a seed cut short anywhere or with one byte changed does no harm`(
    entry: EntryPoint
  ) async throws {
    for seed in try await Seeds.all(of: entry) {
      let step = max(1, seed.bytes.count / 200)
      for place in stride(from: 0, to: seed.bytes.count, by: step) {
        var changed = seed.bytes
        changed[place] ^= 0x41
        for bytes in [changed, Array(seed.bytes.prefix(place))] {
          let outcome = await entry.outcome(bytes)
          #expect(Trial.flaw(of: outcome, for: bytes) == nil, "\(seed) byte \(place)")
        }
      }
    }
  }

  /// What two nodes say to each other, and nobody stores or passes on but as it came.
  private static let passingOver: Set<EntryPoint> = [
    .receipt, .deliveryPage, .headStatement, .fetchRequest, .fetchAnswer, .joinAnswer,
    .bundleManifest, .bundleReturns, .bundlePieces,
  ]
  /// What is stored and passed on, opens something, or is said to a stranger.
  private static let refusing: Set<EntryPoint> = [
    .header, .part, .record, .seal, .sealProof, .suspension, .particulars, .evidence,
    .certificate, .joinRequest, .invitation, .envelope,
  ]

  private static func isMessage(_ entry: EntryPoint) -> Bool {
    passingOver.contains(entry) || refusing.contains(entry)
  }

  @Test(arguments: EntryPoint.allCases.filter(CorpusTests.isMessage))
  func `scenario S17 a later field is passed over where two nodes talk, and refused elsewhere`(
    entry: EntryPoint
  ) async throws {
    let isPassedOver = Self.passingOver.contains(entry)
    for seed in try await Seeds.all(of: entry) {
      // Field 1,000, which no build has yet.
      for field: [UInt8] in [[0xC0, 0x3E, 0x01], [0xC2, 0x3E, 0x01, 0x07]] {
        let outcome = await entry.outcome(seed.bytes + field)
        #expect(outcome == (isPassedOver ? .stable : .refused), "\(seed)")
        // Such fields stand behind those that are known, and are spelt as short as can be.
        #expect(await entry.outcome(field + seed.bytes) == .refused || seed.bytes.isEmpty)
      }
      let long = await entry.outcome(seed.bytes + [0xC0, 0x3E, 0x81, 0x00])
      #expect(long == .refused, "\(seed)")
    }
  }

  @Test func `bytes that come back otherwise are a flaw, others are none`() {
    #expect(Trial.flaw(of: .lawful([1]), for: [1]) == nil)
    #expect(Trial.flaw(of: .lawful([2]), for: [1]) != nil)
    #expect(Trial.flaw(of: .unstable("x"), for: [1]) != nil)
    #expect(Trial.flaw(of: .stable, for: [1]) == nil)
    #expect(Trial.flaw(of: .refused, for: [1]) == nil)
  }

  @Test func `a corpus file is read line by line`() throws {
    let mixed = "# remark\n0a00\n\"a b\n2 * 01\n2 * \"x\n"
    #expect(try Corpus.bytes(of: mixed) == [10, 0, 97, 32, 98, 1, 1, 120, 120])
    #expect(try Corpus.bytes(of: "2 + 0700000000\n") == [7, 0, 0, 0, 0, 7, 0, 0, 0, 1])
    #expect(throws: Corpus.Unreadable.self) { try Corpus.bytes(of: "zz\n") }
    let text = Array("a\n\nb".utf8)
    #expect(try Corpus.bytes(of: Corpus.text(of: text)) == text)
  }
}
