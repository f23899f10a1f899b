import FoundationEssentials
import Office
import Subprocess
import Synchronization
import SystemPackage

/// Tells the story step by step, and checks every step by commands that a reader can repeat.
final class Teller: Sendable {
  /// What one command left.
  struct Ran: Sendable {
    /// The command line, as a reader repeats it.
    let command: String
    /// Its exit code; -1 when a signal ended it.
    let code: Int32
    /// Its standard output.
    let output: String
    /// Its standard error.
    let errors: String

    /// Its output as JSON.
    var json: JSONValue { (try? JSONValue(parsing: output.utf8)) ?? .null }

    /// What it said went wrong, as JSON.
    var problem: JSONValue { (try? JSONValue(parsing: errors.utf8)) ?? .null }
  }

  /// A check that did not hold.
  struct Unmet: Error, CustomStringConvertible {
    /// What was found instead, with the command that found it.
    let description: String
  }

  /// Where the demo is.
  let place: DemoPlace
  /// Its agencies.
  let agencies: [DemoAgency]
  private let printer: Printer
  private let state = Mutex(State())

  private struct State {
    var step = 0
    var failures = 0
    var latencies: [Duration] = []
  }

  init(printer: Printer, place: DemoPlace, agencies: [DemoAgency]) {
    self.printer = printer
    self.place = place
    self.agencies = agencies
  }

  /// Tells one step: what holds, and the command that shows it, which the body returns.
  ///
  /// A step that fails is told and the story goes on, so that one run shows all that is wrong.
  func step(_ key: String, _ body: () async throws -> String) async {
    let number = state.withLock { state in
      state.step += 1
      return state.step
    }
    let what = printer.words("story.\(key)")
    do {
      let evidence = try await body()
      tell(number, isRight: true, what, evidence)
    } catch {
      state.withLock { $0.failures += 1 }
      tell(number, isRight: false, what, Self.words(of: error))
    }
  }

  /// Runs one command of this program on an agency's node and expects its code.
  @discardableResult
  func run(
    _ code: String, _ words: [String], as person: DemoPerson? = nil, expecting: Int32 = 0
  ) async throws -> Ran {
    var words = words
    if let person { words += ["--as", person.rawValue] }
    return try await program(words + ["--config", place.config(code)], expecting: expecting)
  }

  /// Runs one command of this program and expects its code.
  @discardableResult
  func program(_ words: [String], expecting: Int32 = 0) async throws -> Ran {
    try await command(DemoNode.executable, named: "guantong", words, expecting: expecting)
  }

  /// Runs another program and expects its code; for what a reader checks without ours.
  @discardableResult
  func other(_ name: String, _ words: [String], expecting: Int32 = 0) async throws -> Ran {
    try await command(name, named: name, words, expecting: expecting)
  }

  /// Asks the reader of an agency's database.
  func sql(_ code: String, _ query: String) async throws -> Ran {
    let sheet = try DemoSheet.read(in: place.directory)
    return try await command(
      "psql", named: "psql", ["-XAtq", "-c", query, try sheet.entry(code).readerUrl],
      expecting: 0)
  }

  /// How long a step waits for what must come: only one that fails waits so long.
  static let patience = Duration.seconds(120)

  /// Repeats a check until it holds; a reader repeats it once.
  @discardableResult
  func eventually(_ check: () async throws -> Ran?) async throws -> Ran {
    let end = ContinuousClock.now + Self.patience
    while true {
      do {
        if let ran = try await check() { return ran }
        if ContinuousClock.now > end { throw Unmet(description: "not within \(Self.patience)") }
      } catch {
        if ContinuousClock.now > end { throw error }
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Notes how long each step took from the answer that it is committed to its being visible at a
  /// peer.
  func note(latencies: [Duration]) {
    state.withLock { $0.latencies += latencies }
  }

  /// Tells the last line, and how the story ended.
  func close() -> Outcome {
    let (steps, failures, latencies) = state.withLock { ($0.step, $0.failures, $0.latencies) }
    let sorted = latencies.sorted()
    let median = sorted.isEmpty ? 0 : sorted[sorted.count / 2] / .milliseconds(1)
    let isRight = failures == 0
    guard printer.format != .json else {
      let line = Ending(
        steps: steps, failures: failures, ok: isRight, latencyMedianMilliseconds: Int(median))
      try? printer.json(line)
      return isRight ? .done : .failed
    }
    printer.write([
      printer.words(
        isRight ? "story.good" : "story.bad",
        [
          "steps": "\(steps)", "failures": "\(failures)", "median": "\(Int(median))",
          "samples": "\(sorted.count)",
        ])
    ])
    return isRight ? .done : .failed
  }

  private struct Ending: Codable {
    var schema = "guantong.demo-story/v1"
    var steps: Int
    var failures: Int
    var ok: Bool
    var latencyMedianMilliseconds: Int
  }

  private struct Line: Codable {
    var step: String
    var ok: Bool
    var checked: String
  }

  private func tell(_ number: Int, isRight: Bool, _ what: String, _ evidence: String) {
    let plain = VisibleText.of(
      evidence.split(whereSeparator: \.isNewline).joined(separator: " | "),
      isASCII: printer.words.isASCII)
    guard printer.format != .json else {
      try? printer.json(Line(step: "\(number) \(what)", ok: isRight, checked: plain))
      return
    }
    let sign = isRight ? printer.paint("ok", .good) : printer.paint("FAIL", .bad)
    printer.write(["\(sign) \(number) \(what)  \(printer.paint(plain, .dim))"])
  }

  private static func words(of error: any Error) -> String {
    switch error {
    case let unmet as Unmet: unmet.description
    case let error as OfficeError:
      "\(error.refusal.code) \(error.problem(in: .en).title): \(error.problem(in: .en).detail)"
    default: "\(error)"
    }
  }

  private func command(
    _ path: String, named name: String, _ words: [String], expecting: Int32
  ) async throws -> Ran {
    let result = try await Subprocess.run(
      path.hasPrefix("/") ? .path(FilePath(path)) : .name(path), arguments: Arguments(words),
      environment: .inherit.updating(DemoEnvironment.changes(setting: ["GUANTONG_LANG": "en"])),
      workingDirectory: "/", output: .string(limit: Self.outputBytesMax),
      error: .string(limit: Self.outputBytesMax))
    var code: Int32 = -1
    if case .exited(let exited) = result.terminationStatus { code = exited }
    let ran = Ran(
      command: ([name] + words.map(Self.quoted)).joined(separator: " "), code: code,
      output: result.standardOutput, errors: result.standardError)
    guard code == expecting else {
      throw Unmet(
        description: "\(ran.command) ended with \(code), not \(expecting): \(ran.errors)")
    }
    return ran
  }

  /// The largest answer of the story is a dossier of 40 acts, 40 KiB.
  private static let outputBytesMax = 4 << 20

  /// A word as a shell reads it.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.allSatisfy {
        $0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0)
      }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}

extension Teller.Ran {
  /// The text of a field of the JSON, its names joined by dots.
  func text(_ path: String) throws -> String {
    var value: JSONValue? = json
    for name in path.split(separator: ".") { value = value?[String(name)] }
    guard let text = value?.text, value != .null else {
      throw Teller.Unmet(description: "\(command) has no \(path): \(output.prefix(400))")
    }
    return text
  }

  /// The list of a field of the JSON.
  func list(_ name: String) -> [JSONValue] {
    guard case .array(let values) = json[name] else { return [] }
    return values
  }

  /// Expects a field to have a value; gives the run for another look.
  @discardableResult
  func expect(_ path: String, _ expected: String) throws -> Teller.Ran {
    let found = try text(path)
    guard found == expected else {
      throw Teller.Unmet(description: "\(command): \(path) is \(found), not \(expected)")
    }
    return self
  }
}

extension Teller.Ran {
  /// The one peer of a `status --peer`.
  var peer: JSONValue? { list("peers").first }

  /// Expects a field of that peer to have a value.
  @discardableResult
  func peer(_ field: String, is expected: String) throws -> Teller.Ran {
    guard let found = peer?[field]?.text, found == expected else {
      throw Teller.Unmet(
        description: "\(command): \(field) is \(peer?[field]?.text ?? "absent"), not \(expected)")
    }
    return self
  }
}
