import ArgumentParser

/// `guantong item`.
struct ItemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: Abstract.of("item"),
    subcommands: [
      ItemReport.self, ItemPass.self, ItemReject.self, ItemSignOff.self, ItemList.self,
    ])
}
