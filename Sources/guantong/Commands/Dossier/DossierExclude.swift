import ArgumentParser
import Office

/// `guantong dossier exclude`.
struct DossierExclude: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exclude", abstract: Abstract.of("dossier.exclude"))

  @OptionGroup var membership: MembershipOptions

  @Option(help: "Why; never shown to it.")
  var reason: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.exclude,
      API.ExcludeRequest(
        dossier: membership.dossier, agency: membership.agency, reason: reason,
        on: membership.on))
  }
}
