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
