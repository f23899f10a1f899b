import Exchange
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Node

/// The start of a node that lost everything but its key.
@Suite(.timeLimit(.minutes(5))) struct RebuildTests {
  private typealias World = PeerWorld<MemoryStore>

  private static func store() -> MemoryStore {
    MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
  }

  /// What is kept of a rebuild.
  private actor Notes {
    var notes: [AgencyCode: Recovered?] = [:]

    func note(_ recovered: Recovered?, of peer: AgencyCode) { notes[peer] = recovered }
  }

  @Test func `a rebuilt node waits for a person even when nothing came back`() async throws {
    try await World.run(stores: (Self.store(), Self.store())) { world in
      let registrar = world.registrar.node.agency
      let node = try await world.again(world.other.node, over: Self.store())
      try await node.store.write(
        MarkRestored(
          witness: node.node.agency, subject: "rebuild", now: WorldNode<MemoryStore>.now))
      let notes = Notes()
      let record = RebuildRecord(isUnderWay: { true }) { recovered, peer in
        await notes.note(recovered, of: peer)
        return false
      }
      let keeper = GateKeeper(.open)
      let alone = node.restoring(keeper, reachable: false, rebuild: record)
      #expect(try await alone.step() == .waitsForPeers([registrar]))
      #expect(await notes.notes[registrar].map { $0 == nil } == true, "asked in vain")
      let restoring = node.restoring(keeper, rebuild: record)
      #expect(try await restoring.step() == .waitsForPerson(returned: 0, held: 0))
      #expect(await notes.notes[registrar]??.isWhole == true)
      #expect(try await restoring.step() == .waitsForPerson(returned: 0, held: 0))
      #expect(try await node.store.read(ReadStanding()).isRestored)
    }
  }

  @Test func `the file of a rebuild is read back whole, and nothing else is taken for one`() throws
  {
    let directory = DossierID(Hash256.sha256([1]))
    let source = try #require(AgencyCode("420300-FZB"))
    let bytes = try RebuildFile(directory: directory, source: source, entries: []).encoded()
    let read = try #require(RebuildFile(parsing: bytes))
    #expect(read.directory == directory && read.source == source && read.entries.isEmpty)
    let text = String(decoding: bytes, as: UTF8.self)
    for (part, other) in [
      ("guantong.rebuild-start/v1", "guantong.rebuild-start/v2"), (directory.hex, "00"),
      ("420300-FZB", "FZB"), ("\"entries\": \"", "\"entries\": \"!"),
      ("\"entries\": \"", "\"entries\": \"AAAA"),
    ] {
      #expect(text.contains(part))
      let changed = text.replacing(part, with: other)
      #expect(RebuildFile(parsing: Array(changed.utf8)) == nil, "\(other)")
    }
    #expect(RebuildFile(parsing: []) == nil)
    #expect(RebuildFile(parsing: [UInt8](repeating: 0x20, count: RebuildFile.bytesMax + 1)) == nil)
  }

  @Test func `a file that is none stops the start and says so`() async throws {
    try await Scratch.withDirectory { directory in
      #expect(try await RebuildFile.read(at: "\(directory)/rebuild.json") == nil)
      try Data("{}".utf8).write(to: URL(filePath: "\(directory)/rebuild.json"))
      await #expect(throws: NodeError.self) {
        try await RebuildFile.read(at: "\(directory)/rebuild.json")
      }
    }
  }
}
