import FoundationEssentials
import Office

/// `demo.json`: what an outsider needs to reach the agencies of a running demo.
struct DemoSheet: Codable, Sendable {
  /// Names this shape and its version.
  var schema = "guantong.demo/v1"
  /// Id of the first change set of the directory.
  var directory: String
  /// The agencies in their order.
  var agencies: [Entry]
  /// The process of the demo itself.
  var pid: Int32

  /// One agency.
  struct Entry: Codable, Sendable {
    /// Agency code.
    var code: String
    /// Full name.
    var name: String
    /// Its configuration file.
    var config: String
    /// Where peers reach it.
    var peerUrl: String
    /// Where health and metrics are.
    var opsUrl: String
    /// The socket of the office API.
    var socket: String
    /// A URL with which `psql` reads its database.
    var readerUrl: String
    /// Its process; 0 while it is down.
    var pid: Int32
  }

  /// The entry of an agency.
  func entry(_ code: String) throws -> Entry {
    guard let entry = agencies.first(where: { $0.code == code }) else {
      throw OfficeError(.agencyUnknown, ["agency": code])
    }
    return entry
  }

  /// The file of a demo that is ready.
  static let ready = "demo.json"
  /// The file of a demo that is being made, from which the next run learns what a killed one left.
  static let starting = "starting.json"

  /// Reads the sheet of a demo's directory.
  static func read(in directory: String, _ name: String = ready) throws -> DemoSheet {
    let path = "\(directory)/\(name)"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw OfficeError(
        .file, ["path": path, "detail": "demo.notReady"])
    }
    do {
      return try JSONValue(parsing: bytes).decoded()
    } catch {
      throw OfficeError(.file, ["path": path, "detail": "demo.damaged"])
    }
  }

  /// Notes the new process of an agency; without effect before there is a sheet.
  static func set(pid: Int32, of code: String, in directory: String) throws {
    guard FileManager.default.fileExists(atPath: "\(directory)/\(ready)") else { return }
    var sheet = try read(in: directory)
    guard let index = sheet.agencies.firstIndex(where: { $0.code == code }) else { return }
    sheet.agencies[index].pid = pid
    try sheet.write(in: directory)
  }

  /// Writes it whole.
  func write(in directory: String, _ name: String = ready) throws {
    try FileOutput.write(
      try JSONValue(encoding: self).encoded(indented: true) + [0x0A], to: "\(directory)/\(name)")
  }
}
