import ArgumentParser
import Exchange
import Ledger
import Node
import Office

/// `guantong bundle inspect`.
struct BundleInspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: Abstract.of("bundle.inspect"),
    discussion: """
      Ends with 0 when the signature and every digest hold, with 7 at the first thing that is \
      wrong. Whose key signed it only a directory knows: compare the fingerprint. With --config of \
      the reader's node, which need not run, the envelopes are opened and checked too.
      """)

  @Argument(help: "The bundle.", completion: .file(extensions: ["gtb"]))
  var file: String

  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let inspected = try await InspectedBundle(
      reading: try await PlainFile(path: file).bundle(), keys: try keys())
    try options.printer.show(inspected)
    guard inspected.valid else { throw Ending(outcome: .invalid) }
  }

  /// The keys of a node that was named; the file may be for another.
  private func keys() throws -> DecryptionKeys? {
    guard options.config != nil || GlobalOptions.environment["GUANTONG_CONFIG"] != nil else {
      return nil
    }
    return try EncryptionKeyFiles.existing(
      in: try options.settings().files.keys,
      today: TransportTime.systemTimestamp.civilDate)
  }
}
