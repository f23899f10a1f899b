import ArgumentParser

/// `guantong result`.
struct ResultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: "Results of cases.",
    subcommands: [
      ResultRecord.self, ResultList.self,
    ])
}
