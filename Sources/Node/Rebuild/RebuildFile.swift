package import Exchange
import FoundationEssentials
package import Ledger
import NIOPosix
import Office

/// The file that `guantong node rebuild` leaves for the first start: which directory is pinned, and
/// its entries as a peer gave them.
///
/// Nothing in it is secret or trusted: each entry proves itself from the pinned one on.
package struct RebuildFile: Sendable {
  /// The pinned id of the directory's first entry.
  package let directory: DossierID
  /// The peer that gave the entries.
  package let source: AgencyCode
  /// The entries, ancestors first.
  package let entries: [Delivery]

  /// The file as JSON.
  private struct Shape: Codable {
    var schema = "guantong.rebuild-start/v1"
    var directory: String
    var source: String
    /// The answer to a join request that would give these entries, in base64.
    var entries: String
  }

  /// The largest answer in base64, which is four thirds of it, and the other fields.
  package static let bytesMax = Exchange.Limits.joinAnswerBytesMax / 3 * 4 + 4_096

  /// Takes what a peer gave.
  package init(directory: DossierID, source: AgencyCode, entries: [Delivery]) {
    self.directory = directory
    self.source = source
    self.entries = entries
  }

  /// Reads the bytes of a file; nil for bytes that are none.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.bytesMax,
      let shape: Shape = try? JSONValue(parsing: bytes).decoded(),
      shape.schema == Shape(directory: "", source: "", entries: "").schema,
      let directory = DossierID(hex: shape.directory), let source = AgencyCode(shape.source),
      let answer = Data(base64Encoded: shape.entries),
      case .admitted(let entries) = JoinAnswer.decode(Array(answer))
    else { return nil }
    self.init(directory: directory, source: source, entries: entries)
  }

  /// The bytes of the file.
  package func encoded() throws -> [UInt8] {
    let answer = JoinAnswer.admitted(entries).encoded()
    let shape = Shape(
      directory: directory.hex, source: source.rawValue,
      entries: Data(answer).base64EncodedString())
    return try JSONValue(encoding: shape).encoded(indented: true) + [0x0A]
  }

  /// Reads the file; nil when there is none.
  static func read(at path: String) async throws -> RebuildFile? {
    let found = try await NIOThreadPool.singleton.runIfActive { () -> (Bool, [UInt8]?) in
      guard FileManager.default.fileExists(atPath: path) else { return (false, nil) }
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
      guard let size, size <= UInt64(bytesMax) else { return (true, nil) }
      return (true, FileManager.default.contents(atPath: path).map(Array.init))
    }
    guard found.0 else { return nil }
    guard let file = found.1.flatMap(RebuildFile.init(parsing:)) else {
      throw NodeError(
        .configuration, object: path, message: "is none that guantong node rebuild made",
        words: "rebuild.noFile",
        hint: "remove the directory of the node and run guantong node rebuild again")
    }
    return file
  }
}
