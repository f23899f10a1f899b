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
          value: key == .databaseURL && !isRaw ? Self.masked(value.text) : value.text,
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

  /// A database URL without its password.
  static func masked(_ url: String) -> String {
    if let at = url.lastIndex(of: "@"), let scheme = url.firstRange(of: "://") {
      let credentials = url[scheme.upperBound..<at]
      guard let colon = credentials.firstIndex(of: ":") else { return url }
      return url[..<colon] + ":***" + url[at...]
    }
    return url.replacing(/password=[^ &]*/, with: "password=***")
  }
}
