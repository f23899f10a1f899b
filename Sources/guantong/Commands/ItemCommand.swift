import ArgumentParser

/// `guantong item`.
struct ItemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: "Items: findings, directions, resolutions.",
    subcommands: [
      ItemReport.self, ItemPass.self, ItemSignOff.self, ItemList.self,
    ])
}
