import FoundationEssentials
package import Ledger
package import Office

/// The signing keys of the agencies that a node hosts, in files beside its own and with the same
/// rules: `hosted-CODE.pem`, and `hosted-next-CODE.pem` for the key that is to follow.
///
/// Blocks on the disk: call it where blocking is allowed.
package enum HostedKeyFiles {
  /// The name of the file of the key in use.
  package static func name(of agency: AgencyCode) -> String { "\(prefix)\(agency)\(suffix)" }

  /// The name of the file of the key that is to follow.
  package static func next(of agency: AgencyCode) -> String { "\(nextPrefix)\(agency)\(suffix)" }

  /// Reads every key of the folder.
  ///
  /// - Parameter folder: the folder of the node's keys.
  /// - Returns: the keys by agency.
  /// - Throws: ``NodeError`` for a file that is no key or that others can read, and for more than
  ///   ``Limits/desksMax`` of them.
  package static func read(in folder: String) throws -> [AgencyCode: Office.HostedKey] {
    let agencies = agencies(in: folder)
    guard agencies.count <= Limits.desksMax else { throw tooMany(folder) }
    var keys: [AgencyCode: Office.HostedKey] = [:]
    for agency in agencies {
      let path = "\(folder)/\(name(of: agency))"
      keys[agency] = Office.HostedKey(
        key: try AgencyKeyFile.key(pem: try SecretFile.text(at: path), path: path),
        next: try AgencyKeyFile.next(in: folder, named: next(of: agency)))
    }
    return keys
  }

  /// Takes the second step of every succession whose first one was taken.
  ///
  /// - Parameter folder: the folder of the node's keys.
  /// - Throws: ``NodeError`` when the folder cannot be written.
  package static func completeSuccessions(in folder: String) throws {
    for agency in agencies(in: folder) {
      try AgencyKeyFile.completeSuccession(
        in: folder, at: "\(folder)/\(name(of: agency))", by: next(of: agency))
    }
  }

  /// The key of an agency; makes one when there is none.
  ///
  /// - Parameters:
  ///   - agency: the agency that is to be hosted.
  ///   - folder: the folder of the node's keys.
  /// - Returns: the key.
  /// - Throws: ``NodeError`` when the file cannot be read or made.
  package static func make(for agency: AgencyCode, in folder: String) throws -> SigningKey {
    try AgencyKeyFile.makeNext(in: folder, named: name(of: agency))
  }

  static func tooMany(_ folder: String) -> NodeError {
    NodeError(
      .keyFile, object: folder, message: "holds the keys of more than \(Limits.desksMax) agencies",
      words: "file.tooManyHosted", values: ["limit": "\(Limits.desksMax)"],
      hint: "take away the files hosted-*.pem of agencies that have moved")
  }

  private static let prefix = "hosted-"
  private static let nextPrefix = "hosted-next-"
  private static let suffix = ".pem"

  private static func agencies(in folder: String) -> Set<AgencyCode> {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Set(names.compactMap { code(of: $0, nextPrefix) ?? code(of: $0, prefix) })
  }

  private static func code(of name: String, _ prefix: String) -> AgencyCode? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    return AgencyCode(name.dropFirst(prefix.count).dropLast(suffix.count))
  }
}
