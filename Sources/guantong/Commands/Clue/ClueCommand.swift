import ArgumentParser

/// `guantong clue`.
struct ClueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clue", abstract: Abstract.of("clue"),
    subcommands: [
      ClueCreate.self, ClueRefer.self, ClueSupplement.self, ClueReceive.self, ClueAccept.self,
      ClueReturn.self, ClueForward.self, ClueWithdraw.self, ClueAgreeWithdraw.self,
      ClueRefuseWithdraw.self, ClueDispose.self, ClueFeedback.self, ClueAssign.self,
      ClueMerge.self, ClueRelate.self, ClueSplit.self, ClueList.self, ClueShow.self,
    ])
}
