/// The two words people see for one code: the Chinese term of the field and its English name.
package struct Term: Sendable, Hashable {
  /// The term in simplified Chinese.
  package let zh: String
  /// The English name.
  package let en: String

  /// Makes a term from its two words.
  package init(_ zh: String, _ en: String) {
    self.zh = zh
    self.en = en
  }
}

/// A closed table of codes; the raw value is what records carry and other systems read.
///
/// Codes are never renamed and never reused. A new code is a new case; a build that does not know a
/// structural code shows the dossier as needing an upgrade instead of guessing.
package protocol CodeTable: RawRepresentable, CaseIterable, Sendable, Hashable
where RawValue == String {
  /// The words people see for the code.
  var term: Term { get }
}
