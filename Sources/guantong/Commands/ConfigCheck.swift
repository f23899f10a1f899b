import ArgumentParser
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
    try NodeFilesCheck.run(settings.files)
    let printer = options.printer
    guard printer.format != .json else {
      try printer.json(Checked(config: settings.file))
      return
    }
    let sign = printer.words.sign(.right)
    printer.write(["\(sign) \(printer.words("config.good", ["path": settings.file]))"])
  }

  private struct Checked: Codable {
    var schema = "guantong.config-check/v1"
    var config: String
    var valid = true
  }
}
