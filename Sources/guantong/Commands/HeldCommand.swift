import ArgumentParser

/// `guantong held`.
struct HeldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "held", abstract: Abstract.of("held"),
    subcommands: [
      HeldList.self, HeldShow.self, HeldRetry.self,
    ])
}
