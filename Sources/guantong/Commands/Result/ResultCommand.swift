import ArgumentParser

/// `guantong result`.
struct ResultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: Abstract.of("result"),
    subcommands: [
      ResultRecord.self, ResultCorrect.self, ResultRevoke.self, ResultList.self,
    ])
}
