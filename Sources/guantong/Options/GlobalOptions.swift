import ArgumentParser
import FoundationEssentials
import Glibc
import Office

extension Printer.Format: ExpressibleByArgument {}
extension Paint.Choice: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

/// The options of every command; they may also stand before the verb.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The configuration file of the node.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Who is acting: id or name of a person.", valueName: "person"))
  var person: String?

  @Option(
    help: ArgumentHelp("At the desk of an agency that the node hosts.", valueName: "code"))
  var desk: String?

  @Option(
    help: ArgumentHelp(
      "The office API of a node: http over loopback, https elsewhere.", valueName: "url"))
  var url: String?

  @Option(help: ArgumentHelp("How long to wait for the node's answer.", valueName: "seconds"))
  var timeout: Int?

  @Option(help: "Language of what is shown: zh or en.")
  var lang: Language?

  @Option(help: "How it is shown: table, tsv, csv or json.")
  var format: Printer.Format?

  @Flag(help: "The same as --format json.")
  var json = false

  @Flag(help: "Only ASCII signs.")
  var ascii = false

  @Option(help: "Colours: auto, always or never.")
  var color: Paint.Choice = .auto

  /// Options with a value, for moving them behind the verb.
  static let valued = [
    "--config", "--as", "--desk", "--url", "--timeout", "--lang", "--format", "--color",
  ]
  /// Options without a value.
  static let flags = ["--json", "--ascii"]

  /// The environment of the process.
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// The settings of the node.
  func settings() throws -> Settings {
    try Settings.find(flag: config, environment: Self.environment)
  }

  /// The language: flag, `GUANTONG_LANG`, locale, Chinese.
  var language: Language {
    Self.language(flag: lang, environment: Self.environment)
  }

  /// The language for an environment; the locales C and POSIX name none.
  static func language(flag: Language?, environment: [String: String]) -> Language {
    if let flag { return flag }
    for name in ["GUANTONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
      if let tag = environment[name], let language = Language(tag: tag) { return language }
    }
    return .zh
  }

  /// The printer for standard output.
  var printer: Printer {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return Printer(
      format: json ? .json : format ?? (isTerminal ? .table : .tsv),
      words: Words(language: language, isASCII: ascii),
      paint: Paint(color, environment: Self.environment, isTerminal: isTerminal),
      isTerminal: isTerminal)
  }

  /// A client of the node.
  func client() throws -> NodeClient {
    let environment = Self.environment
    let person = person ?? environment["GUANTONG_AS"]
    let desk = desk ?? environment["GUANTONG_DESK"]
    if let url = url ?? environment["GUANTONG_URL"] {
      return try NodeClient(
        url: url, tokenFile: environment["GUANTONG_TOKEN_FILE"], person: person, desk: desk,
        language: language)
    }
    let settings = try settings()
    return NodeClient(
      socket: settings.files.officeSocket, person: person, desk: desk, language: language,
      startCommand: "guantong node run --config \(settings.file)")
  }

  /// Calls an operation of the node.
  func call<Request, Answer>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request,
    timeout usual: Duration = NodeClient.timeout
  ) async throws -> Answer {
    let limit = timeout.map { Duration.seconds(max(1, $0)) }
    return try await client().call(endpoint, request, timeout: limit ?? usual)
  }

  /// Calls an operation of the node and shows its answer.
  func show<Request, Answer: Pageable>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request,
    timeout: Duration = NodeClient.timeout
  ) async throws {
    try printer.show(try await call(endpoint, request, timeout: timeout))
  }

  /// Calls an operation of the node and shows its answer as what people take into a spreadsheet.
  func sheet<Request, Answer: Pageable>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request
  ) async throws {
    try printer.sheet(try await call(endpoint, request))
  }
}
