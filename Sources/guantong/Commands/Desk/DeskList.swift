import ArgumentParser
import Office

/// `guantong desk list`.
struct DeskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Abstract.of("desk.list"))

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.desks, API.Nothing())
  }
}
