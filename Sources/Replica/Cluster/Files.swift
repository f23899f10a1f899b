import FoundationEssentials
import SystemPackage

/// The few things the cluster does with files: owners, modes, whether a user may enter.
enum Files {
  struct Status {
    let owner: UInt32
    let group: UInt32
    let mode: Int
    let isDirectory: Bool
    let identity: Identity
  }

  /// What a file or directory is, whatever the path and the links that lead to it.
  struct Identity: Equatable {
    let device: UInt64
    let inode: UInt64
  }

  /// What stands at a path, or nothing; a link at its end is either followed or itself meant.
  static func status(of path: String, followsLink: Bool = true) -> Status? {
    guard let status = try? FilePath(path).stat(followTargetSymlink: followsLink) else {
      return nil
    }
    return Status(
      owner: status.userID.rawValue, group: status.groupID.rawValue,
      mode: Int(status.permissions.rawValue), isDirectory: status.type == .directory,
      identity: Identity(
        device: UInt64(status.deviceID.rawValue), inode: UInt64(status.inode.rawValue)))
  }

  /// Makes a directory unless it is there, and gives it owner and mode in both cases.
  static func makeDirectory(_ path: String, owner: ClusterAccount?, mode: Int) throws {
    let manager = FileManager.default
    do {
      if !manager.fileExists(atPath: path) {
        try manager.createDirectory(
          atPath: path, withIntermediateDirectories: false,
          attributes: [.posixPermissions: mode])
      }
      if let owner, owner.isOther {
        try manager.setAttributes(
          [.ownerAccountID: Int(owner.userID), .groupOwnerAccountID: Int(owner.groupID)],
          ofItemAtPath: path)
      }
      try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    } catch {
      throw refusal(path, error)
    }
  }

  /// Writes a small file with its owner and mode, replacing what was there.
  static func write(_ text: String, to path: String, owner: ClusterAccount?) throws {
    let manager = FileManager.default
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      if let owner, owner.isOther {
        try manager.setAttributes(
          [.ownerAccountID: Int(owner.userID), .groupOwnerAccountID: Int(owner.groupID)],
          ofItemAtPath: path)
      }
      try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw refusal(path, error)
    }
  }

  /// Writes a file of a fixed length in place by one call; made when it is not there.
  static func overwrite(_ text: String, at path: String, bytes: Int) throws {
    let content = Array(text.utf8)
    let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: max(0, bytes - content.count))
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .noFollow],
        permissions: .ownerReadWrite)
      _ = try file.closeAfter { try file.writeAll(toAbsoluteOffset: 0, content + padding) }
    } catch {
      throw refusal(path, error)
    }
  }

  /// The first directory from the root down to the path that the user cannot enter.
  static func firstNotEnterable(upTo path: String, by account: ClusterAccount) -> String? {
    var current = ""
    for component in path.split(separator: "/") {
      let parent = current.isEmpty ? "/" : current
      if let status = status(of: parent), !mayEnter(status, account) { return parent }
      current += "/\(component)"
    }
    if let status = status(of: current), !mayEnter(status, account) { return current }
    return nil
  }

  private static func mayEnter(_ status: Status, _ account: ClusterAccount) -> Bool {
    if status.owner == account.userID { return status.mode & 0o100 != 0 }
    if status.group == account.groupID { return status.mode & 0o010 != 0 }
    return status.mode & 0o001 != 0
  }

  /// Whether the disk of a directory has no room left for the user that runs the cluster.
  ///
  /// That is less than `roomProbeKiB`: a file that could not grow by a block leaves some blocks.
  static func isFull(_ directory: String) -> Bool {
    let room = try? FileManager.default.attributesOfFileSystem(forPath: directory)[.systemFreeSize]
    // Its type differs with and without the whole of Foundation in the program; its text does not.
    guard let bytes = room.flatMap({ Int("\($0)") }) else { return false }
    return bytes < Limits.roomProbeKiB * 1_024
  }

  /// Says what is wrong with a file, with the hint that fits.
  static func refusal(_ path: String, _ error: any Error) -> ReplicaError {
    let (code, number) = ((error as? CocoaError)?.code, error as? Errno)
    if code == .fileWriteOutOfSpace || number == .noSpace {
      return ReplicaError(
        .diskFull, object: path, reason: "the disk is full", words: "replica.full",
        hint: "make room and start again")
    }
    if code == .fileWriteNoPermission || code == .fileReadNoPermission
      || number == .permissionDenied
    {
      return ReplicaError(
        .wrongModes, object: path, reason: "no permission", words: "replica.noPermission",
        hint: "run as the user that owns the node's directory")
    }
    return ReplicaError(
      .wrongModes, object: path, reason: "\(error)", words: "replica.said",
      values: ["fault": "\(error)"])
  }

  /// The text of a small file; nil when it is not there or not readable.
  static func read(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
