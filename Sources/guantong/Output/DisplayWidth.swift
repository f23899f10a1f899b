/// How many columns of a terminal a text takes.
///
/// From Unicode's EastAsianWidth: wide and full-width characters take two columns, marks that
/// combine take none. Ambiguous ones (`●` `→`) count as one; some Chinese terminals draw two, so
/// they stand only at the start of a cell of the last columns, and `--ascii` avoids them.
enum DisplayWidth {
  /// The columns of a text.
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// The text cut to a number of columns, with `…` where something is missing.
  static func truncated(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    var width = 1
    var kept = ""
    for character in text {
      let next = of(String(character))
      guard width + next <= columns else { break }
      kept.append(character)
      width += next
    }
    return kept + "…"
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
  ]

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return scalar.value < 0x20 ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }
}
