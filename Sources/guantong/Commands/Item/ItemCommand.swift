import ArgumentParser

/// `guantong item`.
struct ItemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: Abstract.of("item"),
    subcommands: [
      ItemAcknowledge.self, ItemPlan.self, ItemReport.self, ItemPass.self, ItemReject.self,
      ItemSignOff.self, ItemExtend.self, ItemGrant.self, ItemDeny.self, ItemDispute.self,
      ItemUphold.self, ItemDismiss.self, ItemReopen.self, ItemReassign.self, ItemCancel.self,
      ItemUrge.self, ItemProlong.self,
      ItemList.self, ItemShow.self,
    ])
}
