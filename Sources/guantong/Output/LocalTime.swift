import Ledger

/// Instants as people in Asia/Shanghai read them, whatever the machine's zone.
enum LocalTime {
  /// `2026-11-23 21:05:11 +08:00`; the text itself when it is no time.
  static func clock(_ text: String) -> String {
    guard let time = Timestamp(text) else { return text }
    let local = time.adding(seconds: 8 * 3_600).description
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(8)) +08:00"
  }

  /// How long ago it was, in words.
  static func ago(_ text: String?, now: String, words: Words) -> String {
    guard let text else { return words("ago.never") }
    guard let time = Timestamp(text), let now = Timestamp(now) else { return text }
    let seconds = max(0, (now.microseconds - time.microseconds) / 1_000_000)
    return switch seconds {
    case ..<120: words("ago.seconds", ["n": String(seconds)])
    case ..<7_200: words("ago.minutes", ["n": String(seconds / 60)])
    case ..<172_800: words("ago.hours", ["n": String(seconds / 3_600)])
    default: words("ago.days", ["n": String(seconds / 86_400)])
    }
  }

  /// How long it is, in words, in the largest unit that gives at least two of it.
  static func span(_ seconds: UInt64, words: Words) -> String {
    switch seconds {
    case ..<120: words("span.seconds", ["n": String(seconds)])
    case ..<7_200: words("span.minutes", ["n": String(seconds / 60)])
    case ..<172_800: words("span.hours", ["n": String(seconds / 3_600)])
    default: words("span.days", ["n": String(seconds / 86_400)])
    }
  }
}
