import Foundation
import TestSupport
import Testing

@testable import guantong

/// Which file in a directory open to everybody is believed to name the demo of this user.
@Suite struct DemoPointerTests {
  private func withPointer(_ body: (DemoPointer) throws -> Void) async throws {
    try await Scratch.withDirectory { directory in
      try body(DemoPointer(path: "\(directory)/pointer"))
    }
  }

  private func set(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func `what was announced is found and taken back by who announced it`() async throws {
    try await withPointer { pointer in
      #expect(pointer.directory == nil)
      try pointer.announce("/tmp/first")
      #expect(pointer.directory == "/tmp/first")
      try pointer.announce("/tmp/second")
      pointer.withdraw("/tmp/first")
      #expect(pointer.directory == "/tmp/second")
      pointer.withdraw("/tmp/second")
      #expect(!FileManager.default.fileExists(atPath: pointer.path))
    }
  }

  @Test(arguments: [0o620, 0o602, 0o666])
  func `a file that others can write is ignored`(_ mode: Int) async throws {
    try await withPointer { pointer in
      try pointer.announce("/tmp/first")
      try set(mode, of: pointer.path)
      #expect(pointer.directory == nil)
    }
  }

  @Test func `a link, a pipe and a directory are ignored`() async throws {
    try await withPointer { pointer in
      let target = DemoPointer(path: pointer.path + ".target")
      try target.announce("/tmp/first")
      try FileManager.default.createSymbolicLink(
        atPath: pointer.path, withDestinationPath: target.path)
      #expect(pointer.directory == nil)
      // Announcing takes the link away and leaves alone what it leads to.
      try pointer.announce("/tmp/second")
      #expect(pointer.directory == "/tmp/second")
      #expect(target.directory == "/tmp/first")
      try FileManager.default.removeItem(atPath: pointer.path)
      let piping = Process()
      piping.executableURL = URL(filePath: "/usr/bin/mkfifo")
      piping.arguments = [pointer.path]
      try piping.run()
      piping.waitUntilExit()
      #expect(piping.terminationStatus == 0)
      #expect(pointer.directory == nil)
      try FileManager.default.removeItem(atPath: pointer.path)
      try FileManager.default.createDirectory(
        atPath: pointer.path, withIntermediateDirectories: false)
      #expect(pointer.directory == nil)
      #expect(throws: (any Error).self) { try pointer.announce("/tmp/first") }
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func `another user's file is ignored`() async throws {
    try await withPointer { pointer in
      try pointer.announce("/tmp/first")
      try FileManager.default.setAttributes(
        [.ownerAccountID: 65_534], ofItemAtPath: pointer.path)
      #expect(pointer.directory == nil)
    }
  }

  @Test func `a file of nothing or of more than a path is ignored`() async throws {
    try await withPointer { pointer in
      for length in [0, 4_097] {
        try pointer.announce(String(repeating: "x", count: length))
        #expect(pointer.directory == nil)
      }
    }
  }
}
