import Foundation

/// The sheet of one run, as JSON of schema `guantong.bench/v1` or as a table for people.
struct Sheet: Encodable {
  let schema = "guantong.bench/v1"
  let machine: String
  let date: String
  let commit: String
  let versions: [String: String]
  let settings: [String: String]
  let scale: Double
  let work: [WorkResult]

  /// The sheet of some results of a program, here and now.
  init(_ work: [WorkResult], of program: String, scale: Double) throws {
    self.work = work
    self.scale = scale
    machine = Self.machine()
    date = ISO8601DateFormatter().string(from: Date())
    let said = try Program.run([program, "version", "--json"])
    let version = try OfficeConnection.decode(Version.self, Data(said.utf8))
    commit = version.commit
    versions = [
      "guantong": version.version,
      "postgresql": try Program.run(["\(Program.postgres)/postgres", "--version"])
        .split(whereSeparator: \.isWhitespace).first { $0.first?.isNumber == true }
        .map(String.init) ?? "unknown",
      "bucardo": Bucardo.version ?? "not installed",
    ]
    settings = Dictionary(uniqueKeysWithValues: Cluster.settings)
  }

  /// As one JSON object.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// When, where and of what it was taken, in one line.
  var origin: String {
    let versions = versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "\(date), \(machine), commit \(commit.prefix(12)), scale \(scale), "
      + versions.joined(separator: ", ")
  }

  /// As a table in Markdown, with what is needed to judge it above.
  func markdown() -> String {
    let settings = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var lines = [
      "\(origin).",
      "Settings of every cluster: \(settings.joined(separator: ", ")).", "",
      "| Work | Measure | Unit | Ours (min–max) | Peer | Theirs (min–max) | Ratio | Goal | Met |",
      "|---|---|---|---|---|---|---|---|---|",
    ]
    for result in work {
      let ratio = result.ratio.map { Self.text($0) } ?? "–"
      let met = result.equalRows ? (result.met ? "yes" : "no") : "rows differ: no figure"
      let cells = [
        result.id, result.measure, result.unit, Self.text(result.ours), result.peer ?? "–",
        Self.text(result.theirs), ratio, result.goal, met,
      ]
      lines.append("| \(cells.joined(separator: " | ")) |")
    }
    return lines.joined(separator: "\n")
  }

  private static func text(_ spread: Spread?) -> String {
    spread.map { "\(text($0.median)) (\(text($0.min))–\(text($0.max)))" } ?? "–"
  }

  /// Three digits that matter, or all before the point.
  private static func text(_ value: Double) -> String {
    switch abs(value) {
    case 100...: String(format: "%.0f", value)
    case 10...: String(format: "%.1f", value)
    default: String(format: "%.2f", value)
    }
  }

  private static func machine() -> String {
    let bytes = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
    let model = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let memory = ProcessInfo.processInfo.physicalMemory >> 30
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "\(model ?? "unknown processor"), \(cores) cores, \(memory) GiB"
  }

  private struct Version: Decodable {
    let version: String
    let commit: String
  }
}
