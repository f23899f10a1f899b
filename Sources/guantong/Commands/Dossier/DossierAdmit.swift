import ArgumentParser
import Office

/// `guantong dossier admit`.
struct DossierAdmit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admit", abstract: Abstract.of("dossier.admit"))

  @OptionGroup var membership: MembershipOptions

  @Option(help: "Why.")
  var reason: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.admit,
      API.AdmitRequest(
        dossier: membership.dossier, agency: membership.agency, reason: reason,
        on: membership.on))
  }
}
