package import Ledger

extension FigureReport {
  /// The report as a document carries it: figures, and the digest of every extract.
  ///
  /// One line for each fact, always in the same order and in the same codes, so that equal reports
  /// are equal texts.
  package func text(in form: TextForm) -> String {
    guard form == .codes else { return wordedText }
    let about = "\(subject.asOf) rules \(subject.rules.version) unreadable \(unreadable)"
    let heading = [
      Self.codedHeader(of: subject.agency, year: subject.year) + about,
      (["regions"] + regions).joined(separator: " "),
    ]
    let extracts = digests.sorted { $0.key < $1.key }.map { "extract \($0.rawValue) \($1.hex)" }
    return (heading + figures.map(Self.line) + extracts).joined(separator: "\n")
  }

  /// How every text of an agency and a year begins, whatever its day and its rules, in either form.
  package static func headers(of agency: AgencyCode, year: Int) -> [String] {
    [wordedHeader(of: agency, year: year), codedHeader(of: agency, year: year)]
  }

  private static func codedHeader(of agency: AgencyCode, year: Int) -> String {
    "\(title)\nagency \(agency.rawValue)\nyear \(year) asOf "
  }

  private static let title = "guantong-report 2"
  private static let untold = "-"

  private static func line(_ figure: Figure) -> String {
    let unit = figure.key.code.unit
    return
      (["figure", figure.key.description, figure.sum.digits(unit)]
      + figure.shares.map { "\($0.region)=\($0.sum?.digits(unit) ?? untold)" })
      .joined(separator: " ")
  }
}

extension FigureReport {
  /// Reads the text of a report; nil when it is none, or not in the one form that it has.
  ///
  /// Of a text in words the figures are not believed: it is read as a list of extracts and must be
  /// what they give. One in codes has no extract; see ``opened(by:)`` and ``isSound``.
  package init?(text: String) {
    guard text.utf8.count <= Limits.reportTextBytesMax else { return nil }
    let lines = text.parts(at: "\n")
    guard lines.count >= 4 else { return nil }
    if lines[0] == Self.title {
      self.init(coded: lines)
    } else {
      self.init(worded: lines)
    }
    // Swift compares characters; what is signed is bytes.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  private init?(coded lines: [String]) {
    let (agency, about) = (lines[1].parts(at: " "), lines[2].parts(at: " "))
    let regions = Array(lines[3].parts(at: " ").dropFirst())
    guard agency.count == 2, about.count == 8, Self.areRegions(regions),
      let subject = Self.subject(agency[1], year: about[1], asOf: about[3], rules: about[5]),
      let unreadable = Int(about[7]), unreadable >= 0
    else { return nil }
    var (figures, digests): ([Figure], [AgencyCode: Hash256]) = ([], [:])
    for line in lines.dropFirst(4) {
      let fields = line.parts(at: " ")
      if let figure = Self.figure(fields) {
        guard figures.last.map({ $0.key < figure.key }) ?? true else { return nil }
        figures.append(figure)
      } else {
        guard fields.count == 3, let contributor = AgencyCode(fields[1]),
          let digest = Hash256(hex: fields[2])
        else { return nil }
        digests[contributor] = digest
      }
    }
    guard Set(subject.rules.figures).isSubset(of: figures.map(\.key)),
      digests.count <= Limits.reportExtractsMax
    else { return nil }
    self.init(
      subject, regions: regions, figures: figures, digests: digests, unreadable: unreadable)
  }

  /// The subject that the words of a heading name.
  static func subject(
    _ agency: String, year: String, asOf: String, rules: String
  ) -> ReportSubject? {
    guard let agency = AgencyCode(agency), let year = Int(year), let day = CivilDate(asOf),
      let rules = Int(rules).flatMap(CountingRules.of(version:))
    else { return nil }
    return ReportSubject(of: agency, year: year, asOf: day, rules: rules)
  }

  /// Whether a text may report so many regions, in this order.
  static func areRegions(_ regions: [String]) -> Bool {
    regions.count <= Limits.reportRegionsMax && regions.allSatisfy(\.isRegion)
      && zip(regions, regions.dropFirst()).allSatisfy(<)
  }

  private static func figure(_ fields: [String]) -> Figure? {
    guard fields.count >= 3, fields[0] == "figure", let key = FigureKey(named: fields[1]),
      let sum = FigureTally.Sum(digits: fields[2], key.code.unit)
    else { return nil }
    let shares = fields.dropFirst(3).compactMap { share($0.parts(at: "="), key.code.unit) }
    let figure = Figure(key: key, sum: sum, shares: shares)
    guard shares.count == fields.count - 3, figure.isSound,
      zip(shares, shares.dropFirst()).allSatisfy({ $0.region < $1.region })
    else { return nil }
    return figure
  }

  private static func share(_ halves: [String], _ unit: FigureUnit) -> Figure.Share? {
    guard halves.count == 2, halves[0].isRegion else { return nil }
    let sum = FigureTally.Sum(digits: halves[1], unit)
    guard sum != nil || halves[1] == untold else { return nil }
    return Figure.Share(region: halves[0], sum: sum)
  }
}
