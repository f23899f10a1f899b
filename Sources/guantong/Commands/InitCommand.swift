import ArgumentParser
import Office

/// `guantong init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: Abstract.of("init"))

  @Option(help: ArgumentHelp("The directory to make.", valueName: "directory"))
  var dir: String

  @Option(help: ArgumentHelp("Code of the agency, such as 420300-JW.", valueName: "code"))
  var agency: String

  @OptionGroup var profile: ProfileOptions

  @Flag(help: "Found a directory with this agency as registrar.")
  var registrar = false

  @Flag(help: "Hold sample data; such a node never pairs with a real one.")
  var sample = false

  @Option(help: ArgumentHelp("Where peers reach the node.", valueName: "address"))
  var peerListen = "127.0.0.1:8401"

  @Option(
    help: ArgumentHelp(
      """
      How the directory says it: a URL, or none for a node that only dials out; \
      https:// and --peer-listen when absent.
      """, valueName: "url"))
  var peerAdvertise: String?

  @Option(help: ArgumentHelp("Where health and metrics are.", valueName: "address"))
  var opsListen = "127.0.0.1:9401"

  @Option(help: ArgumentHelp("A libpq URI; the embedded cluster when absent.", valueName: "uri"))
  var databaseUrl: String?

  @Option(help: "A person: name=…;roles=handler,registry;section=…;post=…")
  var person: [PersonWord] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let blueprint = NodeBlueprint(
      directory: AbsolutePath.of(dir),
      values: [
        .agency: agency, .peerListen: peerListen, .peerAdvertise: peerAdvertise ?? "",
        .opsListen: opsListen,
        .databaseURL: databaseUrl ?? "", .language: options.language.rawValue,
        .sample: sample ? "true" : "false",
      ],
      firstStart: API.FirstStart(
        registrar: registrar, profile: profile.profile(code: agency),
        people: person.map(\.person)))
    let made = try blueprint.make()
    let printer = options.printer
    guard printer.format != .json else {
      try printer.json(made)
      return
    }
    printer.write([
      printer.words("init.done", ["agency": agency, "path": made.directory])
    ])
    if profile.described.kind == nil { printer.write([printer.words("init.unit")]) }
    printer.write([
      printer.words("init.fingerprint", ["fingerprint": made.fingerprint]),
      printer.words("init.next", ["config": made.config]),
    ])
  }
}
