import Postgres

/// The settings and what follows from them, as `config show` lists them.
struct SettingsListing {
  /// One line.
  struct Entry: Codable, Hashable, Sendable {
    /// Dotted name.
    var key: String
    /// The value; secrets masked unless asked for raw.
    var value: String
    /// Where it came from.
    var origin: String
  }

  /// The JSON of `config show`.
  struct Shape: Codable {
    var schema = "guantong.config/v1"
    var settings: [Entry]
  }

  /// The lines in the order of the table of keys, derived ones after.
  let entries: [Entry]

  init(_ settings: Settings, isRaw: Bool) {
    let given = SettingKey.allCases.compactMap { key in
      settings.values[key].map { value in
        Entry(
          key: key.rawValue,
          value: isRaw ? value.text : key.shown(value.text),
          origin: "\(value.origin)")
      }
    }
    let files = settings.files
    let why = files.isShortened ? "derived (the usual path is over 107 bytes)" : "derived"
    let isEmbedded = settings[.databaseURL].isEmpty
    entries =
      given + [
        Entry(key: "config", value: settings.file, origin: "derived"),
        Entry(key: "directory", value: files.directory, origin: "derived"),
        Entry(key: "office.socket", value: files.officeSocket, origin: why),
        Entry(key: "database.sockets", value: files.databaseSockets, origin: why),
        Entry(
          key: "database.reader_url", value: isEmbedded ? files.readerURL : "",
          origin: isEmbedded ? why : "reader.own"),
      ]
  }

  /// A database URL without its passwords: as it stands where libpq finds none in it, else as
  /// keywords; nothing of one that libpq cannot read.
  static func masked(_ url: String) -> String {
    guard let keywords = try? ConnectionConfiguration(parsing: url).keywords else { return "***" }
    func isSecret(_ keyword: String) -> Bool {
      ["password", "secret", "scram"].contains { keyword.contains($0) }
    }
    guard keywords.keys.contains(where: isSecret) else { return url }
    return keywords.sorted { $0.key < $1.key }
      .map { "\($0)=\(isSecret($0) ? "***" : quoted($1))" }.joined(separator: " ")
  }

  /// A value as libpq reads it in a keyword string.
  private static func quoted(_ value: String) -> String {
    guard value.isEmpty || value.contains(where: { $0.isWhitespace || "'\\".contains($0) }) else {
      return value
    }
    let escaped = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "'\(escaped)'"
  }
}
