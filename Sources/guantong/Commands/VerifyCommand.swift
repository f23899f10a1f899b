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
      Without --directory, and without --config of a node that answers, the file can only be \
      consistent with itself.
      """)

  @Argument(help: "The evidence file.", completion: .file())
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
    let verdict = Evidence.verify(Array(bytes), directory: try await root())
    let verified = Verified(verdict)
    try options.printer.show(verified)
    guard verified.valid else { throw Ending(outcome: .invalid) }
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
    guard options.config != nil || GlobalOptions.environment["GUANTONG_CONFIG"] != nil,
      let status = try? await options.call(API.status, API.StatusRequest(), timeout: .seconds(5))
    else { return nil }
    return status.node.directory.flatMap { DossierID(hex: $0) }
  }
}
