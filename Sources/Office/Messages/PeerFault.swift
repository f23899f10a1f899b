/// Why an exchange with a peer gave nothing: a code for programs, and words for people.
package struct PeerFault: Hashable, Sendable {
  private static let area = "reach."

  /// Name of the message of the catalogue.
  package let words: String
  /// Values for the parameters of the message; one that names a message is shown as its words.
  package let values: [String: String]

  /// Takes the words that a failure names.
  package init(words: String, _ values: [String: String] = [:]) {
    self.words = words
    self.values = values
  }

  /// Names a fault by its code.
  package init(_ code: String, _ values: [String: String] = [:]) {
    self.init(words: Self.area + code, values)
  }

  /// What programs are told, for good.
  package var code: String {
    words.hasPrefix(Self.area) ? String(words.dropFirst(Self.area.count)) : words
  }

  /// What people read.
  ///
  /// ```
  /// PeerFault("page", ["fault": "page.withheld"]).text(in: .en)
  /// // its page was refused: its numbers leave one out or go back
  /// ```
  package func text(in language: Language) -> String {
    Catalogue.text(
      words, values.mapValues { Catalogue.text($0, in: language) }, in: language)
  }
}
