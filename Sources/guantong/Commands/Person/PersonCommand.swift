import ArgumentParser

/// `guantong person`.
struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: Abstract.of("person"),
    subcommands: [
      PersonList.self, PersonAdd.self, PersonChange.self,
    ])
}
