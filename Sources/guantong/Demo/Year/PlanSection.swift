import Office
import Yams

/// One section of a plan file, read strictly: every key is known, stands once and has a fitting
/// value.
struct PlanSection {
  /// The largest count: what a document may hold in items, twenty times over.
  static let countMax = 10_000
  /// The most entries of one section or list.
  static let entriesMax = 1_000

  private let path: String
  private let name: String
  private let line: Int
  private var entries: [Entry] = []
  private var known: [String] = []

  private struct Entry {
    let key: String
    let value: Yams.Node
    let line: Int
  }

  /// Reads a whole file.
  init(_ text: String, path: String) throws {
    let node: Yams.Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      let fault = "\(error)".split(separator: "\n").first.map(String.init) ?? "-"
      throw Self.fault("\(path)", "year.noYAML", ["fault": fault])
    }
    guard let node else { throw Self.fault(path, "year.noMapping", ["key": "-"]) }
    try self.init(node, path: path, name: "", line: 1)
  }

  private init(_ node: Yams.Node, path: String, name: String, line: Int) throws {
    self.path = path
    self.name = name
    self.line = line
    guard case .mapping(let mapping) = node, mapping.count <= Self.entriesMax else {
      throw Self.fault("\(path):\(line)", "year.noMapping", ["key": name.isEmpty ? "-" : name])
    }
    var keys: Set<String> = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? line
      let text = key.scalar?.string ?? ""
      guard keys.insert(text).inserted else {
        throw Self.fault("\(path):\(line)", "year.twice", ["key": text])
      }
      entries.append(Entry(key: text, value: value, line: line))
    }
  }

  /// A count; 0 when it is absent.
  mutating func count(_ key: String, max: Int = countMax) throws -> Int {
    guard let entry = take(key) else { return 0 }
    return try number(entry, max: max)
  }

  /// A section; nothing stands in it when it is absent.
  mutating func section(_ key: String) throws -> PlanSection {
    guard let entry = take(key) else {
      return try PlanSection(
        Yams.Node([(Yams.Node, Yams.Node)]()), path: path, name: key, line: line)
    }
    return try PlanSection(entry.value, path: path, name: key, line: entry.line)
  }

  /// The names of a section with their counts, in their order.
  mutating func counts(_ key: String) throws -> [YearPlan.Count] {
    var section = try section(key)
    return try section.entries.map { entry in
      section.known.append(entry.key)
      return YearPlan.Count(name: entry.key, count: try number(entry, max: Self.countMax))
    }
  }

  /// A list of words; empty when it is absent.
  mutating func words(_ key: String) throws -> [String] {
    guard let entry = take(key) else { return [] }
    guard case .sequence(let values) = entry.value, values.count <= Self.entriesMax else {
      throw fault(entry.line, "year.noList", ["key": key])
    }
    return try values.map { value in
      guard let text = value.scalar?.string, !text.isEmpty else {
        throw fault(entry.line, "year.noList", ["key": key])
      }
      return text
    }
  }

  /// Refuses a key that nobody asked for.
  func end() throws {
    guard let entry = entries.first(where: { !known.contains($0.key) }) else { return }
    let nearest = known.min { Nearest.edits(entry.key, $0) < Nearest.edits(entry.key, $1) }
    throw fault(entry.line, "year.unknown", ["key": entry.key, "nearest": nearest ?? "-"])
  }

  private mutating func take(_ key: String) -> Entry? {
    known.append(key)
    return entries.first { $0.key == key }
  }

  private func number(_ entry: Entry, max: Int) throws -> Int {
    let text = entry.value.scalar?.string ?? ""
    guard let number = Int(text), (0...max).contains(number) else {
      throw fault(
        entry.line, "year.noCount", ["key": entry.key, "value": text, "limit": String(max)])
    }
    return number
  }

  private func fault(_ line: Int, _ detail: String, _ values: [String: String]) -> OfficeError {
    Self.fault("\(path):\(line)", detail, values)
  }

  /// A plan that cannot be used: where, and why.
  static func fault(
    _ place: String, _ detail: String, _ values: [String: String] = [:]
  ) -> OfficeError {
    OfficeError(.planWrong, values.merging(["path": place, "detail": detail]) { $1 })
  }
}
