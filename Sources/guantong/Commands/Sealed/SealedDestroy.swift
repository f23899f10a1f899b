import ArgumentParser
import Office

/// `guantong sealed destroy`.
struct SealedDestroy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "destroy", abstract: Abstract.of("sealed.destroy"),
    discussion: """
      Every replica that hears of it erases the part and keeps its hash. Copies outside a node, \
      such as backups and prints, are for people to destroy.
      """)

  @OptionGroup var place: SealedPlaceOptions

  @Option(help: "The decision it rests on, by number or name; every member reads it.")
  var decision: String

  @Option(help: "Why; every member reads it.")
  var reason: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @Option(help: ArgumentHelp("Code of the agency, as confirmation.", valueName: "code"))
  var confirm: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.destroy,
      API.DestroyRequest(
        id: place.id, part: place.part, decision: decision, reason: reason, on: on,
        confirm: confirm))
  }
}
