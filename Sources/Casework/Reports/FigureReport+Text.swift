package import Ledger

extension FigureReport {
  /// The report as a document carries it: for people the figures, for other nodes every extract.
  ///
  /// One line for each fact, always in the same order and in the same words, so that equal reports
  /// are equal texts.
  package var text: String {
    (heading + [(["地区"] + regions).joined(separator: " ")] + tally.figures.map(figureLine)
      + extracts.map(Self.line)).joined(separator: "\n")
  }

  /// How every text of an agency and a year begins, whatever its day and its rules.
  package static func header(of agency: AgencyCode, year: Int) -> String {
    "\(title)\n机关 \(agency.rawValue)\n年度 \(year) "
  }

  private static let title = "年度统计 1"
  private static let extractMark = "摘录"

  private var heading: [String] {
    (Self.header(of: subject.agency, year: subject.year)
      + "截至 \(subject.asOf) 口径 \(subject.rules.version)"
      + (unreadable == 0 ? "" : " 未识别 \(unreadable)")).parts(at: "\n")
  }

  private func figureLine(_ figure: FigureKey) -> String {
    let sum = tally.sums[figure] ?? FigureTally.Sum()
    let byRegion = (tally.byRegion[figure] ?? [:]).sorted { $0.key < $1.key }.map { region, sum in
      "\(region)=\(Self.number(sum, figure))"
    }
    return
      (["指标", figure.description, figure.code.term.zh, sum.shown(figure.code.unit)]
      + [Self.number(sum, figure)] + byRegion).joined(separator: " ")
  }

  private static func number(_ sum: FigureTally.Sum, _ figure: FigureKey) -> String {
    figure.code.unit == .rate ? "\(sum.count)/\(sum.of)" : String(sum.count)
  }

  private static func line(_ extract: Extract) -> String {
    [
      extractMark, extract.contributor.rawValue, extract.figure.description, extract.region,
      number(extract.sum, extract.figure),
      extract.marks.map(\.description).joined(separator: ","),
    ].joined(separator: " ")
  }
}

extension FigureReport {
  /// Reads the text of a report; nil when it is none, or not in the one form that it has.
  ///
  /// The figures are not believed: the text is read as a list of extracts and must be what they
  /// give.
  package init?(text: String) {
    guard text.utf8.count <= Limits.reportTextBytesMax else { return nil }
    let lines = text.parts(at: "\n")
    guard lines.count >= 4, lines[0] == Self.title else { return nil }
    let agency = lines[1].parts(at: " ")
    let about = lines[2].parts(at: " ")
    let regions = Array(lines[3].parts(at: " ").dropFirst())
    guard agency.count == 2, let agency = AgencyCode(agency[1]), [6, 8].contains(about.count),
      let year = Int(about[1]), let day = CivilDate(about[3]), let version = Int(about[5]),
      let rules = CountingRules.of(version: version),
      let subject = ReportSubject(of: agency, year: year, asOf: day, rules: rules),
      let unreadable = about.count == 6 ? 0 : Int(about[7]), unreadable >= 0,
      regions.count <= Limits.reportRegionsMax, regions.allSatisfy(Self.isRegion),
      zip(regions, regions.dropFirst()).allSatisfy(<)
    else { return nil }
    var extracts: [Extract] = []
    for line in lines.dropFirst(4) where line.utf8.starts(with: Self.extractMark.utf8) {
      guard let extract = Self.extract(line.parts(at: " ")), extract.isSound,
        extracts.last.map({ $0.key < extract.key }) ?? true
      else { return nil }
      extracts.append(extract)
    }
    self.init(subject, regions: regions, extracts: extracts, unreadable: unreadable)
    // Swift compares characters; what is signed is bytes.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  private static func extract(_ fields: [String]) -> Extract? {
    guard fields.count == 6, let contributor = AgencyCode(fields[1]),
      let figure = FigureKey(named: fields[2]), isRegion(fields[3]),
      let sum = sum(fields[4].parts(at: "/"), figure)
    else { return nil }
    let parts = fields[5].parts(at: ",")
    let marks = parts.compactMap(Mark.init)
    guard marks.count == parts.count, zip(marks, marks.dropFirst()).allSatisfy(<=) else {
      return nil
    }
    return Extract(key: Extract.Key(contributor, figure, fields[3]), sum: sum, marks: marks)
  }

  private static func sum(_ numbers: [String], _ figure: FigureKey) -> FigureTally.Sum? {
    let isRate = figure.code.unit == .rate
    guard numbers.count == (isRate ? 2 : 1), let count = Int64(numbers[0]) else { return nil }
    guard isRate else { return FigureTally.Sum(count: count) }
    return Int64(numbers[1]).map { FigureTally.Sum(count: count, of: $0) }
  }

  private static func isRegion(_ text: String) -> Bool {
    text.utf8.count == 6 && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension FigureKey {
  /// Reads a code such as `rectRate.campaign`; nil where no figure is called so.
  init?(named text: String) {
    let name = text.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard let code = FigureCode(rawValue: String(Substring(name))) else { return nil }
    self.init(code, part: String(Substring(text.utf8.dropFirst(name.count + 1))))
  }
}

extension FigureTally.Sum {
  /// The sum with its unit as people read it; a rate of nothing is `-`.
  func shown(_ unit: FigureUnit) -> String {
    let text = text(unit)
    return text.isEmpty ? "-" : text + unit.term.zh
  }
}
