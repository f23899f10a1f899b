import ArgumentParser
import Office

/// `guantong person add`.
struct PersonAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: Abstract.of("person.add"))

  @Argument(help: "Name of the person.")
  var name: String

  @Option(help: "A role; give it once for each.")
  var role: [String] = []

  @Option(help: "Section.")
  var section: String?

  @Option(help: "Post.")
  var post: String?

  @Option(help: ArgumentHelp("The person this one stands in for.", valueName: "id"))
  var alternateOf: String?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.addPerson,
      API.PersonRequest(
        name: name, section: section, post: post, roles: role, alternateOf: alternateOf))
  }
}
