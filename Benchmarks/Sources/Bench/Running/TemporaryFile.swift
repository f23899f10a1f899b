import Foundation

/// A file of one command: what it is told, or what it complains of.
struct TemporaryFile {
  let path: String

  init(_ text: String = "") throws {
    path = NSTemporaryDirectory() + "guantong-bench-" + UUID().uuidString
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw BenchError("\(path) cannot be made") }
  }

  func reading() throws -> FileHandle {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw BenchError("\(path) cannot be read")
    }
    return handle
  }

  func writing() throws -> FileHandle {
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw BenchError("\(path) cannot be written")
    }
    return handle
  }

  var text: String {
    (FileManager.default.contents(atPath: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
