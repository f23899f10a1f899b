import Casework
import Ledger

/// What a finding may be about here: the table, and the words that the office added.
struct FindingCategories {
  private let own: [String]

  /// Takes what the office added, as its setting says it.
  init(_ added: String?) {
    own = Self.words(of: added ?? "")
  }

  /// The words of a value of the setting.
  static func words(of value: String) -> [String] {
    value.split(separator: "、").map(String.init)
  }

  /// What stands in the record: the code for a code of the table or its words, else a word of ours.
  ///
  /// - Parameter text: what the draft says; nothing for a finding without a category.
  /// - Returns: the code, or the word as it is; empty for nothing.
  /// - Throws: the refusal of a text that is none of these.
  func stored(_ text: String) throws(OfficeError) -> String {
    let named = FindingCategory.allCases.first { category in
      [category.rawValue, category.term.zh, category.term.en].contains(text)
    }
    if let named { return named.rawValue }
    guard text.isEmpty || own.contains(text) else {
      // Named by their messages, so that whoever reads the refusal reads words.
      let known = FindingCategory.allCases.map { "finding.\($0.rawValue)" } + own
      throw Field.invalid(text, "items.category", known.joined(separator: ", "))
    }
    return text
  }
}
