package import Exchange
import Foundation
import NIOPosix
import SystemPackage

/// A file that is read and written at places, away from the threads of the tasks.
package struct PlainFile: Sendable {
  /// Where it is.
  package let path: String

  /// Names a file.
  package init(path: String) {
    self.path = path
  }

  /// Its size.
  ///
  /// - Throws: ``NodeError`` when it cannot be read.
  package func byteCount() async throws -> Int {
    let size = try await told("cannot be read", "file.unreadable") {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      return try file.seekToEnd()
    }
    return Int(clamping: size)
  }

  /// Exactly so many bytes from a place.
  ///
  /// - Throws: ``NodeError`` when it cannot be read, or ends before.
  package func read(_ offset: Int, _ count: Int) async throws -> [UInt8] {
    let bytes = try await told("cannot be read", "file.unreadable") {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      try file.seek(toOffset: UInt64(offset))
      return Array(try file.read(upToCount: count) ?? Data())
    }
    guard bytes.count == count else {
      throw NodeError(
        .disk, object: path, message: "ends before its end", words: "file.unreadable")
    }
    return bytes
  }

  /// Writes bytes at a place; makes the file, mode 0600, when there is none.
  ///
  /// - Throws: ``NodeError`` when it cannot be written.
  package func write(_ bytes: [UInt8], at offset: Int) async throws {
    try await told("cannot be written", "file.unwritable") {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create], permissions: .ownerReadWrite)
      _ = try file.closeAfter { try file.writeAll(toAbsoluteOffset: Int64(offset), bytes) }
    }
  }

  /// Removes it, if it is there.
  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The file as a bundle is read from it.
  ///
  /// - Throws: ``NodeError`` when it cannot be read.
  package func bundle() async throws -> BundleSource {
    let size = try await byteCount()
    return BundleSource(byteCount: size) { offset, count in
      try await read(offset, count)
    }
  }

  private func told<Value: Sendable>(
    _ message: String, _ words: String, _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    do {
      return try await NIOThreadPool.singleton.runIfActive(body)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw NodeError(.disk, object: path, message: message, words: words, underlying: error)
    }
  }
}
