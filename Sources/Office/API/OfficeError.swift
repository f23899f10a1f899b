/// What the office and the CLI throw: a refusal with the values that its sentences name.
package struct OfficeError: Error, Hashable, Sendable {
  /// Why.
  package let refusal: Refusal
  /// Values for the parameters of the sentences; safe to show to whoever asked.
  ///
  /// A value that names a message of the catalogue, such as `verb.accept`, is shown as its words,
  /// with the other values as its parameters.
  package let values: [String: String]

  /// Refuses with values.
  package init(_ refusal: Refusal, _ values: [String: String] = [:]) {
    self.refusal = refusal
    self.values = values
  }

  /// The answer in RFC 9457 form, in the language of the reader.
  package func problem(in language: Language) -> API.Problem {
    API.Problem(
      type: "https://guantong.example/problems/\(refusal.rawValue)",
      code: refusal.code,
      title: text("what", in: language),
      status: refusal.status,
      detail: text("why", in: language),
      next: text("next", in: language),
      refusal: refusal.rawValue)
  }

  private func text(_ sentence: String, in language: Language) -> String {
    let words = worded(by: values, in: language)
    // A detail may itself name a value that is a message: it is filled with the words of that.
    let usual = "refusal.\(refusal.rawValue).\(sentence)"
    let key = sentence == "next" ? nextStep ?? usual : usual
    return Catalogue.text(key, worded(by: words, in: language), in: language)
  }

  /// What to do about the very reason of a conflict, where there are words for that.
  private var nextStep: String? {
    guard refusal == .conflict, let detail = values["detail"] else { return nil }
    let parts = detail.split(separator: ", ", maxSplits: 1).map(String.init)
    let keys = ["next.\(parts.joined(separator: "."))", "next.\(parts.first ?? "")"]
    return keys.first(where: Catalogue.contains)
  }

  /// The values, those that name messages as their words, which are filled with others.
  private func worded(by others: [String: String], in language: Language) -> [String: String] {
    values.mapValues { value in
      value.split(separator: ", ", omittingEmptySubsequences: false)
        .map { Catalogue.text(String($0), others, in: language) }.joined(separator: ", ")
    }
  }
}

extension API {
  /// Media type of a problem.
  package static let problemType = "application/problem+json"

  /// A refusal as RFC 9457 shows it: what happened, why, and what to do next.
  package struct Problem: Codable, Hashable, Sendable, Error {
    /// URI of the kind of problem.
    package var type: String
    /// The code that people quote, `GT-nnnn`.
    package var code: String
    /// What happened.
    package var title: String
    /// The HTTP status.
    package var status: Int
    /// Why.
    package var detail: String
    /// What to do next, and who.
    package var next: String
    /// Name of the refusal; the CLI takes its exit code from it.
    package var refusal: String
  }
}
