import ArgumentParser
import Office

/// `guantong item show`.
struct ItemShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("item.show"))

  @Argument(help: "Item.")
  var item: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.item, API.ItemRequest(item: item))
  }
}
