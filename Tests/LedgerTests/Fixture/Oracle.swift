import Foundation
import Ledger
import Testing

/// The second implementation of the evidence format, in Python.
///
/// It needs Debian's python3-cryptography, which `deploy/test` installs; without it tests fail.
struct Oracle {
  /// What it says about one file.
  struct Answer: Decodable {
    var valid: Bool
    var reason: String?
    var id: String?
    var dossier: String?
    var author: String?
    var sequence: UInt64?
    var authored_at: Int64?
    var sealed_at: Int64?
    var confirmation: String?
    var received: [Reception]?
  }

  /// That an agency had the bytes: a list of a time and a code.
  struct Reception: Decodable, Equatable {
    var storedAt: Int64
    var agency: String

    init(storedAt: Int64, agency: String) {
      (self.storedAt, self.agency) = (storedAt, agency)
    }

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      storedAt = try list.decode(Int64.self)
      agency = try list.decode(String.self)
    }
  }

  /// What `everyChange` does to the byte at a position, one after the other.
  static func masks(at position: Int) -> [UInt8] { [1 << (position % 8), 0x80, 0xFF] }

  private static let python = "/usr/bin/python3"
  private static var folder: String { VectorFile.folder + "/../../Oracle" }

  /// What the oracle says about a file.
  static func verify(_ file: [UInt8], directory: DossierID?) throws -> Answer {
    try withFile(file) { path in
      let arguments = ["\(folder)/verify_evidence.py", path] + (directory.map { [$0.hex] } ?? [])
      let (status, output) = try run(arguments)
      let answer = try JSONDecoder().decode(Answer.self, from: output)
      #expect(status == (answer.valid ? 0 : 7))
      return answer
    }
  }

  /// What the oracle says about the file with each byte changed by each of its masks.
  static func everyChange(_ file: [UInt8], directory: DossierID) throws -> [String] {
    try withFile(file) { path in
      try lines(of: ["\(folder)/every_change.py", path, directory.hex])
    }
  }

  /// What the oracle says about the file with every `step`-th byte, from a position on, changed to
  /// each of its 255 other values.
  static func everyValue(
    _ file: [UInt8], directory: DossierID, from start: Int, step: Int
  ) throws -> [String] {
    try withFile(file) { path in
      try lines(of: ["\(folder)/every_change.py", path, directory.hex, "\(start)", "\(step)"])
    }
  }

  /// What the oracle says about a file of the wire format's vectors.
  static func checkVectors(_ name: String) throws -> String {
    let arguments = ["\(folder)/check_vectors.py", "\(VectorFile.folder)/\(name)"]
    return String(decoding: try run(arguments).output, as: UTF8.self)
  }

  /// What a script that ends well prints.
  private static func lines(of arguments: [String]) throws -> [String] {
    let (status, output) = try run(arguments)
    #expect(status == 0)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func withFile<Value>(
    _ bytes: [UInt8], _ body: (String) throws -> Value
  ) throws -> Value {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "guantong-\(UUID().uuidString).gtev").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    process.environment = ["PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
