/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// Nesting of a JSON request: the deepest shape of the API has 4 levels, 4 times that is 16.
  package static let jsonDepthMax = 16
  /// A JSON request: one part holds 4 MiB, text doubles at worst when escaped, so 8 MiB.
  package static let requestBytesMax = 8 * 1024 * 1024
  /// Entries of a page when the request names no number: a screen or two.
  package static let pageDefault = 50
  /// Entries of a page: 200 lines of 1 KiB are 200 KiB.
  package static let pageMax = 200
  /// Entries of a list that is not paged; beyond it the answer says `truncated`.
  package static let answerListMax = 1_000
}
