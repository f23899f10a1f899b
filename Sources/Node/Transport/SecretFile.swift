import FoundationEssentials
import SystemPackage

/// Files that hold secrets: read only when nobody else can.
package enum SecretFile {
  /// Reads a file of keys.
  ///
  /// Blocks on the disk: call it at the start, before requests are served.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - missing: the words, with what to do, for one that is missing.
  /// - Returns: its text.
  /// - Throws: ``NodeError`` when it is missing, unreadable, not text, or open to others.
  package static func text(
    at path: String, missing: String = "file.unmade"
  ) throws -> String {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch {
      throw NodeError(
        .keyFile, object: path, message: "cannot be read", words: missing, underlying: error)
    }
    // Its type differs with and without the whole of Foundation in the program; its text does not.
    let mode = attributes[.posixPermissions].flatMap { Int("\($0)") }
    guard let mode, mode & 0o077 == 0 else {
      throw NodeError(
        .keyFile, object: path, message: "can be read by others", words: "file.exposed",
        hint: "close it with: chmod 600 \(path)")
    }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      throw NodeError(
        .keyFile, object: path, message: "cannot be read by this user",
        words: "file.notOurs",
        hint: "run the node as the user that owns the file")
    }
    return text
  }

  /// Makes a file of a secret, closed to others from its first byte on.
  ///
  /// - Parameters:
  ///   - text: what it holds.
  ///   - path: the file; it must not be there.
  /// - Throws: ``NodeError`` when it is there or cannot be written.
  static func create(_ text: String, at path: String) throws {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate],
        permissions: .ownerReadWrite)
      try file.closeAfter { _ = try file.writeAll(Array(text.utf8)) }
    } catch {
      throw NodeError(
        .disk, object: path, message: "cannot be made", words: "file.unmakable",
        hint: "check the directory, its rights and the space on the disk", underlying: error)
    }
  }
}
