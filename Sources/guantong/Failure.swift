import ArgumentParser
import Glibc
import Office

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
    if Guantong.exitCode(for: error) == .success {
      let message = Guantong.fullMessage(for: error)
      if !message.isEmpty { Printer(words: words).write([message]) }
      return .done
    }
    let problem = problem
    show(problem)
    return problem.outcome
  }

  private var words: Words { CommandWords.words(for: arguments) }

  private var language: Language { words.language }

  private var isJSON: Bool { CommandWords.isJSON(arguments) }

  /// What is said of it: only what the parser refuses is a wrong command line.
  var problem: API.Problem {
    if let problem = Self.problem(of: error, in: language) { return problem }
    guard Guantong.exitCode(for: error) == .validationFailure else {
      return OfficeError(.programFault, ["detail": "\(error)"]).problem(in: language)
    }
    return wrongCommandLine(Guantong.fullMessage(for: error))
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
}

extension Printer {
  /// A printer of plain text.
  init(words: Words) {
    self.init(
      format: .table, words: words,
      paint: Paint(.never, environment: [:], isTerminal: false), isTerminal: false)
  }
}
