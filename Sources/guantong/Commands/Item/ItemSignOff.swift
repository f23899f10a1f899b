import ArgumentParser
import Office

/// `guantong item sign-off`.
struct ItemSignOff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-off", abstract: Abstract.of("item.sign-off"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: ArgumentHelp("The report; the newest known when absent.", valueName: "id"))
  var report: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.signOffItem,
      API.ItemActRequest(
        item: item, report: report, on: act.on, note: act.note))
  }
}
