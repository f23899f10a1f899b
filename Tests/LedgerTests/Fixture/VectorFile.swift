import FoundationEssentials
import Ledger
import Testing

/// A file of test vectors: cases parted by blank lines, each line a word and its value.
struct VectorFile {
  struct Case: Sendable, CustomTestStringConvertible {
    var lines: [(word: String, value: String)]

    subscript(word: String) -> String { lines.first { $0.word == word }?.value ?? "" }

    func bytes(_ word: String) throws -> [UInt8] { try #require(Hex.decode(self[word])) }

    func all(_ word: String) -> [String] { lines.filter { $0.word == word }.map(\.value) }

    var testDescription: String { self["name"] }
  }

  static var folder: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
      .joined(separator: "/") + "/Vectors"
  }

  /// The text of a file in the folder of vectors; empty when it is not there.
  static func text(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// The cases of a file in the folder of vectors; none when the file is not there, which
  /// `a file of vectors is there and has cases` notices.
  static func cases(_ name: String) -> [Case] {
    text(name)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .split(whereSeparator: \.isEmpty)
      .map { lines in
        Case(
          lines: lines.filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ", maxSplits: 1)
            return (String(words[0]), words.count > 1 ? String(words[1]) : "")
          })
      }
      .filter { !$0.lines.isEmpty }
  }

  /// Whether committed vectors are to be written anew from the code.
  static var isRewriting: Bool { ProcessInfo.processInfo.environment["REWRITE"] == "1" }

  static func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }
}
