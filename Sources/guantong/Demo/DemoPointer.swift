import Foundation
import Glibc
import Office
import SystemPackage

/// The file by which other commands of a user find the demo that the user started last.
///
/// It lies in `/tmp`, where everybody can make a file of that name first. So it is believed only
/// when it is a regular file of this user that nobody else can write; else there is none.
struct DemoPointer: Sendable {
  /// Where it is.
  let path: String

  /// That of this user.
  static var own: DemoPointer { DemoPointer(path: "/tmp/guantong-demo-of-\(geteuid())") }

  /// The longest path that the kernel takes.
  private static let bytesMax = 4_096

  /// The directory that it names; nil when there is none that can be believed.
  var directory: String? {
    // Not through a link, and without waiting for somebody to write into a pipe.
    guard
      let file = try? FileDescriptor.open(
        FilePath(path), .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
    else { return nil }
    defer { try? file.close() }
    guard let status = try? file.stat(), status.type == .regular,
      status.userID.rawValue == geteuid(),
      status.permissions.isDisjoint(with: [.groupWrite, .otherWrite]),
      (1...Self.bytesMax).contains(Int(status.size))
    else { return nil }
    let handle = FileHandle(fileDescriptor: file.rawValue, closeOnDealloc: false)
    guard let bytes = try? handle.read(upToCount: Self.bytesMax) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Names a directory.
  ///
  /// - Throws: ``OfficeError`` when the file cannot be written, for instance because it is another
  ///   user's.
  func announce(_ directory: String) throws {
    // A link that lies there is removed itself and never written through.
    let there = try? FilePath(path).stat(followTargetSymlink: false)
    guard there?.type != .directory else {
      throw OfficeError(.file, ["path": path, "detail": "file.unwritable"])
    }
    if there != nil { try? FileManager.default.removeItem(atPath: path) }
    try FileOutput.create(Array(directory.utf8), at: path, mode: .ownerReadWrite)
  }

  /// Takes the file away if it names that directory.
  func withdraw(_ directory: String) {
    if self.directory == directory { try? FileManager.default.removeItem(atPath: path) }
  }
}
