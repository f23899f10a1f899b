import ArgumentParser

/// `guantong desk`.
struct DeskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk", abstract: Abstract.of("desk"),
    subcommands: [DeskOpen.self, DeskList.self])
}
