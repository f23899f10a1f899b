import Office

/// The variables of the environment that stand for keys of `guantong.yaml`, as strict as the file.
enum SettingsVariables {
  private static let prefix = "GUANTONG_"

  /// Refuses a name that is meant for a key and is none; the error names the nearest known one.
  ///
  /// Meant for a key is what parts a section from its key by `__`, and what differs from a known
  /// name by its underscores alone. Every other `GUANTONG_…` is none of the configuration's.
  static func check(_ names: [String]) throws {
    let known = SettingKey.allCases.map(\.environmentName)
    for name in names.sorted() where name.hasPrefix(prefix) && !known.contains(name) {
      let isMeant =
        name.dropFirst(prefix.count).contains("__")
        || known.contains { letters(of: $0) == letters(of: name) }
      guard isMeant else { continue }
      let nearest =
        known.min { Nearest.edits(name, $0) < Nearest.edits(name, $1) } ?? ""
      throw Settings.fault(
        "$\(name)", "setting.unknown", ["key": name, "nearest": nearest])
    }
  }

  private static func letters(of name: String) -> String { name.filter { $0 != "_" } }
}
