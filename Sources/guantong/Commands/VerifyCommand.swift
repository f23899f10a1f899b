import ArgumentParser
import FoundationEssentials
import Ledger
import Office

/// `guantong verify`.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: Abstract.of("verify"),
    discussion: """
      Ends with 0 when everything in it is proved, with 7 at the first thing that is wrong. \
      Without --directory the root is that of the node that --config, --url or their variables \
      name; that node must then answer. When nothing is named the file can only be consistent \
      with itself.
      """)

  @Argument(
    help: "The evidence file, or the certificate of a destruction.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Id of the directory's first change set, known by another way.",
      valueName: "hex"))
  var directory: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw OfficeError(.file, ["path": file, "detail": "file.unreadable"])
    }
    let root = try await root()
    let isProved: Bool
    if DestructionCertificate.isMeant(by: Array(bytes)) {
      let verified = VerifiedCertificate(
        DestructionCertificate.verify(Array(bytes), directory: root))
      try options.printer.show(verified)
      isProved = verified.valid
    } else {
      let verified = Verified(Evidence.verify(Array(bytes), directory: root))
      try options.printer.show(verified)
      isProved = verified.valid
    }
    guard isProved else { throw Ending(outcome: .invalid) }
  }

  /// The root to hold the file against: the one given, or the one that a named node has pinned.
  private func root() async throws -> DossierID? {
    if let directory {
      guard let id = DossierID(hex: directory) else {
        throw OfficeError(
          .invalidValue,
          [
            "field": "--directory", "value": directory,
            "expected": options.printer.words("verify.hex"),
          ])
      }
      return id
    }
    let environment = GlobalOptions.environment
    let named = [
      options.config, options.url, environment["GUANTONG_CONFIG"], environment["GUANTONG_URL"],
    ]
    guard named.contains(where: { $0 != nil }) else { return nil }
    // Who names a node wants its root: to go on without one would make less of the verdict unsaid.
    let status = try await options.call(API.status, API.StatusRequest(), timeout: .seconds(5))
    guard let pinned = status.node.directory else { throw OfficeError(.notJoined) }
    guard let root = DossierID(hex: pinned) else {
      throw OfficeError(.answerUnreadable, ["detail": "node.directory: \(pinned)"])
    }
    return root
  }
}
