extension JSONValue {
  /// Why a text is not JSON, and where.
  package struct ParseFailure: Error, Hashable, Sendable {
    /// What was wrong.
    package var reason: String
    /// Offset of the byte at which it showed.
    package var offset: Int
  }

  /// Reads RFC 8259 JSON from UTF-8 bytes.
  ///
  /// Doubled names, lone surrogates, bytes that are not UTF-8, anything after the document and
  /// nesting beyond `Limits.jsonDepthMax` are refused: two readers must never understand one
  /// request differently. A document has at most `Limits.jsonValuesMax` values.
  package init(parsing bytes: some Sequence<UInt8>) throws(ParseFailure) {
    var parser = Parser(bytes: Array(bytes))
    self = try parser.document()
  }

  private struct Parser {
    let bytes: [UInt8]
    var offset = 0
    var values = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func failure(_ reason: String) -> ParseFailure {
      ParseFailure(reason: reason, offset: offset)
    }

    mutating func skipSpace() {
      while let next = byte, [0x20, 0x09, 0x0A, 0x0D].contains(next) { offset += 1 }
    }

    mutating func take(_ expected: UInt8) -> Bool {
      guard byte == expected else { return false }
      offset += 1
      return true
    }

    mutating func document() throws(ParseFailure) -> JSONValue {
      let value = try value(depth: 0)
      skipSpace()
      guard byte == nil else { throw failure("something follows the document") }
      return value
    }

    mutating func value(depth: Int) throws(ParseFailure) -> JSONValue {
      guard depth < Limits.jsonDepthMax else { throw failure("nested too deep") }
      values += 1
      guard values <= Limits.jsonValuesMax else { throw failure("too many values") }
      skipSpace()
      switch byte {
      case UInt8(ascii: "{"): return try object(depth: depth)
      case UInt8(ascii: "["): return try array(depth: depth)
      case UInt8(ascii: "\""): return .string(try string())
      case UInt8(ascii: "t"): return try word("true", .bool(true))
      case UInt8(ascii: "f"): return try word("false", .bool(false))
      case UInt8(ascii: "n"): return try word("null", .null)
      case nil: throw failure("the text ends too early")
      default: return try number()
      }
    }

    mutating func word(_ word: String, _ value: JSONValue) throws(ParseFailure) -> JSONValue {
      guard bytes[offset...].starts(with: word.utf8) else { throw failure("unknown word") }
      offset += word.utf8.count
      return value
    }

    mutating func object(depth: Int) throws(ParseFailure) -> JSONValue {
      offset += 1
      var members: [Member] = []
      var names: Set<String> = []
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object([]) }
      while true {
        skipSpace()
        guard byte == UInt8(ascii: "\"") else { throw failure("a name is missing") }
        let name = try string()
        guard names.insert(name).inserted else { throw failure("a name stands twice") }
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
        members.append(Member(name, try value(depth: depth + 1)))
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        guard take(UInt8(ascii: ",")) else { throw failure("a comma is missing") }
      }
    }

    mutating func array(depth: Int) throws(ParseFailure) -> JSONValue {
      offset += 1
      var values: [JSONValue] = []
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array([]) }
      while true {
        values.append(try value(depth: depth + 1))
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(values) }
        guard take(UInt8(ascii: ",")) else { throw failure("a comma is missing") }
      }
    }

    mutating func string() throws(ParseFailure) -> String {
      offset += 1
      var text: [UInt8] = []
      while true {
        let end = endOfPlainText()
        text += bytes[offset..<end]
        offset = end
        guard let next = byte else { throw failure("a string has no end") }
        offset += 1
        switch next {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else {
            throw failure("the text is not UTF-8")
          }
          return string
        case UInt8(ascii: "\\"): try escape(into: &text)
        default: throw failure("a control character stands in a string")
        }
      }
    }

    /// Where what stands for itself ends, from the offset on: attachments are megabytes of it.
    func endOfPlainText() -> Int {
      let span = bytes.span
      var end = offset
      while end < span.count, span[end] >= 0x20,
        span[end] != UInt8(ascii: "\""), span[end] != UInt8(ascii: "\\")
      {
        end += 1
      }
      return end
    }

    mutating func escape(into text: inout [UInt8]) throws(ParseFailure) {
      let plain: [UInt8: UInt8] = [
        0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
        0x74: 0x09,
      ]
      guard let letter = byte else { throw failure("a string has no end") }
      offset += 1
      if let character = plain[letter] {
        text.append(character)
        return
      }
      guard letter == UInt8(ascii: "u") else { throw failure("unknown escape") }
      var code = try hex()
      if (0xD800..<0xDC00).contains(code) {
        guard take(0x5C), take(UInt8(ascii: "u")) else { throw failure("a lone surrogate") }
        let low = try hex()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("a lone surrogate") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("a lone surrogate") }
      text += String(Character(scalar)).utf8
    }

    mutating func hex() throws(ParseFailure) -> UInt32 {
      let digits = bytes[offset...].prefix(4)
      let characters = String(decoding: digits, as: UTF8.self)
      guard digits.count == 4, characters.allSatisfy(\.isHexDigit),
        let code = UInt32(characters, radix: 16)
      else { throw failure("four hexadecimal digits are missing") }
      offset += 4
      return code
    }

    mutating func number() throws(ParseFailure) -> JSONValue {
      let start = offset
      while let next = byte, "+-.0123456789eE".utf8.contains(next) { offset += 1 }
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
      let leadingZero = digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true
      guard digits.first?.isNumber == true, text.last?.isNumber == true, !leadingZero else {
        offset = start
        throw failure("this is no value")
      }
      if let integer = Int64(text) { return .integer(integer) }
      guard let number = Double(text), number.isFinite else {
        offset = start
        throw failure("this is no number")
      }
      return .number(number)
    }
  }
}
