import FoundationEssentials
import TestSupport
import Testing

@testable import Office
@testable import guantong

@Suite struct BackupTests {
  private static let passphrase = "correct horse battery"

  private func keys(_ files: [(String, String)]) throws -> [UInt8] {
    let list = files.map { "{\"name\":\"\($0)\",\"text\":\"\($1)\"}" }.joined(separator: ",")
    return Array("{\"schema\":\"guantong.backup-keys/v1\",\"files\":[\(list)]}".utf8)
  }

  @Test func `security T9 sealed keys open for their passphrase and agency and unchanged only`()
    async throws
  {
    let files = try #require(KeyFiles(parsing: try keys([("agency.pem", "a secret")])))
    let sealed = try await files.sealed(by: Self.passphrase, for: "420300-JW")
    #expect(Data(sealed).firstRange(of: Data("secret".utf8)) == nil)
    let opened = try await KeyFiles.open(sealed, with: Self.passphrase, for: "420300-JW")
    #expect(opened?.files.map(\.text) == ["a secret"])
    let again = try await files.sealed(by: Self.passphrase, for: "420300-JW")
    #expect(again.dropFirst(8).prefix(16) != sealed.dropFirst(8).prefix(16), "one salt for each")
    #expect(
      try await KeyFiles.open(sealed, with: "correct horse batterz", for: "420300-JW") == nil)
    #expect(try await KeyFiles.open(sealed, with: Self.passphrase, for: "420300-FZB") == nil)
    for place in [0, 8, 24, 40, sealed.count - 1] {
      var changed = sealed
      changed[place] ^= 1
      #expect(
        try await KeyFiles.open(changed, with: Self.passphrase, for: "420300-JW") == nil,
        "byte \(place)")
    }
    for count in [0, 8, 24, 30] {
      let cut = Array(sealed.prefix(count))
      #expect(try await KeyFiles.open(cut, with: Self.passphrase, for: "420300-JW") == nil)
    }
  }

  @Test(arguments: [
    "../agency.pem", "/etc/agency.pem", ".pem", ".agency.pem", "a/b.pem", "agency.sh", "a b.pem",
    String(repeating: "a", count: 100) + ".pem",
  ])
  func `a backup writes no file but keys into the folder of the keys`(_ name: String) throws {
    let bytes = try keys([(name, "x")])
    #expect(KeyFiles(parsing: bytes) == nil)
  }

  @Test func `a backup holds the keys of the agencies that the node hosts`() async throws {
    let names = ["agency.pem", "hosted-420304-JW.pem", "hosted-next-420304-JW.pem"]
    let files = try #require(KeyFiles(parsing: try keys(names.map { ($0, "x") })))
    #expect(files.files.map(\.name) == names)
    try await Scratch.withDirectory { folder in
      let written = try files.write(to: folder)
      let read = try KeyFiles(reading: folder)
      #expect(written == names && read.files.map(\.name) == names)
    }
  }

  @Test func `what is larger than any folder of keys is refused`() throws {
    let long = String(repeating: "x", count: KeyFiles.textBytesMax + 1)
    let tooLong = try keys([("agency.pem", long)])
    #expect(KeyFiles(parsing: tooLong) == nil)
    let many = (0...KeyFiles.countMax).map { ("k\($0).pem", "x") }
    let tooMany = try keys(many)
    #expect(KeyFiles(parsing: tooMany) == nil)
  }

  /// A manifest with these files.
  private func manifest(_ keys: String, _ names: [String]) -> BackupManifest? {
    let files = names.map { "{\"name\":\"\($0)\",\"bytes\":1,\"sha256\":\"00\"}" }
    let text = """
      {"schema":"guantong.backup-manifest/v1","agency":"420300-JW","fingerprint":"00",
      "directory":null,"created_at":"2026-11-23T00:00:00Z","version":"0","schema_version":1,
      "postgres":150000,"change_sets":0,"keys":"\(keys)","files":[\(files.joined(separator: ","))]}
      """
    return BackupManifest(parsing: Array(text.utf8))
  }

  @Test func `a manifest names exactly the files of a backup`() {
    #expect(manifest("none", ["database.dump", "guantong.yaml"]) != nil)
    #expect(manifest("sealed", ["database.dump", "guantong.yaml", "keys.sealed"]) != nil)
    #expect(manifest("sealed", ["database.dump", "guantong.yaml"]) == nil)
    #expect(manifest("none", ["database.dump", "guantong.yaml", "keys.json"]) == nil)
    #expect(manifest("none", ["database.dump", "../guantong.yaml"]) == nil)
    #expect(manifest("none", ["database.dump", "database.dump"]) == nil)
    #expect(manifest("other", ["database.dump", "guantong.yaml"]) == nil)
    let blank = [UInt8](repeating: 0x20, count: BackupManifest.bytesMax + 1)
    #expect(BackupManifest(parsing: blank) == nil)
  }

  @Test func `a short passphrase and one that others can read are refused`() throws {
    try Scratch.withFile("short", mode: 0o600) { path in
      let error = #expect(throws: OfficeError.self) { try KeyFiles.passphrase(at: path) }
      #expect(error?.refusal == .invalidValue)
    }
    try Scratch.withFile("long enough to be one", mode: 0o644) { path in
      #expect(throws: (any Error).self) { try KeyFiles.passphrase(at: path) }
    }
    try Scratch.withFile("long enough to be one\nsecond line", mode: 0o600) { path in
      let read = try KeyFiles.passphrase(at: path)
      #expect(read == "long enough to be one")
    }
  }
}

extension Scratch {
  /// Lends a small file.
  fileprivate static func withFile(
    _ text: String, mode: Int, _ body: (String) throws -> Void
  ) throws {
    let path = "/tmp/gt-\(UInt64.random(in: 0...UInt64.max))"
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }
}
