import Office
import Synchronization
import SystemPackage

/// Writes what a command found to standard output, and what went wrong to standard error.
struct Printer: Sendable {
  /// How pages are written.
  enum Format: String, CaseIterable, Sendable {
    case table, tsv, csv, json
  }

  /// How pages are written.
  let format: Format
  /// The words of the reader.
  let words: Words
  /// Styles on standard output.
  let paint: Paint
  /// Whether standard output is a terminal.
  let isTerminal: Bool

  /// Writes an answer.
  func show<Answer: Encodable & Pageable>(_ answer: Answer) throws {
    guard format != .json else {
      try json(answer)
      return
    }
    write(lines(of: answer.page(words)))
  }

  /// The lines of a page in the format chosen.
  ///
  /// Every text of a page goes through here, whoever wrote it: nothing steers the display.
  func lines(of page: Page) -> [String] {
    let page = page.visible(isASCII: words.isASCII)
    return switch format {
    case .table: page.lines(paint: paint, empty: words("list.empty"))
    case .tsv: page.programLines { $0.tabbed() }
    case .csv: page.programLines { $0.commaSeparated() }
    case .json: []
    }
  }

  /// Writes a value as JSON: indented on a terminal, else on one line.
  func json(_ value: some Encodable) throws {
    let bytes = try JSONValue(encoding: value).encoded(indented: isTerminal)
    write([String(decoding: bytes, as: UTF8.self)])
  }

  /// Writes lines to standard output.
  func write(_ lines: [String]) {
    Self.write(lines, to: .standardOutput)
  }

  /// Writes lines to standard error.
  static func complain(_ lines: [String]) {
    write(lines, to: .standardError)
  }

  private static func write(_ lines: [String], to descriptor: FileDescriptor) {
    write(Array(lines.map { "\($0)\n" }.joined().utf8), to: descriptor)
  }

  /// Writes bytes; that some could not be written is noted for the end of the command.
  static func write(_ bytes: [UInt8], to descriptor: FileDescriptor) {
    do {
      _ = try descriptor.writeAll(bytes)
    } catch Errno.brokenPipe {
      // A reader that went away, as `head` does, wants no more.
    } catch {
      if descriptor == .standardOutput { isCut.store(true, ordering: .relaxed) }
    }
  }

  /// Whether standard output lacks something that was written to it.
  static let isCut = Atomic(false)
}
