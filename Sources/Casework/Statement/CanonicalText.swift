/// How a canonical text is written.
package enum TextForm: Sendable {
  /// In the words that the tables had when the form was fixed; it is read and not written any more.
  case words
  /// In codes alone: a term of the tables may get another word, and what was signed stays readable.
  case codes
}

/// What is signed as a text of one form: it is written by the program, read again by another one,
/// and compared byte by byte.
package protocol CanonicalText {
  /// The form it was read in, or is to be written in.
  var form: TextForm { get }
  /// The text in one of the forms.
  func text(in form: TextForm) -> String
}

extension CanonicalText {
  /// The text in its own form.
  package var text: String { text(in: form) }

  /// Whether it says in the form of another one the same, byte for byte: that is what is signed.
  ///
  /// As characters a number and its decomposed form are one.
  package func hasBytes(of other: Self) -> Bool {
    text(in: other.form).utf8.elementsEqual(other.text.utf8)
  }
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
