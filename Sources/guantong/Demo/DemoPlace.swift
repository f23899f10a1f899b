import FoundationEssentials
import Glibc
import Office
import SystemPackage

/// The files of a demo.
struct DemoPlace: Sendable {
  /// The absolute directory.
  let directory: String
  /// Whether it is removed at the end.
  let isTemporary: Bool

  /// The directory given, or a fresh one below `/tmp`.
  init(given: String?, keeps: Bool) throws {
    if let given {
      directory = AbsolutePath.of(given)
      isTemporary = false
    } else {
      let name = UInt32.random(in: 0...UInt32.max)
      directory = "/tmp/guantong-demo-\(String(name, radix: 36))"
      isTemporary = !keeps
    }
    do {
      // PostgreSQL's user must be able to pass through when we are root.
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: geteuid() == 0 ? 0o711 : 0o700])
      try FileManager.default.createDirectory(
        atPath: control, withIntermediateDirectories: true)
    } catch {
      throw OfficeError(.file, ["path": directory, "detail": "file.unmakable"])
    }
  }

  /// Takes the directory for this process; the lock goes with the process, however it ends.
  ///
  /// Throws `OfficeError` `locked` while another demo runs there.
  func lock() throws -> FileDescriptor {
    let path = "\(directory)/demo.lock"
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        FilePath(path), .readWrite, options: [.create, .noFollow, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "file.unwritable"])
    }
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      try? file.close()
      throw OfficeError(.locked, ["path": directory])
    }
    return file
  }

  /// The directory of a node.
  func node(_ code: String) -> String { "\(directory)/\(code)" }
  /// The configuration of a node.
  func config(_ code: String) -> String { "\(node(code))/guantong.yaml" }
  /// Where `demo heal` leaves what the demo shall start again.
  var control: String { "\(directory)/control" }

  /// Where the nodes of a story write down what they give to each peer.
  var handout: String { "\(directory)/handed-out" }

  /// Takes back the announcement, and the files of a temporary demo unless they are still wanted.
  func leave(keepsFiles: Bool) {
    DemoPointer.own.withdraw(directory)
    for name in [DemoSheet.ready, DemoSheet.starting] {
      try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
    }
    if isTemporary, !keepsFiles { try? FileManager.default.removeItem(atPath: directory) }
  }
}
