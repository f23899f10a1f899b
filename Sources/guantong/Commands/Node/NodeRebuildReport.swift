import ArgumentParser
import Office

/// `guantong node rebuild-report`.
struct NodeRebuildReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild-report", abstract: Abstract.of("node.rebuild-report"),
    discussion: """
      It is read from the log each time, so it may be asked for as often as peers come back. Ends \
      with 2 while a peer that can be dialled has not answered, with 0 when all have.
      """)

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let report = try await options.call(
      API.rebuildReport, API.Nothing(), timeout: Self.timeout)
    try options.printer.show(report)
    if report.peers.contains(where: { $0.dialable && !$0.answered }) {
      throw Ending(outcome: .differences)
    }
  }

  /// Reading the parts of a log of 10⁵ own dossiers takes minutes.
  private static let timeout = Duration.seconds(600)
}
