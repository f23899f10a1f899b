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

    mutating func write(_ text: String) {
      bytes.append(0x22)
      for byte in text.utf8 {
        switch byte {
        case 0x22: bytes += [0x5C, 0x22]
        case 0x5C: bytes += [0x5C, 0x5C]
        case 0x0A: bytes += [0x5C, 0x6E]
        case 0x0D: bytes += [0x5C, 0x72]
        case 0x09: bytes += [0x5C, 0x74]
        case 0..<0x20, 0x7F:
          let digits = Array("0123456789abcdef".utf8)
          bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
      }
      bytes.append(0x22)
    }
  }
}
