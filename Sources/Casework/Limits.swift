/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// 1900-01-01 in days since 1970-01-01: 70 years of 365 days and 17 leap days, negated.
  package static let firstDay: Int32 = -25_567
  /// 2199-12-31: 230 years of 365 days and 56 leap days (2000 is one, 2100 is not), less 1.
  package static let lastDay: Int32 = 84_005

  /// Attachments of one document: a list of 64 takes at most 64 × 340 = 22 KiB of a part's 4 MiB.
  package static let attachmentsMax = 64
}
