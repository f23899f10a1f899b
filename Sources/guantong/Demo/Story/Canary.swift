/// Random words that occur nowhere else.
struct Canary: Sendable {
  /// In titles.
  let title = Self.word()
  /// In texts.
  let text = Self.word()
  /// In points.
  let point = Self.word()
  /// In names.
  let name = Self.word()
  /// In sealed titles and texts.
  let sealed = Self.word()
  /// In what acts say.
  let act = Self.word()
  /// In what results say.
  let result = Self.word()
  /// In attachments.
  let attachment = Self.word()

  /// Every word with the name under which a trace of it is reported.
  var words: [(name: String, bytes: [UInt8])] {
    [
      ("title", title), ("text", text), ("point", point), ("name", name), ("sealed", sealed),
      ("act", act), ("result", result), ("attachment", attachment),
    ].map { ($0.0, Array($0.1.utf8)) }
  }

  /// 80 random bits as lower-case letters: never by chance in a gigabyte of files.
  private static func word() -> String {
    String((0..<17).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement() ?? "x" })
  }
}
