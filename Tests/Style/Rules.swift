/// What style rules look for in one file.
///
/// Each is a function from a file to the places that break it, so that the rules themselves are
/// tested on small texts (RuleTests) before they judge the tree (TreeTests).
enum Rules {
  /// Longest line, in characters: two files beside each other on a laptop.
  static let columnsMax = 100
  /// Longest file: what one reader keeps in mind.
  static let fileLinesMax = 600
  /// Longest body of a function, braces included: one screen.
  static let functionLinesMax = 70

  static func longLines(_ file: SourceFile) -> [Violation] {
    file.lines.enumerated().compactMap { index, line in
      guard line.utf8.count > columnsMax, line.count > columnsMax else { return nil }
      return file.violation(index, "\(line.count) columns, at most \(columnsMax)")
    }
  }

  static func longFile(_ file: SourceFile) -> [Violation] {
    let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
    return count > fileLinesMax
      ? [file.violation(fileLinesMax, "\(count) lines, at most \(fileLinesMax)")] : []
  }

  static func longFunctions(_ file: SourceFile) -> [Violation] {
    file.code.functions.compactMap { function in
      guard function.body.count > functionLinesMax else { return nil }
      return file.violation(
        function.start, "function of \(function.body.count) lines, at most \(functionLinesMax)")
    }
  }

  /// Words of work that is not finished, and of errors that end the process.
  ///
  /// Spelled in halves, so that this file obeys its own rule.
  static let unfinishedWords: Set<String> = [
    "to" + "do", "fix" + "me", "xx" + "x", "st" + "ub", "place" + "holder", "fatal" + "error",
  ]

  static func unfinished(_ file: SourceFile) -> [Violation] {
    file.lines.enumerated().flatMap { index, line -> [Violation] in
      guard line.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { return [] }
      var found = SwiftText.words(line).map { $0.lowercased() }.filter(unfinishedWords.contains)
      if line.contains("try" + "!") { found.append("try" + "!") }
      return found.map { file.violation(index, "the word \($0)") }
    }
  }

  /// Endings of type names that say nothing about what the type is.
  static let emptyNames = [
    "Manager", "Handler", "Helper", "Helpers", "Service", "Impl", "Data", "Info", "Util", "Utils",
    "Core", "Common",
  ]

  static func emptyTypeNames(_ file: SourceFile) -> [Violation] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    return file.code.lines.enumerated().compactMap { index, line in
      let words = SwiftText.words(line).drop { SwiftText.modifiers.contains($0) || $0.first == "@" }
      guard let kind = words.first, kinds.contains(kind), let name = words.dropFirst().first,
        line.contains("\(kind) \(name)"), let ending = emptyNames.first(where: name.hasSuffix)
      else { return nil }
      return file.violation(index, "type name \(name) ends in \(ending)")
    }
  }

  static func emptyFileNames(_ file: SourceFile) -> [Violation] {
    let parts = file.path.split(separator: "/").map { $0.prefix { $0 != "." && $0 != "+" } }
    return parts.compactMap { part in
      emptyNames.contains(String(part))
        ? Violation(path: file.path, line: 1, what: "the name \(part) says nothing") : nil
    }
  }

  /// Pauses that are not part of a loop that waits on a condition.
  static func sleeps(_ file: SourceFile) -> [Violation] {
    let calls: Set<Substring> = ["sleep", "usleep", "nanosleep"]
    return file.code.lines.indices.compactMap { index in
      guard SwiftText.words(file.code.lines[index]).contains(where: calls.contains),
        !file.code.enclosing(index).contains(where: { $0 == "while" || $0 == "repeat" })
      else { return nil }
      return file.violation(index, "a pause: wait on a condition instead")
    }
  }

  /// Folders that exist on one machine only.
  static func machinePaths(_ file: SourceFile) -> [Violation] {
    let folders = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/w" + "/", "/Us" + "ers/"]
    return file.lines.enumerated().flatMap { index, line in
      folders.filter { folder in
        line.contains(" \(folder)") || line.contains("\"\(folder)") || line.contains("'\(folder)")
          || line.contains("`\(folder)") || line.contains("=\(folder)") || line.hasPrefix(folder)
      }.map { file.violation(index, "the path of a machine: \($0)") }
    }
  }
}
