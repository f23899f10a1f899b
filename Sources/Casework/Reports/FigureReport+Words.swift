import Ledger

extension FigureReport {
  /// The first form of the text: the figures in words, and every extract in the open.
  ///
  /// Its words are part of what was signed: they stand here and never change, whatever the tables
  /// call a code today. A figure that came later has none, and no text of that form carries it.
  var wordedText: String {
    (wordedHeading + [(["地区"] + regions).joined(separator: " ")]
      + tally.figures.map(wordedLine) + extracts.map(Self.wordedLine)).joined(separator: "\n")
  }

  /// How every text of that form begins, of an agency and a year.
  static func wordedHeader(of agency: AgencyCode, year: Int) -> String {
    "\(title)\n机关 \(agency.rawValue)\n年度 \(year) "
  }

  private static let title = "年度统计 1"
  private static let extractMark = "摘录"

  private var wordedHeading: [String] {
    (Self.wordedHeader(of: subject.agency, year: subject.year)
      + "截至 \(subject.asOf) 口径 \(subject.rules.version)"
      + (unreadable == 0 ? "" : " 未识别 \(unreadable)")).parts(at: "\n")
  }

  private func wordedLine(_ figure: FigureKey) -> String {
    let unit = figure.code.unit
    let sum = tally.sums[figure] ?? FigureTally.Sum()
    let byRegion = (tally.byRegion[figure] ?? [:]).sorted { $0.key < $1.key }.map {
      "\($0)=\($1.digits(unit))"
    }
    let shown = sum.text(unit)
    return
      ([
        "指标", figure.description, Self.words[figure.code] ?? figure.code.rawValue,
        shown.isEmpty ? "-" : shown + (Self.units[unit] ?? unit.rawValue), sum.digits(unit),
      ] + byRegion).joined(separator: " ")
  }

  private static func wordedLine(_ extract: Extract) -> String {
    [
      extractMark, extract.contributor.rawValue, extract.figure.description, extract.region,
      extract.sum.digits(extract.figure.code.unit),
      extract.marks.map(\.description).joined(separator: ","),
    ].joined(separator: " ")
  }

  /// Reads the lines of a text of that form; nil when they are none.
  init?(worded lines: [String]) {
    guard lines[0] == Self.title else { return nil }
    let (agency, about) = (lines[1].parts(at: " "), lines[2].parts(at: " "))
    let regions = Array(lines[3].parts(at: " ").dropFirst())
    guard agency.count == 2, [6, 8].contains(about.count), Self.areRegions(regions),
      let subject = Self.subject(agency[1], year: about[1], asOf: about[3], rules: about[5]),
      let unreadable = about.count == 6 ? 0 : Int(about[7]), unreadable >= 0
    else { return nil }
    var extracts: [Extract] = []
    for line in lines.dropFirst(4) where line.utf8.starts(with: Self.extractMark.utf8) {
      let fields = line.parts(at: " ")
      guard fields.count == 6, let contributor = AgencyCode(fields[1]),
        let extract = Extract(of: contributor, fields.dropFirst(2)),
        extracts.last.map({ $0.key < extract.key }) ?? true
      else { return nil }
      extracts.append(extract)
    }
    self.init(
      subject, regions: regions, extracts: extracts, unreadable: unreadable, form: .words)
  }

  private static let words: [FigureCode: String] = [
    .clueReferred: "移送问题线索", .caseFiled: "立案", .accountable: "追责问责",
    .personTimes: "党纪政务处分或组织处理", .petitionsAccepted: "受理信访",
    .petitionsClosed: "办结信访", .petitionRate: "信访办结率", .petitionOnTime: "信访按期办结率",
    .rectRate: "整改率", .itemRate: "事项办结率", .settled: "化解涉党政机关执行案件",
    .amount: "执行到位金额", .trainings: "交流培训",
  ]

  private static let units: [FigureUnit: String] = [
    .cases: "件", .personTimes: "人次", .times: "次", .rate: "%", .fen: "万元",
  ]
}
