import FoundationEssentials
import Office

/// The configuration of a node: flags over environment over file over defaults.
struct Settings: Sendable {
  /// Where a value came from.
  enum Origin: Hashable, Sendable, CustomStringConvertible {
    case fallback
    case file(String, line: Int)
    case environment(String)
    case derived

    var description: String {
      switch self {
      case .fallback: "default"
      case .file(let path, let line): "\(path):\(line)"
      case .environment(let name): "$\(name)"
      case .derived: "derived"
      }
    }
  }

  /// A value and where it came from.
  struct Value: Hashable, Sendable {
    var text: String
    var origin: Origin

    /// Why it cannot be the value of a key.
    func refusal(of key: SettingKey) -> OfficeError {
      Settings.fault(
        "\(origin)", "setting.wrong",
        ["key": key.rawValue, "value": key.shown(text), "expected": key.expected])
    }
  }

  /// The absolute path of the file.
  let file: String
  /// One value for each key.
  let values: [SettingKey: Value]
  /// The files of the node.
  let files: NodeFiles

  /// Reads a file and the environment.
  ///
  /// Throws `OfficeError`: `notInitialised` when there is no file, `configuration` when something
  /// in it is wrong.
  init(file: String, environment: [String: String]) throws {
    let path = AbsolutePath.of(file)
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw FileManager.default.fileExists(atPath: path)
        ? OfficeError(.file, ["path": path, "detail": "file.noText"])
        : OfficeError(.notInitialised, ["path": path])
    }
    try self.init(text: text, file: path, environment: environment)
  }

  /// Reads the text of a file, whose absolute path is given, and the environment.
  ///
  /// Throws `OfficeError` `configuration` when something in it is wrong.
  init(text: String, file path: String, environment: [String: String]) throws {
    var values = try SettingsFile.read(text, path: path)
    try SettingsVariables.check(Array(environment.keys))
    for key in SettingKey.allCases {
      if let text = environment[key.environmentName] {
        values[key] = Value(text: text, origin: .environment(key.environmentName))
      } else if values[key] == nil, let fallback = key.fallback {
        values[key] = Value(text: fallback, origin: .fallback)
      }
    }
    for key in SettingKey.allCases {
      guard let value = values[key] else {
        throw Self.fault(path, "setting.missing", ["key": key.rawValue])
      }
      guard key.fault(in: value.text) == nil else { throw value.refusal(of: key) }
    }
    if values[.peerAdvertise]?.text.isEmpty == true, let listen = values[.peerListen]?.text {
      values[.peerAdvertise] = Value(text: "https://\(listen)", origin: .derived)
    }
    self.file = path
    self.values = values
    let directory = values[.dataDirectory]?.text ?? "."
    files = NodeFiles(
      directory: AbsolutePath.of(directory, in: AbsolutePath.parent(of: path)))
  }

  /// Finds the file: flag, `$GUANTONG_CONFIG`, `./guantong.yaml`, `/etc/guantong/guantong.yaml`.
  static func find(flag: String?, environment: [String: String]) throws -> Settings {
    if let named = flag ?? environment["GUANTONG_CONFIG"] {
      return try Settings(file: named, environment: environment)
    }
    let places = ["guantong.yaml", "/etc/guantong/guantong.yaml"]
    guard let found = places.first(where: FileManager.default.fileExists(atPath:)) else {
      throw OfficeError(.notInitialised, ["path": places.joined(separator: ", ")])
    }
    return try Settings(file: found, environment: environment)
  }

  /// The text of a key.
  subscript(key: SettingKey) -> String {
    values[key]?.text ?? ""
  }

  /// The value of a key in the type that it has.
  func value<Kind>(of key: SettingKey, as read: (String) -> Kind?) throws -> Kind {
    let value = values[key] ?? Value(text: "", origin: .fallback)
    guard let read = read(value.text) else { throw value.refusal(of: key) }
    return read
  }

  /// What the particulars publish: the URL of `peer.advertise`, empty for `none`.
  var endpoint: String {
    self[.peerAdvertise] == SettingKey.nobody ? "" : self[.peerAdvertise]
  }

  /// The language that the file asks for.
  var language: Language { Language(rawValue: self[.language]) ?? .zh }

  /// A wrong configuration: where, and a message of the catalogue with its values.
  static func fault(
    _ path: String, _ detail: String, _ values: [String: String] = [:]
  ) -> OfficeError {
    OfficeError(
      .configuration, values.merging(["path": path, "detail": detail]) { $1 })
  }
}
