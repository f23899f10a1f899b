import Crypto
import FoundationEssentials

/// The credential of the office API over TCP: 32 random bytes as base64url, in a file of mode 0600.
///
/// Whoever can read the file is the operator, as whoever can open the socket is. Held as its hash,
/// so that comparing takes the same time wherever a guess is wrong.
package struct OfficeToken: Sendable {
  private let digest: SHA256.Digest

  /// How many random bytes it has.
  static let byteCount = 32
  /// 32 bytes are 43 characters of base64url without padding.
  static let characterCount = 43

  init?(_ text: String) {
    guard text.utf8.count == Self.characterCount, text.utf8.allSatisfy(Self.isOfAlphabet) else {
      return nil
    }
    digest = SHA256.hash(data: Array(text.utf8))
  }

  /// Whether what a request brings is this token.
  func isEqual(to given: String) -> Bool {
    // Every byte is looked at, whether the ones before were equal or not.
    zip(SHA256.hash(data: Array(given.utf8)), digest).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// A fresh one, as its file holds it.
  package static func fresh() -> String {
    var source = SystemRandomNumberGenerator()
    let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &source) }
    return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// Reads the file of a node.
  ///
  /// Blocks on the disk: call it at the start, before requests are served.
  ///
  /// - Parameter path: the file.
  /// - Returns: the token.
  /// - Throws: ``NodeError`` when it is missing, open to others, or holds no token.
  package static func read(at path: String) throws -> OfficeToken {
    let text = try SecretFile.text(at: path)
    guard let token = OfficeToken(text.filter { !$0.isWhitespace }) else {
      throw NodeError(
        .keyFile, object: path, message: "holds no token", words: "file.noToken",
        hint: "remove it and start the node: it makes a new one")
    }
    return token
  }

  /// Reads the file of a node, and makes it first when there is none.
  static func readOrMake(at path: String) throws -> OfficeToken {
    if !FileManager.default.fileExists(atPath: path) {
      try SecretFile.create("\(fresh())\n", at: path)
    }
    return try read(at: path)
  }

  private static func isOfAlphabet(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
