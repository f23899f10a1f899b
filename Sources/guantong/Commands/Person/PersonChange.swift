import ArgumentParser
import Office

/// `guantong person change`.
struct PersonChange: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: Abstract.of("person.change"),
    discussion: """
      What is not named stays as it is. What is taken away is gone here at once; what is given is \
      there when the registrar has published it.
      """)

  @Argument(help: "Id or name of the person.")
  var person: String

  @Option(help: "Name.")
  var name: String?

  @Option(help: "A role; give all of them from now on, once for each.")
  var role: [String] = []

  @Option(help: "Section.")
  var section: String?

  @Option(help: "Post.")
  var post: String?

  @Option(help: ArgumentHelp("The person this one stands in for.", valueName: "id"))
  var alternateOf: String?

  @Flag(inversion: .prefixedNo, help: "Their time has ended: they may not act any more.")
  var ended: Bool?

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.changePerson,
      API.ChangePersonRequest(
        person: person, name: name, section: section, post: post, roles: role,
        alternateOf: alternateOf, ended: ended))
  }
}
