/// The few styles of a terminal that we use; none carries a meaning that the words do not.
enum Style: String, Sendable {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case good = "32"
  case warning = "33"
  case bad = "31"
}

/// Whether and how styles are written.
struct Paint: Sendable {
  /// When to write colours.
  enum Choice: String, CaseIterable, Sendable {
    case auto, always, never
  }

  /// Whether styles are written at all.
  let isOn: Bool

  /// Decides: the flag, then `NO_COLOR`, `CLICOLOR_FORCE` and `FORCE_COLOR`, then the terminal.
  init(_ choice: Choice, environment: [String: String], isTerminal: Bool) {
    switch choice {
    case .always: isOn = true
    case .never: isOn = false
    case .auto:
      if environment["NO_COLOR"]?.isEmpty == false || environment["CLICOLOR"] == "0" {
        isOn = false
      } else if Self.isForced(environment) {
        isOn = true
      } else {
        isOn = isTerminal && environment["TERM"] != "dumb"
      }
    }
  }

  /// The text with its style.
  func callAsFunction(_ text: String, _ style: Style) -> String {
    guard isOn, style != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }

  private static func isForced(_ environment: [String: String]) -> Bool {
    ["CLICOLOR_FORCE", "FORCE_COLOR"].contains { name in
      environment[name].map { !$0.isEmpty && $0 != "0" } ?? false
    }
  }
}
