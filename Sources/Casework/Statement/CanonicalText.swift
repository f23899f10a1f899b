/// What is signed as a text of one form: it is written by the program, read again by another one,
/// and compared byte by byte.
package protocol CanonicalText {
  /// The text in its one form.
  var text: String { get }
}

extension CanonicalText {
  /// Whether another one has the same text byte for byte: that is what is signed.
  ///
  /// As characters a number and its decomposed form are one.
  package func hasBytes(of other: Self) -> Bool { text.utf8.elementsEqual(other.text.utf8) }
}

extension String {
  /// The parts of a text between bytes of one kind: as characters, a blank and a combining mark
  /// after it would be one.
  func parts(at mark: Unicode.Scalar) -> [String] {
    let mark = UInt8(ascii: mark)
    return utf8.split(separator: mark, omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  /// The text as one word of a canonical text, whatever its author wrote: white space and control
  /// characters are read as `_`, nothing as `-`.
  var asWord: String {
    var word = ""
    for scalar in unicodeScalars {
      let isBreaking =
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      word.unicodeScalars.append(isBreaking ? "_" : scalar)
    }
    return word.isEmpty ? "-" : word
  }
}
