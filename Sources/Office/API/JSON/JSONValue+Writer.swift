extension JSONValue {
  /// Writes the document in UTF-8, on one line or indented by two spaces for a person.
  package func encoded(indented: Bool = false) -> [UInt8] {
    var writer = Writer(indented: indented)
    writer.write(self, depth: 0)
    return writer.bytes
  }

  private struct Writer {
    let indented: Bool
    var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue, depth: Int) {
      switch value {
      case .null: bytes += "null".utf8
      case .bool(let value): bytes += (value ? "true" : "false").utf8
      case .integer(let value): bytes += String(value).utf8
      case .number(let value): bytes += (value.isFinite ? "\(value)" : "null").utf8
      case .string(let value): write(value)
      case .array(let values):
        write(values, from: "[", to: "]", depth: depth) { $0.write($1, depth: depth + 1) }
      case .object(let members):
        write(members, from: "{", to: "}", depth: depth) {
          $0.write($1.name)
          $0.bytes += ($0.indented ? ": " : ":").utf8
          $0.write($1.value, depth: depth + 1)
        }
      }
    }

    mutating func write<Element>(
      _ elements: [Element], from opening: String, to closing: String, depth: Int,
      each: (inout Writer, Element) -> Void
    ) {
      bytes += opening.utf8
      for (position, element) in elements.enumerated() {
        if position > 0 { bytes += ",".utf8 }
        breakLine(depth + 1)
        each(&self, element)
      }
      if !elements.isEmpty { breakLine(depth) }
      bytes += closing.utf8
    }

    mutating func breakLine(_ depth: Int) {
      guard indented else { return }
      bytes.append(0x0A)
      bytes += repeatElement(0x20, count: 2 * depth)
    }

    /// Escapes what steers a display too, so that JSON on a terminal is as harmless as a table.
    mutating func write(_ text: String) {
      bytes.append(0x22)
      let plain = Self.plainBytes(of: text)
      bytes += text.utf8.prefix(plain)
      let rest = text.utf8.index(text.startIndex, offsetBy: plain)
      for scalar in text.unicodeScalars[rest...] {
        switch scalar {
        case "\"": bytes += [0x5C, 0x22]
        case "\\": bytes += [0x5C, 0x5C]
        case "\n": bytes += [0x5C, 0x6E]
        case "\r": bytes += [0x5C, 0x72]
        case "\t": bytes += [0x5C, 0x74]
        case _ where Steering.steers(scalar):
          let digits = Array("0123456789abcdef".utf8)
          bytes += [0x5C, 0x75]
          for shift in [12, 8, 4, 0] { bytes.append(digits[Int(scalar.value >> shift & 15)]) }
        default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        }
      }
      bytes.append(0x22)
    }

    /// How many bytes at the beginning are printable ASCII that stands for itself: attachments are
    /// megabytes of it.
    static func plainBytes(of text: String) -> Int {
      let span = text.utf8.span
      var end = 0
      while end < span.count, span[end] >= 0x20, span[end] < 0x7F,
        span[end] != UInt8(ascii: "\""), span[end] != UInt8(ascii: "\\")
      {
        end += 1
      }
      return end
    }
  }
}
