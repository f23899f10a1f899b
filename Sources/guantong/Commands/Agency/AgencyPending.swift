import ArgumentParser
import Office

/// `guantong agency pending`.
struct AgencyPending: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pending", abstract: Abstract.of("agency.pending"))

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(API.pending, API.PendingRequest())
  }
}
