import FoundationEssentials
import Office
import SystemPackage

/// Writes bytes that people asked for.
enum FileOutput {
  /// Writes a file whole, replacing what was there.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "file.unwritable"])
    }
  }

  /// Writes a file that only its owner reads: closed to others before its first byte is there.
  ///
  /// Not by a draft and a rename, because Foundation makes its draft readable by everyone.
  static func writeSecret(_ bytes: [UInt8], to path: String) throws {
    do {
      let file = try closed(path)
      try file.closeAfter { _ = try file.writeAll(bytes) }
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "file.unwritable"])
    }
  }

  /// Opens a new file with mode 0600, or empties one that is there after closing it to others.
  private static func closed(_ path: String) throws -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate],
        permissions: .ownerReadWrite)
    } catch Errno.fileExists {
      // A device or a pipe keeps its mode.
      if try FilePath(path).stat().type == .regular {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      }
      return try FileDescriptor.open(FilePath(path), .writeOnly, options: [.truncate])
    }
  }

  /// Writes a new file with a mode; refuses when one is there.
  static func create(_ bytes: [UInt8], at path: String, mode: FilePermissions) throws {
    do {
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: mode)
      _ = try file.closeAfter { try file.writeAll(bytes) }
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "\(error)"])
    }
  }

  /// Begins a new file that only its owner reads; refuses when one is there.
  static func begin(at path: String) throws -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerRead, .ownerWrite])
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "\(error)"])
    }
  }

  /// Moves a file that was written whole to its place, in the stead of what was there.
  static func move(_ path: String, to place: String) throws {
    do {
      if FileManager.default.fileExists(atPath: place) {
        try FileManager.default.removeItem(atPath: place)
      }
      try FileManager.default.moveItem(atPath: path, toPath: place)
    } catch {
      throw OfficeError(.file, ["path": place, "detail": "file.unwritable"])
    }
  }

  /// Writes to standard output.
  static func standard(_ bytes: [UInt8]) {
    Printer.write(bytes, to: .standardOutput)
  }
}
