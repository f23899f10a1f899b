import ArgumentParser

/// `guantong void`.
struct VoidCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "void", abstract: Abstract.of("void"),
    subcommands: [
      VoidList.self
    ])
}
