import ArgumentParser
import Glibc
import Node
import Office
import Postgres
import Replica

/// What went wrong, for the person or program that started the command.
struct Failure {
  private let error: any Error
  private let arguments: [String]

  init(_ error: any Error, arguments: [String]) {
    self.error = error
    self.arguments = arguments
  }

  /// Writes it to standard error, or the help asked for to standard output; returns the code.
  func show() -> Outcome {
    if let problem = problem {
      show(problem)
      return Refusal(rawValue: problem.refusal)?.outcome ?? .failed
    }
    let message = Guantong.fullMessage(for: error)
    if Guantong.exitCode(for: error) == .success {
      if !message.isEmpty { Printer(words: words).write([message]) }
      return .done
    }
    show(wrongCommandLine(message))
    return .usage
  }

  private var words: Words { CommandWords.words(for: arguments) }

  private var language: Language { words.language }

  private var isJSON: Bool {
    arguments.contains("--json") || arguments.contains("--format=json")
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  private var problem: API.Problem? {
    switch error {
    case let problem as API.Problem: problem
    case let error as OfficeError: error.problem(in: language)
    case let error as NodeError: Self.problem(of: error, in: language)
    case let error as ReplicaError: Self.problem(of: error, in: language)
    case let error as PostgresError: OfficeError(error).problem(in: language)
    default: nil
    }
  }

  private func wrongCommandLine(_ message: String) -> API.Problem {
    guard let (typed, meant) = CommandWords.suggestion(for: arguments) else {
      let detail = message.split(separator: "\n").first.map(String.init) ?? message
      let plain = detail.hasPrefix("Error: ") ? String(detail.dropFirst(7)) : detail
      return OfficeError(.usage, ["detail": plain]).problem(in: language)
    }
    var problem = OfficeError(
      .usage, ["detail": words("command.unknown", ["typed": typed])]
    ).problem(in: language)
    if let meant { problem.next = words("command.meant", ["meant": meant]) }
    return problem
  }

  private func show(_ problem: API.Problem) {
    guard !isJSON else {
      let bytes = (try? JSONValue(encoding: problem))?.encoded() ?? []
      Printer.complain([String(decoding: bytes, as: UTF8.self)])
      return
    }
    let paint = Paint(
      .auto, environment: GlobalOptions.environment, isTerminal: isatty(STDERR_FILENO) == 1)
    let sign = words.sign(.wrong)
    func plain(_ text: String) -> String { VisibleText.of(text, isASCII: words.isASCII) }
    Printer.complain([
      "\(paint("\(sign) \(problem.code) \(plain(problem.title))", .bad))",
      "  \(plain(problem.detail))",
      "  \(words.sign(.next)) \(plain(problem.next))",
    ])
  }

  /// What a failure of the node says, with its own advice.
  private static func problem(of error: NodeError, in language: Language) -> API.Problem {
    let detail = error.words ?? error.message
    let refusal =
      switch error.code {
      case .configuration, .keyFile:
        OfficeError(.configuration, ["path": error.object, "detail": detail])
      case .locked: OfficeError(.locked, ["path": error.object])
      case .address: OfficeError(.portInUse, ["address": error.object])
      case .database: OfficeError(.databaseAway, ["detail": detail])
      case .disk: OfficeError(.file, ["path": error.object, "detail": detail])
      case .peerUnreachable, .peerAnswer:
        OfficeError(.peerUnreachable, ["peer": error.object, "detail": detail])
      }
    var problem = refusal.problem(in: language)
    let next = "\(detail).next"
    if Catalogue.contains(next) {
      problem.next = Catalogue.text(next, ["path": error.object], in: language)
    } else if let hint = error.hint {
      problem.next = hint
    }
    return problem
  }

  /// What a failure of the replica says, with its own advice.
  private static func problem(of error: ReplicaError, in language: Language) -> API.Problem {
    let refusal =
      switch error.code {
      case .binariesMissing:
        OfficeError(.programMissing, ["program": error.object, "package": "postgresql-15"])
      case .inUse: OfficeError(.locked, ["path": error.object])
      case .diskFull: OfficeError(.file, ["path": error.object, "detail": error.reason])
      case .clusterFailed, .programFailed:
        OfficeError(.databaseAway, ["detail": "\(error.object): \(error.reason)"])
      case .damaged, .wentBack:
        OfficeError(.integrity, ["detail": "\(error.object): \(error.reason)"])
      default: OfficeError(.configuration, ["path": error.object, "detail": error.reason])
      }
    var problem = refusal.problem(in: language)
    if let hint = error.hint { problem.next = hint }
    return problem
  }
}

extension Printer {
  /// A printer of plain text.
  init(words: Words) {
    self.init(
      format: .table, words: words,
      paint: Paint(.never, environment: [:], isTerminal: false), isTerminal: false)
  }
}
