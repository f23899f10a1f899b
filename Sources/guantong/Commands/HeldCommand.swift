import ArgumentParser

/// `guantong held`.
struct HeldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "held", abstract: "Change sets that wait for something missing.",
    subcommands: [
      HeldList.self
    ])
}
