import Crypto
import FoundationEssentials
import Ledger
import Office
import Synchronization

/// Loads a sample year into a demo that is up.
struct SampleYear: Sendable {
  /// The file of a demo's directory that says which year is loaded.
  static let mark = "year.json"
  /// How long everybody may take to have everything once the last step is taken.
  static let settleMax = Duration.seconds(120)

  /// What happens in it.
  let plan: YearPlan
  /// The text of the plan, by which a loaded year is known again.
  let text: String
  /// Where its random numbers begin.
  let seed: UInt64
  /// How often everything happens.
  let scale: Int

  /// The year of a plan file, or the one that comes with the program.
  init(path: String?, seed: UInt64, scale: Int, agencies: [String]) throws {
    let name = path ?? "sample"
    text = try path.map { try YearPlan.text(at: $0) } ?? YearPlan.sampleText
    plan = try YearPlan(text, path: name)
    try plan.check(name, among: agencies)
    self.seed = seed
    self.scale = scale
  }

  /// What is written down of a loaded year.
  struct Mark: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    var schema = "guantong.demo-year/v1"
    /// The beginning of the SHA-256 of the plan.
    var plan: String
    /// Where its random numbers began.
    var seed: UInt64
    /// How often everything happened.
    var scale: Int
    /// Steps taken.
    var steps: Int
    /// Change sets written by them.
    var changeSets: Int
    /// Seconds from the first step to everybody having everything.
    var seconds: Int
  }

  /// The beginning of the SHA-256 of the plan.
  private var digest: String {
    SHA256.hash(data: Array(text.utf8)).prefix(4)
      .map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }.joined()
  }

  /// Takes every step of the year, waits until everybody has everything, and says how long it took.
  ///
  /// A year that was loaded before is left as it is; another one is refused.
  func load(into place: DemoPlace, _ agencies: [String], _ printer: Printer) async throws {
    let path = "\(place.directory)/\(Self.mark)"
    if let bytes = FileManager.default.contents(atPath: path) {
      let loaded = try? JSONValue(parsing: bytes).decoded(as: Mark.self)
      guard loaded?.plan == digest, loaded?.seed == seed, loaded?.scale == scale else {
        throw OfficeError(.usage, ["detail": "year.other"])
      }
      return printer.write([printer.words("year.there", ["path": path])])
    }
    let timeline = try Timeline(plan, seed: seed, scale: scale, agencies: agencies)
    let total = timeline.steps.count
    printer.write([
      printer.words("year.begins", ["year": "\(plan.year)", "steps": "\(total)"])
    ])
    let client = Self.clients(place)
    for agency in agencies {
      _ = try await client(agency, nil)
        .call(API.clock, API.ClockRequest(set: timeline.today.description))
    }
    let begin = ContinuousClock.now
    let tenth = Mutex(0)
    let player = YearPlayer(
      timeline: timeline, run: "year-\(digest)-\(seed)-\(scale)", client: client)
    let answers = try await player.play { done, step in
      let part = done * 10 / total
      let isNew = tenth.withLock { last in
        defer { last = max(last, part) }
        return part > last
      }
      guard isNew else { return }
      printer.write([
        printer.words(
          "year.goes", ["percent": "\(part * 10)", "month": "\(step.on.description.prefix(7))"])
      ])
    }
    try await settle(agencies, client)
    let seconds = Int((ContinuousClock.now - begin) / .seconds(1))
    let mark = Mark(
      plan: digest, seed: seed, scale: scale, steps: total, changeSets: answers.changeSets,
      seconds: seconds)
    try FileOutput.write(try JSONValue(encoding: mark).encoded(indented: true) + [0x0A], to: path)
    printer.write([
      printer.words(
        "year.loaded",
        [
          "steps": "\(total)", "changes": "\(answers.changeSets)",
          "agencies": "\(agencies.count)", "seconds": "\(seconds)",
          "today": timeline.today.description,
        ])
    ])
  }

  /// Waits until no node has anything that another one lacks.
  private func settle(
    _ agencies: [String], _ client: @Sendable (String, DemoPerson?) throws -> NodeClient
  ) async throws {
    let end = ContinuousClock.now + Self.settleMax
    for agency in agencies {
      let reader = try client(agency, nil)
      while true {
        let status = try await reader.call(API.status, API.StatusRequest())
        let waiting = status.peers.filter { $0.outgoing > 0 || $0.incoming > 0 || $0.held > 0 }
        guard let peer = waiting.first else { break }
        guard ContinuousClock.now < end else {
          throw OfficeError(.unavailable, ["detail": "\(agency) → \(peer.agency)"])
        }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private static func clients(
    _ place: DemoPlace
  ) -> @Sendable (String, DemoPerson?) throws -> NodeClient {
    { code, person in
      let settings = try Settings(file: place.config(code), environment: [:])
      return NodeClient(
        socket: settings.files.officeSocket, person: person?.rawValue, language: .en,
        startCommand: "guantong node run --config \(settings.file)")
    }
  }
}
