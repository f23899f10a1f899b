import Office

/// A page of help that is about no command.
enum HelpTopic: String, CaseIterable {
  case environment
  case exitCodes = "exit-codes"
  case formatting
  case config

  /// The topic that `guantong help TOPIC` asks for.
  init?(_ arguments: [String]) {
    guard arguments.count >= 2, arguments[0] == "help", let topic = Self(rawValue: arguments[1])
    else { return nil }
    self = topic
  }

  /// Writes the page.
  func show(_ words: Words) {
    Printer(words: words).write(lines(words))
  }

  /// The lines of the page.
  func lines(_ words: Words) -> [String] {
    let plain = Paint(.never, environment: [:], isTerminal: false)
    switch self {
    case .exitCodes:
      let rows = Outcome.allCases.map {
        [Table.Cell(String($0.rawValue)), Table.Cell(words("outcome.\($0.rawValue)"))]
      }
      return Table(columns: words.columns("exit#", "meaning"), rows: rows).lines(paint: plain)
    case .environment:
      let special = ["CONFIG", "AS", "DESK", "LANG", "URL", "TOKEN_FILE"].map { name in
        [Table.Cell("GUANTONG_\(name)"), Table.Cell(words("environment.\(name)"))]
      }
      let keys = SettingKey.allCases.map {
        [Table.Cell($0.environmentName), Table.Cell(words("key.\($0.rawValue)"))]
      }
      let others = ["NO_COLOR", "FORCE_COLOR", "XDG_RUNTIME_DIR"].map { name in
        [Table.Cell(name), Table.Cell(words("environment.\(name)"))]
      }
      return Table(columns: words.columns("variable", "meaning"), rows: special + keys + others)
        .lines(paint: plain)
    case .config:
      let rows = SettingKey.allCases.map {
        [
          Table.Cell($0.rawValue), Table.Cell($0.fallback ?? ""),
          Table.Cell(words("key.\($0.rawValue)")),
        ]
      }
      return Table(columns: words.columns("key", "fallback", "meaning"), rows: rows)
        .lines(paint: plain)
    case .formatting:
      return words("help.formatting").split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
  }
}
