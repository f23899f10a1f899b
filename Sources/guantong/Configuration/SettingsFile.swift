import Office
import Yams

/// Reads `guantong.yaml` into dotted keys, strictly.
enum SettingsFile {
  /// The values of a file; an unknown key is an error that names the nearest known one.
  static func read(
    _ text: String, path: String
  ) throws -> [SettingKey: Settings.Value] {
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Settings.fault(path, "setting.noYAML", ["fault": shorten(error)])
    }
    var values: [SettingKey: Settings.Value] = [:]
    guard let root else { return values }
    guard case .mapping(let mapping) = root else {
      throw Settings.fault(path, "setting.noMapping")
    }
    try collect(mapping, prefix: "", path: path, into: &values)
    return values
  }

  private static let sections = Set(
    SettingKey.allCases.compactMap { key in
      key.rawValue.firstIndex(of: ".").map { String(key.rawValue[..<$0]) }
    })

  private static func collect(
    _ mapping: Yams.Node.Mapping, prefix: String, path: String,
    into values: inout [SettingKey: Settings.Value]
  ) throws {
    for (nameNode, value) in mapping {
      let line = nameNode.mark?.line ?? 0
      let name = prefix + (nameNode.scalar?.string ?? "")
      if case .mapping(let inner) = value, prefix.isEmpty, sections.contains(name) {
        try collect(inner, prefix: "\(name).", path: path, into: &values)
        continue
      }
      guard let key = SettingKey(rawValue: name) else {
        throw Settings.fault(
          "\(path):\(line)", "setting.unknown", ["key": name, "nearest": nearest(to: name)])
      }
      guard let scalar = value.scalar else {
        throw Settings.fault("\(path):\(line)", "setting.oneValue", ["key": name])
      }
      guard values[key] == nil else {
        throw Settings.fault("\(path):\(line)", "setting.twice", ["key": name])
      }
      let text = ["~", "null"].contains(scalar.string) ? "" : scalar.string
      values[key] = Settings.Value(text: text, origin: .file(path, line: line))
    }
  }

  private static func nearest(to name: String) -> String {
    let known = SettingKey.allCases.map(\.rawValue) + sections.sorted()
    return Nearest.word(to: name, among: known)
      ?? known.min { Nearest.edits(name, $0) < Nearest.edits(name, $1) } ?? ""
  }

  private static func shorten(_ error: any Error) -> String {
    "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable"
  }
}
