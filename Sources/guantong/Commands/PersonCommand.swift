import ArgumentParser

/// `guantong person`.
struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "The people of an agency.",
    subcommands: [
      PersonList.self, PersonAdd.self,
    ])
}
