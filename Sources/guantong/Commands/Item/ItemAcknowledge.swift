import ArgumentParser
import Office

/// `guantong item acknowledge`.
struct ItemAcknowledge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: Abstract.of("item.acknowledge"))

  @Argument(help: "Item.")
  var item: String

  @OptionGroup var act: ActOptions

  @OptionGroup var paper: ScanOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.acknowledgeItem,
      API.ItemStepRequest(item: item, on: act.on, note: act.note, scan: paper.scan))
  }
}
