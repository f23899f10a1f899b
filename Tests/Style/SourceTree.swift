import FoundationEssentials

/// One text file of the tree.
struct SourceFile: Sendable {
  /// From the root, as `Sources/Ledger/Limits.swift`.
  let path: String
  let bytes: [UInt8]
  let lines: [String]
  /// The same lines with everything blank that is no code: comments, strings, raw names.
  let code: SwiftText

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    code = SwiftText(path.hasSuffix(".swift") ? bytes : [])
  }

  init(path: String, _ text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isGenerated: Bool { path.hasSuffix(".pb.swift") || path.contains("/Fixtures/") }

  /// The module of a source file: `Ledger`; nil outside `Sources`.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }

  func violation(_ index: Int, _ what: String) -> Violation {
    Violation(path: path, line: index + 1, what: what)
  }
}

/// A place where a rule is broken, printed as editors and terminals understand it.
struct Violation: CustomStringConvertible, Equatable {
  let path: String
  let line: Int
  let what: String

  var description: String { "\(path):\(line): \(what)" }
}

/// All text files that are kept, read once.
enum SourceTree {
  /// Of the package, found from this file's own place.
  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  static let files: [SourceFile] = list("").sorted().compactMap { path in
    guard let content = FileManager.default.contents(atPath: "\(root)/\(path)") else { return nil }
    return SourceFile(path: path, bytes: Array(content))
  }

  static let swift = files.filter { $0.isSwift && !$0.isGenerated }

  /// What is made by tools and never kept.
  private static let passed: Set = [
    ".git", ".build", ".build-bench", ".build-python", ".swiftpm", "Package.resolved",
    "__pycache__",
  ]

  private static let texts = [
    "swift", "proto", "sql", "yaml", "yml", "md", "txt", "json", "py", "modulemap", "h", "sha256",
    "html", "css", "svg", "service", "conf",
  ]

  private static func list(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.filter { !passed.contains($0) }.flatMap { name -> [String] in
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var isDirectory = false
      _ = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory)
      if isDirectory { return list(path) }
      let ending = name.split(separator: ".").last.map(String.init) ?? ""
      return !name.contains(".") || texts.contains(ending) ? [path] : []
    }
  }
}
