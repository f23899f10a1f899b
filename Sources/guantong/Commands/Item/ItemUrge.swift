import ArgumentParser
import Office

/// `guantong item urge`.
struct ItemUrge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "urge", abstract: Abstract.of("item.urge"))

  @Argument(help: "Item.")
  var item: String

  @Option(help: "reminder, urging, letter, talk or circular.")
  var level: String

  @OptionGroup var act: ActOptions

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.urgeItem,
      API.ItemUrgeRequest(item: item, level: level, on: act.on, note: act.note))
  }
}
