import FoundationEssentials
import Ledger
import TestSupport

/// One input for an entry point.
package struct Input: Sendable, CustomStringConvertible {
  /// Which parser it is for.
  package let entry: EntryPoint
  /// What it is, as its file is named.
  package let name: String
  /// The bytes.
  package let bytes: [UInt8]

  /// Names bytes.
  package init(_ entry: EntryPoint, _ name: String, _ bytes: [UInt8]) {
    self.entry = entry
    self.name = name
    self.bytes = bytes
  }

  package var description: String { "\(entry.rawValue)/\(name) (\(bytes.count) bytes)" }
}

/// The committed inputs: seeds, and every input that once failed.
///
/// A file is text, so that a person can read what failed and a megabyte of one repeated field takes
/// a line. A line is bytes in hexadecimal, or characters after a `"`. A number and ` * ` before it
/// repeat it, `4000000 * 0a00`; with ` + ` its last four bytes count up from 0. A `#` begins a
/// remark.
package enum Corpus {
  /// Where the files are.
  package static let folder = "\(Repository.root)/Tests/FuzzTests/Corpora"

  /// Every input of an entry point, by the name of its file.
  package static func inputs(of entry: EntryPoint) throws -> [Input] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(entry.rawValue)")
    return try names.sorted().map { name in
      let data = FileManager.default.contents(atPath: "\(folder)/\(entry.rawValue)/\(name)")
      return Input(entry, name, try bytes(of: String(decoding: data ?? Data(), as: UTF8.self)))
    }
  }

  /// A line that is none of the format.
  package struct Unreadable: Error, CustomStringConvertible {
    /// The line.
    package let description: String
  }

  /// The bytes that a text stands for.
  package static func bytes(of text: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let (count, isCounting, rest) = repetition(line)
      var one = rest.hasPrefix("\"") ? Array(rest.dropFirst().utf8) : Hex.decode(rest) ?? []
      guard !one.isEmpty, !isCounting || one.count >= 4 else {
        throw Unreadable(description: String(line))
      }
      bytes.reserveCapacity(bytes.count + count * one.count)
      for number in 0..<count {
        if isCounting {
          let digits = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
          one.replaceSubrange((one.count - 4)..., with: digits)
        }
        bytes += one
      }
    }
    return bytes
  }

  private static func repetition(
    _ line: Substring
  ) -> (count: Int, isCounting: Bool, rest: Substring) {
    for (mark, isCounting) in [(" * ", false), (" + ", true)] {
      guard let place = line.firstRange(of: mark), let count = Int(line[..<place.lowerBound]) else {
        continue
      }
      return (count, isCounting, line[place.upperBound...])
    }
    return (1, false, line)
  }

  /// The text of bytes: lines of characters where all of it can be read, hexadecimal otherwise.
  package static func text(of bytes: [UInt8]) -> String {
    let isReadable = !bytes.isEmpty && bytes.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A }
    guard isReadable else {
      return stride(from: 0, to: bytes.count, by: 48).map { start in
        Hex.encode(bytes[start..<min(start + 48, bytes.count)]) + "\n"
      }.joined()
    }
    // A line break stands as 0a between the lines of characters.
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "\"\($0)\n" }
      .joined(separator: "0a\n")
  }

  /// Writes an input to its file.
  package static func write(_ input: Input) throws {
    let folder = "\(folder)/\(input.entry.rawValue)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text(of: input.bytes).utf8).write(to: URL(filePath: "\(folder)/\(input.name)"))
  }
}
