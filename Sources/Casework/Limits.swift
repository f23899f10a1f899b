import Ledger

/// Named maxima of this module, each with its arithmetic.
package enum Limits {
  /// 1900-01-01 in days since 1970-01-01: 70 years of 365 days and 17 leap days, negated.
  package static let firstDay: Int32 = -25_567
  /// 2199-12-31: 230 years of 365 days and 56 leap days (2000 is one, 2100 is not), less 1.
  package static let lastDay: Int32 = 84_005

  /// Bytes of the text of a report of the year: a quarter of a part, as of every text.
  ///
  /// With 17 bytes for a mark that is some 60,000 lines of evidence; the sample year has 300.
  package static let reportTextBytesMax = 1024 * 1024

  /// Regions of a report of the year.
  ///
  /// A province has some 120 counties and cities; four times that leaves room for zones and for
  /// those that were renamed.
  package static let reportRegionsMax = 512

  /// Lines of evidence from which the share of one region in a figure is told in the report of the
  /// year: below it, whoever knows of one matter of a county would read how many others there are.
  ///
  /// From five on, as tables of persons usually begin to tell.
  static let reportShareLinesMin = 5

  /// Extracts of a report of the year: one of every member that a dossier may have.
  package static let reportExtractsMax = Ledger.Limits.membersMax

  /// Records that a difference names as its cause: those of one day in one matter.
  static let causesMax = 5

  /// Days as of which dossiers that count together are folded to find the causes of differences: a
  /// bundle with 500 days of records in it has its causes wholly; of more some stay unnamed.
  static let causeDaysMax = 512

  /// Attachments of one document: a list of 64 takes at most 64 × 340 = 22 KiB of a part's 4 MiB.
  package static let attachmentsMax = 64

  /// Attachments of a document that are read at all, before those over 64 are refused.
  ///
  /// A lawful one takes at least the 70 bytes of salt, root and their framing.
  static let attachmentsReadMax = partBytesMax / 70

  /// Citations of a record that are read at all: a lawful one takes at least 36 bytes.
  static let citationsReadMax = partBytesMax / 36

  /// Measures of a result that are read at all: a lawful one takes at least 8 bytes.
  static let measuresReadMax = partBytesMax / 8

  /// Campaigns whose rates stand apart in one count or report: an office names a dozen a year.
  ///
  /// With names of 600 bytes, each in a figure and in two extracts, they take 400 KB of the 1 MiB
  /// of a report.
  package static let figureCampaignsMax = 200

  /// Bytes of a code of a table, in every build: the longest so far has 27, and more than twice
  /// that leaves room for any name.
  static let codeBytesMax = 64

  /// Bytes of the name of a campaign whose rate is counted: the 200 characters of a line, of three
  /// bytes each; any text is lawful in a record.
  static let campaignBytesMax = 600

  private static let partBytesMax = Ledger.Limits.partBytesMax
}
