import ArgumentParser
import Office

/// `guantong rejected show`.
struct RejectedShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Abstract.of("rejected.show"))

  @Argument(help: "Change set id or unique prefix of 8 hex digits.")
  var id: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.rejectedChangeSet, API.RejectedRequest(id: id))
  }
}
