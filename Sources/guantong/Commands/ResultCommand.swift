import ArgumentParser

/// `guantong result`.
struct ResultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: Abstract.of("result"),
    subcommands: [
      ResultRecord.self, ResultList.self,
    ])
}
