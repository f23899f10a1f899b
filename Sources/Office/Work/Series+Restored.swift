import Casework
import Ledger
import Postgres

extension Series {
  /// Notes every number that papers of this agency carry, so that none of them is drawn again.
  ///
  /// The series of a database that went back in time are as old as it is, while the papers that
  /// they numbered since came back from peers. One pass over the agency's own papers, in batches.
  ///
  /// - Parameters:
  ///   - agency: the own agency.
  ///   - transaction: the one that ends the restored state.
  /// - Throws: the failure of the database.
  static func reserveAll(
    of agency: AgencyCode, in transaction: borrowing Transaction
  ) throws {
    var last: [Key: Int] = [:]
    try forEachPaper(of: agency, in: transaction) { paper in
      last[paper.key] = max(last[paper.key] ?? 0, paper.number)
    }
    for (key, number) in last {
      try reserve(key.series, of: agency, year: key.year, number: number, in: transaction)
    }
  }

  /// Numbers in a row that no paper here carries, below one that is carried.
  struct Gap {
    /// Whether it is of dossiers; else of documents.
    var isOfDossiers: Bool
    /// The first as it was printed.
    var first: String
    /// The last as it was printed.
    var last: String
    /// How many they are.
    var count: Int
  }

  /// The gaps in the agency's series, by series and year.
  ///
  /// Numbers are drawn without gaps, so each stands for a paper that was issued, unless somebody
  /// gave a higher number by hand. One pass over the agency's own papers, in batches.
  ///
  /// - Parameters:
  ///   - agency: the own agency.
  ///   - transaction: where the papers are.
  /// - Returns: the gaps.
  /// - Throws: the failure of the database.
  static func gaps(
    of agency: AgencyCode, in transaction: borrowing Transaction
  ) throws -> [Gap] {
    var carried: [Key: (numbers: [Int], sample: Paper)] = [:]
    try forEachPaper(of: agency, in: transaction) { paper in
      carried[paper.key, default: ([], paper)].numbers.append(paper.number)
    }
    return carried.sorted { ($0.key.series, $0.key.year) < ($1.key.series, $1.key.year) }
      .flatMap { _, papers -> [Gap] in
        var gaps: [Gap] = []
        var next = 1
        for number in papers.numbers.sorted() {
          if number > next {
            gaps.append(
              Gap(
                isOfDossiers: papers.sample.isDossier, first: papers.sample.printed(next),
                last: papers.sample.printed(number - 1), count: number - next))
          }
          next = max(next, number + 1)
        }
        return gaps
      }
  }

  /// What carries a number of this agency.
  private enum Paper {
    case document(DocumentForm, DocumentNumber)
    case minutes(DocumentForm, year: Int, issue: Int)
    case dossier(DossierNumber)

    var key: Key {
      switch self {
      case .document(let form, let number): Key(series: documents(form), year: number.year)
      case .minutes(let form, let year, _): Key(series: documents(form), year: year)
      case .dossier(let number): Key(series: dossiers(number.kind), year: number.year)
      }
    }

    var number: Int {
      switch self {
      case .document(_, let number): number.number
      case .minutes(_, _, let issue): issue
      case .dossier(let number): number.number
      }
    }

    var isDossier: Bool {
      if case .dossier = self { true } else { false }
    }

    /// Another number of the same series as it is printed.
    func printed(_ other: Int) -> String {
      switch self {
      case .document(_, let number):
        DocumentNumber(word: number.word, year: number.year, number: other)?.description ?? ""
      case .minutes: DocumentNumber.minutes(other)
      case .dossier(let number):
        DossierNumber(
          agency: number.agency, kind: number.kind, year: number.year, number: other
        )?.description ?? ""
      }
    }
  }

  private static func forEachPaper(
    of agency: AgencyCode, in transaction: borrowing Transaction, _ body: (Paper) -> Void
  ) throws {
    try transaction.forEachBatch(
      of: batch,
      """
      SELECT form, number, extract(year FROM issued_on)::bigint FROM casework.document
      WHERE author = \(agency) AND number IS NOT NULL
      """
    ) { rows in
      for row in rows {
        let (code, text, year) = try row.values(String.self, String.self, Int.self)
        guard let form = DocumentForm(rawValue: code) else { continue }
        if let number = DocumentNumber(text) {
          body(.document(form, number))
        } else if form == .minutes, let issue = Int(text.drop { !$0.isNumber }.dropLast()) {
          body(.minutes(form, year: year, issue: issue))
        }
      }
    }
    try transaction.forEachBatch(
      of: batch,
      "SELECT number FROM casework.dossier WHERE home = \(agency) AND number IS NOT NULL"
    ) { rows in
      for row in rows {
        guard let number = DossierNumber(try row.value(0, as: String.self)),
          number.agency == agency
        else { continue }
        body(.dossier(number))
      }
    }
  }

  private struct Key: Hashable {
    let series: String
    let year: Int
  }

  /// A row is under 100 bytes, so a batch is under 100 KB.
  private static let batch = 1_000
}
