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

  /// Writes the page, as JSON where that is asked for.
  func show(_ words: Words, isJSON: Bool) throws {
    let printer = Printer(words: words)
    guard isJSON else { return printer.write(lines(words)) }
    try printer.json(page(words))
  }

  /// The lines of the page.
  func lines(_ words: Words) -> [String] {
    let plain = Paint(.never, environment: [:], isTerminal: false)
    let entries = page(words).entries
    let columns: [Table.Column]
    switch self {
    case .exitCodes: columns = words.columns("exit#", "meaning")
    case .environment: columns = words.columns("variable", "meaning")
    case .config:
      return Table(
        columns: words.columns("key", "fallback", "meaning"),
        rows: entries.map {
          [Table.Cell($0.name), Table.Cell($0.fallback ?? ""), Table.Cell($0.meaning)]
        }
      ).lines(paint: plain)
    case .formatting: return entries.map(\.meaning)
    }
    let rows = entries.map { [Table.Cell($0.name), Table.Cell($0.meaning)] }
    return Table(columns: columns, rows: rows).lines(paint: plain)
  }

  /// What the page says.
  private func page(_ words: Words) -> HelpPage {
    switch self {
    case .exitCodes:
      HelpPage(
        topic: rawValue,
        entries: Outcome.allCases.map {
          .init(name: String($0.rawValue), meaning: words("outcome.\($0.rawValue)"))
        })
    case .environment:
      HelpPage(topic: rawValue, entries: environment(words))
    case .config:
      HelpPage(
        topic: rawValue,
        entries: SettingKey.allCases.map {
          .init(
            name: $0.rawValue, fallback: $0.fallback ?? "", meaning: words("key.\($0.rawValue)"))
        })
    case .formatting:
      HelpPage(
        topic: rawValue,
        entries: words("help.formatting").split(separator: "\n", omittingEmptySubsequences: false)
          .map { .init(name: "", meaning: String($0)) })
    }
  }

  private func environment(_ words: Words) -> [HelpPage.Entry] {
    let special = ["CONFIG", "AS", "DESK", "LANG", "URL", "TOKEN_FILE"].map { name in
      HelpPage.Entry(name: "GUANTONG_\(name)", meaning: words("environment.\(name)"))
    }
    let keys = SettingKey.allCases.map {
      HelpPage.Entry(name: $0.environmentName, meaning: words("key.\($0.rawValue)"))
    }
    let others = ["NO_COLOR", "FORCE_COLOR", "XDG_RUNTIME_DIR"].map { name in
      HelpPage.Entry(name: name, meaning: words("environment.\(name)"))
    }
    return special + keys + others
  }
}
