import FoundationEssentials
import Office
import SystemPackage

/// Writes bytes that people asked for.
enum FileOutput {
  /// Writes a file whole, replacing what was there.
  static func write(_ bytes: [UInt8], to path: String, isSecret: Bool = false) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
      if isSecret {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      }
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "file.unwritable"])
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

  /// Writes to standard output.
  static func standard(_ bytes: [UInt8]) throws {
    _ = try? FileDescriptor.standardOutput.writeAll(bytes)
  }
}
