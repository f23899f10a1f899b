/// Characters that tell a display what to do instead of standing on it.
///
/// A text from a peer is shown on a terminal, printed, put into a file name. What moves a cursor,
/// colours, breaks a line or turns the order of the letters around would let the author of a title
/// write over what the reader's own program says.
package enum Steering {
  /// C0 and C1 controls with DEL, the line and paragraph separators.
  ///
  /// ECMA-48 makes U+009B the same as ESC and `[`, so C1 is as dangerous as ESC.
  package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
  package static func isBidirectional(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Either of both: what no line may hold.
  package static func steers(_ scalar: Unicode.Scalar) -> Bool {
    isControl(scalar) || isBidirectional(scalar)
  }
}
