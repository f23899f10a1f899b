import ArgumentParser
import Office

/// `guantong agency countersign`.
struct AgencyCountersign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "countersign", abstract: Abstract.of("agency.countersign"))

  @Argument(help: "Id or unique prefix of the proposal, or the code of the agency it is about.")
  var proposal: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    try await options.show(
      API.countersignProposal,
      API.CountersignProposalRequest(
        proposal: proposal))
  }
}
