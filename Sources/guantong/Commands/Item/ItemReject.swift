import ArgumentParser
import Office

/// `guantong item reject`.
struct ItemReject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: Abstract.of("item.reject"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "evidenceLacking, notDone, formalOnly, newProblem or standardUnmet.")
  var reason: String

  @Option(help: ArgumentHelp("The report; the newest known when absent.", valueName: "id"))
  var report: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.rejectItem,
      API.ItemRejectRequest(
        item: item, reason: reason, report: report, on: act.on, note: act.note))
  }
}
