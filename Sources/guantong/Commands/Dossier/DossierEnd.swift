import ArgumentParser
import Office

/// `guantong dossier end`.
struct DossierEnd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: Abstract.of("dossier.end"))

  @OptionGroup var membership: MembershipOptions

  @Option(help: "Why.")
  var reason: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.end,
      API.EndRequest(
        dossier: membership.dossier, agency: membership.agency, reason: reason,
        on: membership.on))
  }
}
