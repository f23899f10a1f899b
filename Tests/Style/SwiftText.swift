/// Swift source with everything blank that is no code.
///
/// Comments and the content of strings and of raw identifiers become spaces, line for line, so that
/// a word found here is a word of the program. Code in an interpolation counts as code. Regular
/// expression literals are not understood; this package has none.
struct SwiftText: Sendable {
  let lines: [String]

  init(_ bytes: [UInt8]) {
    var scanner = Scanner(bytes: bytes)
    lines = String(decoding: scanner.scan(), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The identifiers and keywords of a line.
  static func words(_ line: String) -> [Substring] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" || $0 == "`") }
  }

  private struct Scanner {
    enum Mode {
      /// `depth` counts open parentheses; in an interpolation the last one ends it.
      case code(depth: Int, isInterpolation: Bool)
      case string(hashes: Int, isMultiline: Bool)
    }

    let bytes: [UInt8]
    var modes = [Mode.code(depth: 0, isInterpolation: false)]
    var at = 0

    mutating func scan() -> [UInt8] {
      var out = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
      while at < bytes.count {
        switch modes[modes.count - 1] {
        case .code(let depth, let isInterpolation):
          code(depth: depth, isInterpolation: isInterpolation, into: &out)
        case .string(let hashes, let isMultiline):
          string(hashes: hashes, isMultiline: isMultiline)
        }
      }
      return out
    }

    private func starts(_ text: String, at index: Int) -> Bool {
      guard index < bytes.count, bytes[index] == text.utf8.first else { return false }
      return bytes[index...].starts(with: text.utf8)
    }

    private mutating func code(depth: Int, isInterpolation: Bool, into out: inout [UInt8]) {
      let byte = bytes[at]
      if starts("//", at: at) {
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
        return
      }
      if starts("/*", at: at) { return blockComment() }
      if byte == UInt8(ascii: "`") { return rawIdentifier(into: &out) }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#") {
        var hashes = 0
        while at + hashes < bytes.count, bytes[at + hashes] == UInt8(ascii: "#") { hashes += 1 }
        if at + hashes < bytes.count, bytes[at + hashes] == UInt8(ascii: "\"") {
          let isMultiline = starts("\"\"\"", at: at + hashes)
          modes.append(.string(hashes: hashes, isMultiline: isMultiline))
          at += hashes + (isMultiline ? 3 : 1)
          return
        }
      }
      out[at] = byte
      at += 1
      if byte == UInt8(ascii: "(") {
        modes[modes.count - 1] = .code(depth: depth + 1, isInterpolation: isInterpolation)
      } else if byte == UInt8(ascii: ")") {
        if isInterpolation, depth == 1 {
          modes.removeLast()
        } else {
          modes[modes.count - 1] = .code(depth: depth - 1, isInterpolation: isInterpolation)
        }
      }
    }

    private mutating func blockComment() {
      var depth = 0
      repeat {
        if starts("/*", at: at) {
          depth += 1
          at += 2
        } else if starts("*/", at: at) {
          depth -= 1
          at += 2
        } else {
          at += 1
        }
      } while depth > 0 && at < bytes.count
    }

    private mutating func rawIdentifier(into out: inout [UInt8]) {
      repeat {
        out[at] = bytes[at] == UInt8(ascii: "`") ? bytes[at] : UInt8(ascii: "_")
        at += 1
      } while at < bytes.count && bytes[at] != UInt8(ascii: "`")
      if at < bytes.count { out[at] = bytes[at] }
      at += 1
    }

    private mutating func string(hashes: Int, isMultiline: Bool) {
      func hasHashes(after index: Int) -> Bool {
        index + hashes <= bytes.count
          && bytes[index..<(index + hashes)].allSatisfy { $0 == UInt8(ascii: "#") }
      }
      let quotes = isMultiline ? 3 : 1
      let isEnd = isMultiline ? starts("\"\"\"", at: at) : bytes[at] == UInt8(ascii: "\"")
      if isEnd, hasHashes(after: at + quotes) {
        modes.removeLast()
        at += quotes + hashes
      } else if bytes[at] == UInt8(ascii: "\\"), hasHashes(after: at + 1) {
        at += 1 + hashes
        if at < bytes.count, bytes[at] == UInt8(ascii: "(") {
          modes.append(.code(depth: 0, isInterpolation: true))
        } else {
          at += 1
        }
      } else if bytes[at] == UInt8(ascii: "\n"), !isMultiline {
        // Not Swift; go on with the next line rather than lose the rest of the file.
        modes.removeLast()
        at += 1
      } else {
        at += 1
      }
    }
  }
}

/// A function with a body, by the lines it stands on.
struct FunctionText {
  /// Index of the line of `func`, `init` or `subscript`.
  let start: Int
  /// Indices of the lines from the opening to the closing brace.
  let body: ClosedRange<Int>
}

extension SwiftText {
  /// Every function, initializer and subscript that has a body, nested ones too.
  var functions: [FunctionText] {
    lines.indices.compactMap { index in
      let words = Self.words(lines[index])
      let isDeclaration =
        words.contains("func")
        || words.contains { $0 == "init" || $0 == "subscript" || $0 == "deinit" }
          && Self.beginsDeclaration(words)
      guard isDeclaration, let body = body(from: index) else { return nil }
      return FunctionText(start: index, body: body)
    }
  }

  /// What may stand before the keyword of a declaration; `class` is one of them in `class func`
  /// only and therefore not here.
  static let modifiers: Set<Substring> = [
    "package", "private", "fileprivate", "internal", "public", "open", "static", "final",
    "mutating", "nonmutating", "nonisolated", "override", "convenience", "required", "borrowing",
    "consuming", "indirect", "lazy", "weak", "prefix", "postfix", "isolated", "unsafe",
  ]

  /// Whether only modifiers and attributes stand before `init`, `deinit` or `subscript`.
  private static func beginsDeclaration(_ words: [Substring]) -> Bool {
    let first = words.first { !modifiers.contains($0) && !$0.hasPrefix("@") }
    return first == "init" || first == "deinit" || first == "subscript"
  }

  /// The first words of the lines around a line, by their indentation, from the nearest outward.
  func enclosing(_ index: Int) -> [Substring] {
    func indentation(_ line: String) -> Int { line.utf8.prefix { $0 == UInt8(ascii: " ") }.count }
    var limit = indentation(lines[index])
    var found: [Substring] = []
    for line in lines[..<index].reversed() {
      let own = indentation(line)
      guard own < limit, own < line.utf8.count else { continue }
      limit = own
      if let word = Self.words(line).first { found.append(word) }
    }
    return found
  }

  /// Whether a line is directly in a protocol.
  func isInProtocol(_ index: Int) -> Bool {
    let indentation = lines[index].prefix { $0 == " " }.count
    let outer = lines[..<index].last { line in
      line.prefix { $0 == " " }.count < indentation && line.contains { $0 != " " }
    }
    guard let outer else { return false }
    return Self.words(outer).contains("protocol")
  }

  private static let otherDeclarations: Set<Substring> = [
    "func", "var", "let", "init", "case", "associatedtype", "subscript", "typealias", "struct",
    "enum", "class", "protocol", "extension",
  ]

  /// From the brace that opens the body of the declaration on a line to the one that closes it;
  /// nil for a requirement of a protocol, which has none.
  private func body(from start: Int) -> ClosedRange<Int>? {
    var parentheses = 0
    var braces = 0
    var opened: Int?
    for index in start..<lines.count {
      if index > start, opened == nil, parentheses == 0,
        let first = Self.words(lines[index]).first(where: { !Self.modifiers.contains($0) }),
        Self.otherDeclarations.contains(first)
      {
        return nil
      }
      for byte in lines[index].utf8 {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): if opened == nil { parentheses += 1 }
        case UInt8(ascii: ")"), UInt8(ascii: "]"): if opened == nil { parentheses -= 1 }
        case UInt8(ascii: "{") where opened != nil || parentheses == 0:
          if opened == nil { opened = index }
          braces += 1
        case UInt8(ascii: "}") where opened != nil:
          braces -= 1
          if braces == 0, let opened { return opened...index }
        case UInt8(ascii: "}") where parentheses == 0: return nil
        default: break
        }
      }
    }
    return nil
  }
}
