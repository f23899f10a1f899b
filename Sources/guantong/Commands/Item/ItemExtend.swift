import ArgumentParser
import Office

/// `guantong item extend`.
struct ItemExtend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: Abstract.of("item.extend"))

  @Argument(help: "Item.")
  var item: String

  @Option(
    help: "complex, waitingOther, litigationPending, funds, policy or forceMajeure.")
  var reason: String

  @Option(help: ArgumentHelp("The new due date asked for.", valueName: "date"))
  var due: String

  @OptionGroup var act: ActOptions

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.extendItem,
      API.ItemExtendRequest(
        item: item, reason: reason, dueOn: due, on: act.on, note: act.note, scan: paper.scan))
  }
}
