import FoundationEssentials

/// Files that hold secrets: read only when nobody else can.
package enum SecretFile {
  /// Reads a file of keys.
  ///
  /// Blocks on the disk: call it at the start, before requests are served.
  ///
  /// - Parameter path: the file.
  /// - Returns: its text.
  /// - Throws: ``NodeError`` when it is missing, unreadable, not text, or open to others.
  package static func text(at path: String) throws -> String {
    let attributes: [FileAttributeKey: Any]
    do {
      attributes = try FileManager.default.attributesOfItem(atPath: path)
    } catch {
      throw NodeError(
        .keyFile, object: path, message: "cannot be read", words: "file.unreadable",
        hint: "make the node's files with: guantong init", underlying: error)
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
}
