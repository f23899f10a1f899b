package import Casework
package import Ledger

/// Reads the fields of a request, and refuses with the name of the field that is wrong.
///
/// The API is text and numbers; from here on everything is typed.
package enum Field {
  /// A text that must say something; white space around it is dropped.
  package static func text(_ value: String, _ name: String) throws(OfficeError) -> String {
    let text = trimmed(value)
    guard !text.isEmpty else { throw OfficeError(.missingValue, ["field": name]) }
    return try bounded(text, name)
  }

  /// A title, name or number: one line that must say something, of at most `lineCharactersMax`.
  ///
  /// Nothing in it steers a display: a title is read in lists, on terminals and in file names.
  package static func line(_ value: String, _ name: String) throws(OfficeError) -> String {
    try short(try text(value, name), name)
  }

  /// Such a line that may be absent.
  package static func optionalLine(
    _ value: String?, _ name: String
  ) throws(OfficeError) -> String {
    try short(try optionalText(value, name), name)
  }

  private static func short(_ line: String, _ name: String) throws(OfficeError) -> String {
    guard line.count <= Limits.lineCharactersMax else {
      throw invalid(line, name, "value.short")
    }
    if let scalar = line.unicodeScalars.first(where: Steering.steers) {
      throw invalid(code(of: scalar), name, "value.line")
    }
    return line
  }

  /// A text that may be absent.
  package static func optionalText(
    _ value: String?, _ name: String
  ) throws(OfficeError) -> String {
    try bounded(trimmed(value ?? ""), name)
  }

  /// An agency code.
  package static func agency(_ value: String, _ name: String) throws(OfficeError) -> AgencyCode {
    guard let code = AgencyCode(trimmed(value)) else {
      throw invalid(value, name, "expected.agency")
    }
    return code
  }

  /// Agency codes, in ascending order and each once.
  package static func agencies(
    _ values: [String], _ name: String
  ) throws(OfficeError) -> [AgencyCode] {
    var codes: Set<AgencyCode> = []
    for value in values { codes.insert(try agency(value, name)) }
    return codes.sorted()
  }

  /// A date that may be absent.
  package static func date(_ value: String?, _ name: String) throws(OfficeError) -> CivilDate? {
    guard let value, !value.isEmpty else { return nil }
    guard let date = CivilDate(value) else { throw invalid(value, name, "YYYY-MM-DD") }
    return date
  }

  /// A record id.
  package static func record(_ value: String, _ name: String) throws(OfficeError) -> RecordID {
    guard let id = RecordID(uuidString: trimmed(value)) else { throw invalid(value, name, "UUID") }
    return id
  }

  /// A code of a table.
  package static func code<Code: CodeTable>(
    _ value: String, _ name: String, as type: Code.Type = Code.self
  ) throws(OfficeError) -> Code {
    guard let code = Code(rawValue: trimmed(value)) else {
      throw invalid(value, name, among: Code.allCases.map(\.rawValue))
    }
    return code
  }

  /// One of some words that may be absent.
  package static func optionalWord(
    _ value: String?, _ name: String, among words: [String]
  ) throws(OfficeError) -> String? {
    guard let value, !value.isEmpty else { return nil }
    let word = trimmed(value)
    guard words.contains(word) else { throw invalid(value, name, among: words) }
    return word
  }

  /// A code of a table that may be absent.
  package static func optionalCode<Code: CodeTable>(
    _ value: String?, _ name: String, as type: Code.Type = Code.self
  ) throws(OfficeError) -> Code? {
    guard let value, !value.isEmpty else { return nil }
    return try code(value, name)
  }

  /// How far something may be known; a state secret is refused before anything is kept.
  package static func classification(_ value: String?) throws(OfficeError) -> Classification {
    guard let value, !value.isEmpty else { return .internal }
    switch Classification.reading(trimmed(value)) {
    case .level(let level): return level
    case .stateSecret(let level): throw OfficeError(.classified, ["value": level])
    case .unknown:
      throw invalid(
        value, "classification", Classification.allCases.map(\.rawValue).joined(separator: " | "))
    }
  }

  /// Refuses a text that carries the mark of a state secret, before anything of it is kept.
  package static func notSecret(_ text: String) throws(OfficeError) {
    guard let level = Classification.stateSecretMark(in: text) else { return }
    throw OfficeError(.classified, ["value": level])
  }

  /// The entries of a page and the number of entries before it.
  package static func page(
    _ page: Int?, _ limit: Int?
  ) throws(OfficeError) -> (limit: Int, offset: Int, number: Int) {
    let number = page ?? 1
    let limit = limit ?? Limits.pageDefault
    guard number >= 1, number <= Limits.pageNumberMax else {
      throw invalid(String(number), "page", "1…\(Limits.pageNumberMax)")
    }
    guard (1...Limits.pageMax).contains(limit) else {
      throw invalid(String(limit), "limit", "1…\(Limits.pageMax)")
    }
    return (limit, (number - 1) * limit, number)
  }

  /// The refusal of a value.
  package static func invalid(
    _ value: String, _ name: String, _ expected: String
  ) -> OfficeError {
    OfficeError(
      .invalidValue,
      [
        "field": name, "value": String(value.prefix(Limits.quotedCharactersMax)),
        "expected": expected,
      ])
  }

  /// The refusal of a word that is none of those known, with the one that was probably meant.
  private static func invalid(
    _ value: String, _ name: String, among words: [String]
  ) -> OfficeError {
    let known = words.joined(separator: " | ")
    guard let nearest = Nearest.word(to: trimmed(value), among: words) else {
      return invalid(value, name, known)
    }
    let error = invalid(value, name, "value.meant")
    return OfficeError(
      error.refusal, error.values.merging(["known": known, "nearest": nearest]) { $1 })
  }

  private static func bounded(_ text: String, _ name: String) throws(OfficeError) -> String {
    guard text.utf8.count <= Limits.textBytesMax else {
      throw OfficeError(
        .tooLarge, ["bytes": String(text.utf8.count), "limit": String(Limits.textBytesMax)])
    }
    try notSecret(text)
    let lawful: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
    if let scalar = text.unicodeScalars.first(where: {
      Steering.isControl($0) && !lawful.contains($0)
    }) {
      throw invalid(code(of: scalar), name, "value.text")
    }
    return text
  }

  /// How people call a character that they cannot see.
  private static func code(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func trimmed(_ text: String) -> String {
    let characters = text.drop(while: \.isWhitespace)
    guard let last = characters.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(characters[...last])
  }
}
