/// The languages that people read.
package enum Language: String, CaseIterable, Sendable {
  /// Simplified Chinese.
  case zh
  /// English.
  case en

  /// The language that a tag such as `zh_CN.UTF-8` or `en-US` asks for; nil for any other.
  package init?(tag: String) {
    self.init(rawValue: String(tag.prefix(2)).lowercased())
  }
}

/// One sentence or word that people see, in every language.
package struct Message: Hashable, Sendable {
  /// Its name; dots part its area from its place.
  package let key: String
  /// Simplified Chinese; parameters in braces.
  package let zh: String
  /// English; the same parameters.
  package let en: String

  init(_ key: String, _ zh: String, _ en: String) {
    self.key = key
    self.zh = zh
    self.en = en
  }

  /// The template in one language.
  package func template(in language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }
}

/// Everything that people read, found by name.
///
/// Words stand here and nowhere else, so that a reader of either language gets the same facts; a
/// test compares the parameters of both.
package enum Catalogue {
  /// Every message.
  package static let messages =
    refusals + codes + commands + tables + story + office + details + help + bundles + backups
    + rebuilds + keyWords + deskWords + sealedParts + figureWords + deadlineWords + calendarWords
    + statements + reports + sampleYear + settingUp + exchangeWords
    + replicas + nextSteps + parties

  private static let index = Dictionary(messages.map { ($0.key, $0) }) { first, _ in first }

  /// Whether there is such a message.
  package static func contains(_ key: String) -> Bool {
    index[key] != nil
  }

  /// The message with its parameters filled in; the key itself when there is no such message.
  package static func text(
    _ key: String, _ values: [String: String] = [:], in language: Language
  ) -> String {
    guard let message = index[key] else { return key }
    return fill(message.template(in: language), values)
  }

  /// What people call a code, such as the state `accepted`; the code itself when it has no name.
  package static func label(_ group: String, _ code: String, in language: Language) -> String {
    index["\(group).\(code)"]?.template(in: language) ?? code
  }

  /// The names in braces of a template, in their order.
  package static func parameters(of template: String) -> [String] {
    template.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
      .compactMap { part in part.firstIndex(of: "}").map { String(part[..<$0]) } }
  }

  private static func fill(_ template: String, _ values: [String: String]) -> String {
    var parts = template.split(separator: "{", omittingEmptySubsequences: false)[...]
    var text = String(parts.removeFirst())
    for part in parts {
      guard let end = part.firstIndex(of: "}") else {
        text += "{\(part)"
        continue
      }
      text += values[String(part[..<end])] ?? "?"
      text += part[part.index(after: end)...]
    }
    return text
  }
}
