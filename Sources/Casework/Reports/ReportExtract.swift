package import Ledger

/// What one contributor answers for in the report of a year, as a text of its own (摘录).
///
/// It goes out in a sealed part for the contributor and the agency that reports. The report has its
/// digest, so whoever confirms the report confirms this very text; the salt in it keeps everybody
/// else from trying by the digest which lines of evidence it has.
package struct ReportExtract: Sendable {
  /// Which report it is of.
  package let subject: ReportSubject
  /// Who answers for it.
  package let contributor: AgencyCode
  /// 32 random bytes.
  package let salt: Hash256
  /// What it adds to the figures, by figure and region, ascending.
  package let pieces: [FigureReport.Extract]

  /// Takes pieces of the contributor that are in their order.
  init(
    _ subject: ReportSubject, of contributor: AgencyCode, salt: Hash256,
    pieces: [FigureReport.Extract]
  ) {
    self.subject = subject
    self.contributor = contributor
    self.salt = salt
    self.pieces = pieces
  }

  /// The SHA-256 of its text.
  package var digest: Hash256 { .sha256(Array(text.utf8)) }

  /// Its text in the one form that it has.
  package var text: String {
    let heading = [
      Self.title,
      "report \(subject.agency.rawValue) \(subject.year) \(subject.asOf) \(subject.rules.version)",
      "contributor \(contributor.rawValue)", "salt \(salt.hex)",
    ]
    return (heading + pieces.map(Self.line)).joined(separator: "\n")
  }

  private static let title = "guantong-extract 1"
  private static let mark = "piece"

  private static func line(_ piece: FigureReport.Extract) -> String {
    [
      mark, piece.figure.description, piece.region, piece.sum.digits(piece.figure.code.unit),
      piece.marks.map(\.description).joined(separator: ","),
    ].joined(separator: " ")
  }

  /// Reads the text of an extract; nil when it is none, or not in its one form.
  package init?(text: String) {
    guard text.utf8.count <= Limits.reportTextBytesMax,
      text.utf8.starts(with: Self.title.utf8)
    else { return nil }
    let lines = text.parts(at: "\n")
    guard lines.count > 4, lines[0] == Self.title else { return nil }
    let about = lines[1].parts(at: " ")
    let (named, salted) = (lines[2].parts(at: " "), lines[3].parts(at: " "))
    guard about.count == 5, let agency = AgencyCode(about[1]), let year = Int(about[2]),
      let day = CivilDate(about[3]), let rules = Int(about[4]).flatMap(CountingRules.of(version:)),
      let subject = ReportSubject(of: agency, year: year, asOf: day, rules: rules),
      named.count == 2, let contributor = AgencyCode(named[1]),
      salted.count == 2, let salt = Hash256(hex: salted[1])
    else { return nil }
    var pieces: [FigureReport.Extract] = []
    for line in lines.dropFirst(4) {
      let piece = FigureReport.Extract(of: contributor, line.parts(at: " ").dropFirst())
      guard let piece, pieces.last.map({ $0.key < piece.key }) ?? true else { return nil }
      pieces.append(piece)
    }
    self.init(subject, of: contributor, salt: salt, pieces: pieces)
    // Swift compares characters; what is signed is bytes.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }
}

extension FigureReport.Extract {
  /// Reads figure, region, sum and marks; nil where no lines of evidence can make them.
  init?(of contributor: AgencyCode, _ words: some Collection<String>) {
    let fields = Array(words)
    guard fields.count == 4, let figure = FigureKey(named: fields[0]), fields[1].isRegion,
      let sum = FigureTally.Sum(digits: fields[2], figure.code.unit)
    else { return nil }
    let parts = fields[3].parts(at: ",")
    let marks = parts.compactMap(FigureReport.Mark.init)
    guard marks.count == parts.count, zip(marks, marks.dropFirst()).allSatisfy(<=) else {
      return nil
    }
    self.init(key: Key(contributor, figure, fields[1]), sum: sum, marks: marks)
    guard isSound else { return nil }
  }
}

extension FigureTally.Sum {
  /// The sum in digits: a rate as its two numbers.
  func digits(_ unit: FigureUnit) -> String { unit == .rate ? "\(count)/\(of)" : String(count) }

  /// Reads digits; nil for anything else.
  init?(digits: String, _ unit: FigureUnit) {
    let numbers = digits.parts(at: "/")
    guard numbers.count == (unit == .rate ? 2 : 1), let count = Int64(numbers[0]) else {
      return nil
    }
    guard unit == .rate else {
      self.init(count: count)
      return
    }
    guard let of = Int64(numbers[1]) else { return nil }
    self.init(count: count, of: of)
  }
}

extension String {
  /// Whether it is the six digits of a region.
  var isRegion: Bool { utf8.count == 6 && utf8.allSatisfy { (48...57).contains($0) } }
}

extension FigureKey {
  /// Reads a code such as `rectRate.campaign`; nil where no figure is called so.
  init?(named text: String) {
    let name = text.utf8.prefix { $0 != UInt8(ascii: ".") }
    guard let code = FigureCode(rawValue: String(Substring(name))), code.isOfYear else {
      return nil
    }
    self.init(code, part: String(Substring(text.utf8.dropFirst(name.count + 1))))
  }
}
