import ArgumentParser
import Office

/// `guantong sealed list`.
struct SealedList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("sealed.list"))

  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.sealedParts, API.SealedListRequest(dossier: dossier))
  }
}
