import ArgumentParser
import Ledger
import Node
import Office

/// `guantong config check`.
struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: Abstract.of("config.check"))

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let settings = try options.settings()
    try Node.check(try NodeConfiguration(settings))
    let hosted = try NodeFilesCheck.run(settings.files).sorted { $0.key < $1.key }.map {
      Hosted(
        agency: $0.rawValue, fingerprint: Fingerprint.of($1.key.publicKey),
        nextFingerprint: $1.next.map { Fingerprint.of($0.publicKey) })
    }
    let printer = options.printer
    guard printer.format != .json else {
      try printer.json(Checked(config: settings.file, hosted: hosted))
      return
    }
    let sign = printer.words.sign(.right)
    printer.write(["\(sign) \(printer.words("config.good", ["path": settings.file]))"])
    printer.write(
      hosted.map {
        printer.words("config.hosted", ["agency": $0.agency, "fingerprint": $0.fingerprint])
      })
  }

  private struct Checked: Codable {
    var schema = "guantong.config-check/v1"
    var config: String
    var valid = true
    var hosted: [Hosted]
  }

  private struct Hosted: Codable {
    var agency: String
    var fingerprint: String
    var nextFingerprint: String?
  }
}
