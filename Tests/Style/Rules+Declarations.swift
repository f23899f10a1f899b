extension Rules {
  private static let modifiers = SwiftText.modifiers.subtracting(["package", "public", "open"])

  /// What every other module may use says in a sentence what it is.
  ///
  /// Whatever fulfils a requirement of a protocol is documented there, once.
  static func undocumented(
    _ file: SourceFile, requirements: Set<String> = wellKnownRequirements
  ) -> [Violation] {
    file.code.lines.indices.compactMap { index in
      let line = file.code.lines[index]
      let words = SwiftText.words(line).drop { modifiers.contains($0) || $0.hasPrefix("@") }
      guard words.first == "package", words.dropFirst().first != "import" else { return nil }
      if let member = member(line), requirements.contains(member) { return nil }
      return documentation(of: file, above: index)
    }
  }

  /// Requirements of protocols of the language.
  static let wellKnownRequirements: Set<String> = [
    "==", "<", "hash", "description", "debugDescription", "encode", "rawValue", "init(from decoder",
  ]

  /// What a line declares: the name of a function or property, or an initializer's parameters.
  private static func member(_ line: String) -> String? {
    let words = line.split { $0 == " " || $0 == "(" || $0 == ":" }
    if let keyword = words.firstIndex(where: { $0 == "func" || $0 == "var" || $0 == "let" }) {
      return keyword + 1 < words.count ? String(words[keyword + 1]) : nil
    }
    guard let keyword = words.firstIndex(where: { $0.hasPrefix("init") }) else { return nil }
    let text = line[words[keyword].startIndex...].prefix { $0 != "{" && $0 != ":" }
    return String(text.filter { $0 != "?" })
  }

  /// What protocols of a file require, each documented where it stands.
  static func requirements(_ file: SourceFile) -> [String] {
    file.code.lines.enumerated().compactMap { index, line in
      guard file.code.isInProtocol(index), documentation(of: file, above: index) == nil else {
        return nil
      }
      return member(line)
    }
  }

  private static func documentation(of file: SourceFile, above declaration: Int) -> Violation? {
    func trimmed(_ index: Int) -> Substring { file.lines[index].drop { $0 == " " } }
    var index = declaration - 1
    // Attributes may stand between, over several lines too.
    while index >= 0, trimmed(index).hasPrefix("@") || trimmed(index).hasPrefix(")") { index -= 1 }
    guard index >= 0, trimmed(index).hasPrefix("///") else {
      return file.violation(declaration, "no doc comment")
    }
    while index > 0, trimmed(index - 1).hasPrefix("///") { index -= 1 }
    let first = index
    // That it is one sentence is for the formatter's lint to say.
    while index + 1 < declaration, trimmed(index + 1).hasPrefix("/// ") { index += 1 }
    return trimmed(index).hasSuffix(".") && trimmed(first).count > "/// .".count
      ? nil : file.violation(first, "a doc comment begins with a sentence that ends in a period")
  }

  /// Access that reaches outside the package: there is no outside.
  static func outsideAccess(_ file: SourceFile) -> [Violation] {
    file.code.lines.enumerated().compactMap { index, line in
      let words = SwiftText.words(line)
      guard let place = words.firstIndex(where: { $0 == "public" || $0 == "open" }),
        words[..<place].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") }),
        place + 1 < words.count, declarations.contains(words[place + 1])
      else { return nil }
      return file.violation(index, "\(words[place]): use package")
    }
  }

  private static let declarations = modifiers.union([
    "func", "var", "let", "struct", "enum", "class", "actor", "protocol", "typealias", "extension",
    "init", "subscript", "import", "case", "associatedtype",
  ])

  /// Memory-unsafe code, which one module alone may have.
  static func unsafeCode(_ file: SourceFile) -> [Violation] {
    let marks: Set<Substring> = ["unsafe", "@unsafe", "@safe"]
    return file.code.lines.enumerated().compactMap { index, line in
      guard SwiftText.words(line).contains(where: marks.contains) else { return nil }
      return file.violation(index, "unsafe code outside Sources/Postgres")
    }
  }

  /// A library says things through its results, not to the terminal.
  static func printing(_ file: SourceFile) -> [Violation] {
    file.code.lines.enumerated().compactMap { index, line in
      let isCall = line.contains("print(") && SwiftText.words(line).contains("print")
      return isCall ? file.violation(index, "print in a library") : nil
    }
  }

  /// A test is named by a sentence, and something in it can fail: an expectation of its own, or
  /// one in a function of ours that it calls.
  static func tests(_ file: SourceFile, checks: Set<Substring> = []) -> [Violation] {
    let functions = file.code.functions
    return file.code.lines.indices.flatMap { index -> [Violation] in
      guard SwiftText.words(file.code.lines[index]).first == "@Test",
        let function = functions.first(where: { $0.start >= index })
      else { return [] }
      var found: [Violation] = []
      if !isSentence(file.lines[function.start]) {
        found.append(file.violation(function.start, "a test's name is a sentence in backticks"))
      }
      let body = file.code.lines[function.body]
      if !body.contains(where: expects),
        !body.contains(where: { SwiftText.words($0).contains(where: checks.contains) })
      {
        found.append(file.violation(function.start, "nothing in this test can fail"))
      }
      return found
    }
  }

  private static func expects(_ line: String) -> Bool {
    line.contains("#expect") || line.contains("#require") || line.contains("Issue.record")
  }

  /// The names of functions that expect something on behalf of tests.
  static func checks(_ file: SourceFile) -> [Substring] {
    file.code.functions.compactMap { function in
      let words = SwiftText.words(file.code.lines[function.start])
      guard let keyword = words.firstIndex(of: "func"), keyword + 1 < words.count,
        file.code.lines[function.body].contains(where: expects)
      else { return nil }
      return words[keyword + 1]
    }
  }

  private static func isSentence(_ line: String) -> Bool {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.count >= 3 && parts[1].split(separator: " ").count >= 3
  }
}
