import FoundationEssentials
import Logging
import Replica
import TestSupport
import Testing

/// The short directory of the sockets has a name that can be guessed, where everybody may write.
@Suite(.timeLimit(.minutes(2))) struct RuntimeDirectoryTests {
  private let manager = FileManager.default

  /// Lends a cluster whose sockets are in a short place, with nothing at that place yet.
  private func withShortPlace(
    _ body: (_ cluster: EmbeddedCluster, _ directory: String) async throws -> Void
  ) async throws {
    try await Scratch.withDirectory { directory in
      let long = "\(directory)/" + String(repeating: "d", count: 100)
      try manager.createDirectory(
        atPath: long, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
      let cluster = try await EmbeddedCluster(
        nodeDirectory: "\(long)/node",
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      try #require(cluster.place.isShortened)
      defer { try? manager.removeItem(atPath: cluster.place.directory) }
      try await body(cluster, directory)
    }
  }

  private func mode(of path: String) throws -> Int? {
    try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `a link in its place is refused, and what it points to left as it is`() async throws {
    try await withShortPlace { cluster, directory in
      let target = "\(directory)/target"
      try manager.createDirectory(
        atPath: target, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o755])
      for target in [target, "\(directory)/nowhere"] {
        try manager.createSymbolicLink(
          atPath: cluster.place.directory, withDestinationPath: target)
        let error = await #expect(throws: ReplicaError.self) { try await cluster.prepare() }
        #expect(error?.code == .wrongModes)
        #expect(error?.object == cluster.place.directory)
        #expect(try manager.destinationOfSymbolicLink(atPath: cluster.place.directory) == target)
        try manager.removeItem(atPath: cluster.place.directory)
      }
      #expect(try mode(of: target) == 0o755)
      #expect(try manager.contentsOfDirectory(atPath: target).isEmpty)
      #expect(!manager.fileExists(atPath: "\(directory)/nowhere"))
    }
  }

  @Test func `a directory that others may write is refused and left as it is`() async throws {
    try await withShortPlace { cluster, _ in
      let place = cluster.place.directory
      try manager.createDirectory(atPath: place, withIntermediateDirectories: false)
      try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: place)
      let error = await #expect(throws: ReplicaError.self) { try await cluster.prepare() }
      #expect(error?.code == .wrongModes)
      #expect(error?.hint?.contains("remove it") == true)
      #expect(try mode(of: place) == 0o777)
      #expect(try manager.contentsOfDirectory(atPath: place).isEmpty)
    }
  }
}
