import Crypto
import CryptoExtras
import FoundationEssentials
import NIOPosix
import Node
import Office
import SystemPackage

/// The files in a node's folder of keys, as a backup holds them.
struct KeyFiles: Codable {
  /// One file.
  struct File: Codable {
    /// Its name.
    var name: String
    /// Its text.
    var text: String
  }

  /// Names this shape and its version.
  var schema = "guantong.backup-keys/v1"
  /// The files, ascending by name.
  var files: [File]

  /// A node has five, one for each of its encryption keys of the last year, and two for each of the
  /// 32 agencies that it may host.
  static let countMax = 470
  /// The longest is a certificate of some 600 bytes.
  static let textBytesMax = 16 * 1024
  /// All of them, in JSON and sealed: 470 files of 16 KiB are 7.4 MiB.
  static let bytesMax = 8 * 1024 * 1024
  /// Fewer characters than this are guessed, whatever scrypt costs.
  static let passphraseMin = 12

  /// 2^16 rounds of blocks of 1 KiB: 64 MiB and a good part of a second for each guess.
  private static let rounds = 1 << 16
  private static let saltBytes = 16
  private static let head = Array("GTKEYS1\n".utf8)

  /// Reads a node's folder of keys; files that others can read are refused.
  init(reading folder: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    files = try names.sorted().filter(Self.isLawful).map {
      File(name: $0, text: try SecretFile.text(at: "\(folder)/\($0)"))
    }
    guard !files.isEmpty, files.count <= Self.countMax else {
      throw OfficeError(.file, ["path": folder, "detail": "file.unreadable"])
    }
  }

  /// Reads what a backup holds in clear; nil for bytes that are none.
  init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.bytesMax,
      let read = try? JSONValue(parsing: bytes).decoded(as: KeyFiles.self),
      read.files.count <= Self.countMax,
      read.files.allSatisfy({ Self.isLawful($0.name) && $0.text.utf8.count <= Self.textBytesMax })
    else { return nil }
    self = read
  }

  /// The bytes that a backup holds in clear.
  func encoded() throws -> [UInt8] {
    try JSONValue(encoding: self).encoded(indented: true) + [0x0A]
  }

  /// The bytes sealed by a passphrase: `GTKEYS1\n`, salt, nonce, ChaCha20-Poly1305 and its tag,
  /// bound to the agency.
  func sealed(by passphrase: String, for agency: String) async throws -> [UInt8] {
    let salt = Self.salt()
    let key = try await Self.key(passphrase, salt)
    let box = try ChaChaPoly.seal(
      try encoded(), using: key, authenticating: Self.head + Array(agency.utf8))
    return Self.head + salt + Array(box.combined)
  }

  /// Opens sealed bytes; nil for another passphrase, another agency, or changed bytes.
  static func open(
    _ bytes: [UInt8], with passphrase: String, for agency: String
  ) async throws -> KeyFiles? {
    let body = bytes.dropFirst(head.count)
    guard bytes.count <= bytesMax, bytes.starts(with: head), body.count > saltBytes else {
      return nil
    }
    let key = try await key(passphrase, Array(body.prefix(saltBytes)))
    guard let box = try? ChaChaPoly.SealedBox(combined: body.dropFirst(saltBytes)),
      let text = try? ChaChaPoly.open(
        box, using: key, authenticating: head + Array(agency.utf8))
    else { return nil }
    return KeyFiles(parsing: Array(text))
  }

  /// Writes the files that are not there; those that are stay as they are.
  ///
  /// - Returns: the names of the files written.
  func write(to folder: String) throws -> [String] {
    try files.filter { file in
      let path = "\(folder)/\(file.name)"
      guard !FileManager.default.fileExists(atPath: path) else { return false }
      try FileOutput.create(Array(file.text.utf8), at: path, mode: .ownerReadWrite)
      return true
    }.map(\.name)
  }

  /// The passphrase in a file that only its owner reads: its first line.
  static func passphrase(at path: String) throws -> String {
    let text = try SecretFile.text(at: AbsolutePath.of(path), missing: "file.missing")
    let line = String(text.prefix { !$0.isNewline })
    guard line.count >= passphraseMin, line.utf8.count <= 1_024 else {
      throw OfficeError(
        .invalidValue,
        ["field": "--passphrase-file", "value": path, "expected": "expected.passphrase"])
    }
    return line
  }

  private static func isLawful(_ name: String) -> Bool {
    name.utf8.count <= 100
      && [".pem", ".crt", ".token"].contains { name.hasSuffix($0) && name.count > $0.count }
      && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      }
  }

  private static func salt() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  private static func key(_ passphrase: String, _ salt: [UInt8]) async throws -> SymmetricKey {
    try await NIOThreadPool.singleton.runIfActive {
      try KDF.Scrypt.deriveKey(
        from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: rounds,
        blockSize: 8, parallelism: 1)
    }
  }
}
