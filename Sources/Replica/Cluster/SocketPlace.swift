import Crypto

/// Where the sockets of a node are.
///
/// The kernel refuses a socket path over 107 bytes, so below a long directory both sockets move to
/// a short runtime directory that is named after the long one.
package struct SocketPlace: Sendable, Equatable {
  /// The directory of both.
  package let directory: String
  /// The directory of PostgreSQL's socket.
  package let databaseDirectory: String
  /// The socket of the JSON API.
  package let office: String
  /// Whether they are outside the node's directory.
  package let isShortened: Bool

  /// Finds the place for a node's directory; without a runtime directory it may be below `/tmp`.
  /// - Parameters:
  ///   - nodeDirectory: an absolute path.
  ///   - runtimeDirectory: `XDG_RUNTIME_DIR`, where it is set and the cluster's user may enter it.
  package init(nodeDirectory: String, runtimeDirectory: String?) {
    let usual = "\(nodeDirectory)/run"
    if Self.longest(in: usual) <= Limits.socketPathBytesMax {
      self.init(directory: usual, isShortened: false)
      return
    }
    let digest = SHA256.hash(data: Array(nodeDirectory.utf8))
    let name = digest.prefix(4).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    for base in [runtimeDirectory ?? "", "/tmp"] where base.hasPrefix("/") {
      let short = "\(base)/guantong-\(name)"
      if Self.longest(in: short) <= Limits.socketPathBytesMax {
        self.init(directory: short, isShortened: true)
        return
      }
    }
    self.init(directory: "/tmp/guantong-\(name)", isShortened: true)
  }

  private init(directory: String, isShortened: Bool) {
    self.directory = directory
    databaseDirectory = "\(directory)/pg"
    office = "\(directory)/guantong.sock"
    self.isShortened = isShortened
  }

  private static func longest(in directory: String) -> Int {
    max("\(directory)/pg/.s.PGSQL.5432".utf8.count, "\(directory)/guantong.sock".utf8.count)
  }
}
