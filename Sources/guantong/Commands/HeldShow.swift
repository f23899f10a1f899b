import ArgumentParser
import Office

/// `guantong held show`.
struct HeldShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("held.show"))

  @Argument(help: "Change set id or unique prefix of 8 hex digits.")
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.heldChangeSet, API.HeldRequest(id: id))
  }
}
