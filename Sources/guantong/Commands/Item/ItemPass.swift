import ArgumentParser
import Office

/// `guantong item pass`.
struct ItemPass: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pass", abstract: Abstract.of("item.pass"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: ArgumentHelp("The report; the newest known when absent.", valueName: "id"))
  var report: String?

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.passItem,
      API.ItemActRequest(
        item: item, report: report, on: act.on, note: act.note))
  }
}
