package import Ledger

/// The figures of a year as one agency counted them, and what everything that they rest on is told
/// by (年度统计).
///
/// The text of the report has the figures alone, and of each contributor's ``ReportExtract`` the
/// digest: whoever may read the report may not know of each dossier. Who holds a dossier makes the
/// same line of evidence from it and so knows its mark; to everybody else a mark is a number. Each
/// contributor compares its extract with its own records and confirms the report over it.
package struct FigureReport: Sendable, CanonicalText {
  /// What is reported.
  package let subject: ReportSubject
  /// The regions that report, those with nothing too (零报告), ascending.
  package let regions: [String]
  /// The figures as the text tells them.
  package let figures: [Figure]
  /// How many dossiers hold a record that the counting build did not know, and so may lack lines.
  package let unreadable: Int
  /// How its text is written: in words it has every extract in the open, in codes their digests.
  package let form: TextForm
  /// The digest of each extract; none before a counted report is frozen, nor in words.
  package internal(set) var digests: [AgencyCode: Hash256] = [:]
  /// The salt of each extract that is at hand.
  package internal(set) var salts: [AgencyCode: Hash256] = [:]
  /// What each contributor answers for, by contributor, figure and region, as far as it is at hand.
  package internal(set) var extracts: [Extract]
  /// The sums of the figures, in all and by region, of the extracts at hand.
  package internal(set) var tally: FigureTally

  /// Adds up lines of evidence; of campaigns the first by their names stand apart, all others
  /// together.
  package init(
    _ subject: ReportSubject, regions: [String], lines: [ReportSubject.Line], unreadable: Int = 0
  ) {
    let campaigns = Set(lines.lazy.map(\.figure).filter(\.isCampaign)).sorted()
    let others = Set(campaigns.dropFirst(Limits.figureCampaignsMax))
    let groups = Dictionary(grouping: lines) { line in
      Extract.Key(
        line.contributor, others.contains(line.figure) ? .otherCampaigns : line.figure,
        line.entry.region)
    }
    let extracts = groups.map { key, lines in
      var sum = FigureTally.Sum()
      for line in lines { sum.add(line.entry) }
      return Extract(key: key, sum: sum, marks: lines.map(\.mark).sorted())
    }
    self.init(
      subject, regions: Set(regions).sorted(), extracts: extracts.sorted { $0.key < $1.key },
      unreadable: unreadable, form: .codes)
  }

  /// Takes all extracts, in their order.
  init(
    _ subject: ReportSubject, regions: [String], extracts: [Extract], unreadable: Int,
    form: TextForm
  ) {
    self.unreadable = unreadable
    self.subject = subject
    self.regions = regions
    self.extracts = extracts
    self.form = form
    tally = Self.tally(of: extracts, subject.rules, regions: regions)
    figures = Figure.all(in: tally, extracts)
  }

  /// Takes figures as they are told, and no extract.
  init(
    _ subject: ReportSubject, regions: [String], figures: [Figure],
    digests: [AgencyCode: Hash256], unreadable: Int
  ) {
    self.unreadable = unreadable
    self.subject = subject
    self.regions = regions
    self.figures = figures
    self.digests = digests
    extracts = []
    form = .codes
    tally = Self.tally(of: [], subject.rules, regions: regions)
  }

  /// Whoever decided anything that counts, beside the agency itself; ascending.
  package var contributors: [AgencyCode] {
    Set(extracts.map(\.contributor)).union(digests.keys).subtracting([subject.agency]).sorted()
  }

  /// The sums that one contributor answers for, or all, of the extracts at hand.
  package func tally(of contributor: AgencyCode?) -> FigureTally {
    guard let contributor else { return tally }
    return Self.tally(
      of: extracts.filter { $0.contributor == contributor }, subject.rules, regions: [])
  }

  static func tally(
    of extracts: [Extract], _ rules: CountingRules, regions: [String]
  ) -> FigureTally {
    var tally = FigureTally(rules, regions: regions)
    for extract in extracts { tally.add(extract.sum, to: extract.figure, in: extract.region) }
    return tally
  }

  /// What one contributor answers for of one figure in one region.
  package struct Extract: Sendable {
    let key: Key
    /// What it adds to the figure.
    package let sum: FigureTally.Sum
    /// One mark for each line of evidence, ascending.
    package let marks: [Mark]

    /// Who decided it.
    package var contributor: AgencyCode { key.contributor }
    /// The figure.
    package var figure: FigureKey { key.figure }
    /// The region it counts for.
    package var region: String { key.region }

    /// Whether the sum is one that so many lines can have.
    var isSound: Bool {
      let lines = Int64(marks.count)
      guard lines > 0, sum.count >= 0 else { return false }
      return switch figure.code.unit {
      case .rate: sum.of == lines && sum.count <= lines
      case .fen: sum.of == 0
      case .cases, .personTimes, .times: sum.of == 0 && sum.count == lines
      }
    }

    struct Key: Hashable, Comparable {
      let contributor: AgencyCode
      let figure: FigureKey
      let region: String

      init(_ contributor: AgencyCode, _ figure: FigureKey, _ region: String) {
        self.contributor = contributor
        self.figure = figure
        self.region = region
      }

      static func < (left: Key, right: Key) -> Bool {
        (left.contributor, left.figure, left.region)
          < (right.contributor, right.figure, right.region)
      }
    }
  }

  /// What stands for one line of evidence: the first 64 bits of the SHA-256 over all it says.
  ///
  /// The place of the decision is among it, an id that is a salted hash: nobody guesses it who does
  /// not hold the dossier. Of the 60,000 lines that a report may have, any two share a mark once in
  /// ten billion reports.
  package struct Mark: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let value: UInt64

    init(of entry: FigureEntry, _ figure: FigureKey) {
      let line: [String] = [
        "guantong.figure-line/v1", entry.dossier.hex, entry.record.uuidString,
        entry.decision.uuidString, entry.place.change.hex, String(entry.place.part),
        String(entry.place.record), entry.author.rawValue, entry.on.description,
        entry.owner.rawValue, String(entry.count), String(entry.of), figure.description,
      ]
      let hash = Hash256.sha256(Array(line.joined(separator: "\n").utf8))
      value = hash.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads sixteen lower-case hexadecimal digits; nil for anything else.
    package init?(_ text: String) {
      guard let value = UInt64(text, radix: 16) else { return nil }
      self.value = value
      guard description.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// Sixteen lower-case hexadecimal digits.
    package var description: String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }

    package static func < (left: Mark, right: Mark) -> Bool { left.value < right.value }
  }
}
