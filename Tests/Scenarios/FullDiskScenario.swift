import FoundationEssentials
import Glibc
import Office
import SystemPackage
import TestSupport
import Testing

/// The disk of a node that runs fills up.
@Suite(.timeLimit(.minutes(5))) struct FullDiskScenario {
  /// A cluster of 64 MiB, as much for its log, and some room.
  private static let megabytes = 160

  @Test(.enabled(if: geteuid() == 0, "only root can mount a small disk"))
  func `scenario S18 a disk that fills is told, work is refused, and nothing is lost`() async throws
  {
    try await Scratch.withDirectory { directory in
      try await FullDisk.withSmallDisk(at: "\(directory)/disk", megabytes: Self.megabytes) { disk in
        let node = try await RealNode.make("420300-FZB", in: disk, registrar: true)
        // The log is elsewhere: the test reads it while the disk is full.
        try await node.whileRunning(log: "\(directory)/node.log") { process in
          var kept: Set<String> = []
          kept.insert(try await Self.create(at: node).text("dossier"))
          let filler = "\(disk)/filler"
          try Self.fill(filler)
          let refused = try await Self.refusal(by: node, keeping: &kept)
          let problem = try #require(refused.problem, "\(refused.errors)")
          #expect(refused.code == 5)
          #expect(problem.code == "GT-5007")
          #expect(problem.detail == "the disk is full")
          #expect(problem.next.contains("make room"))
          #expect(process.isAlive)
          let full = try await node.run("status", "--json").json
          #expect(full["node"]?["ready"] == .bool(false), "\(full)")
          try FileManager.default.removeItem(atPath: filler)
          try await eventually("the node is ready again by itself") {
            try await node.run("status", "--json").json["node"]?["ready"] == .bool(true)
          }
          kept.insert(try await Self.create(at: node).text("dossier"))
          let listed = try await node.run("dossier", "list", "--json").list("dossiers")
          #expect(kept.isSubset(of: listed.compactMap { $0["id"]?.text }), "\(listed)")
          try await node.run("reconcile", "--self")
          #expect(process.isAlive)
        }
      }
    }
  }

  /// Makes dossiers until one is refused; what was acknowledged is kept in mind.
  private static func refusal(
    by node: RealNode, keeping kept: inout Set<String>
  ) async throws -> Program.Run {
    // Until the free room in the pages that are there is used up.
    for _ in 0..<500 {
      let run = try await create(at: node)
      guard run.code == 0 else { return run }
      kept.insert(try run.text("dossier"))
    }
    throw Unfilled()
  }

  private struct Unfilled: Error {}

  private static func create(at node: RealNode) async throws -> Program.Run {
    try await node.run(
      "dossier", "create", "--kind", "advice", "--title", String(repeating: "long ", count: 30),
      "--json", as: RealNode.clerk, expecting: nil)
  }

  /// Writes a file until no byte more goes in.
  private static func fill(_ path: String) throws {
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.append])
    defer { try? file.close() }
    for size in [1 << 20, 1 << 12, 1] {
      let bytes = [UInt8](repeating: 7, count: size)
      while true {
        do { _ = try file.writeAll(bytes) } catch Errno.noSpace { break }
      }
    }
  }
}
