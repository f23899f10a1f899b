import Foundation

/// The questions that a node is asked in W10: every list, card and figure of the JSON API, of which
/// `Schema/openapi/office.yaml` is the list.
struct Questions {
  /// One question, about other things or for another page each time.
  struct Question {
    /// What it is called in the sheet: route and query.
    let name: String
    /// The targets of its requests, asked in turn.
    let paths: [String]
    /// What it is to be answered; nil where no plan says.
    var planned: PlannedFigures?
    /// Whether all its pages, taken together, say what is planned.
    var addsUp = true

    /// The target of a request; neighbours in the order of asking lie far apart.
    func path(_ turn: Int) -> String { paths[turn * 7_919 % paths.count] }
  }

  /// Lists, by pages of 200, and how they are narrowed.
  static let lists = [
    ("agencies", ""), ("people", ""), ("calendar", "year=\(YearDemo.year)"), ("dossiers", ""),
    ("dossiers", "kind=clue"), ("documents", ""), ("documents", "form=feedback"), ("drafts", ""),
    ("clues", ""), ("clues", "state=accepted"), ("meetings", ""), ("items", ""),
    ("items", "unit=420322-FZB"), ("items", "state=signedOff"), ("results", ""),
    ("results", "kind=sanction"), ("courses", ""), ("courses", "kind=petition"),
    ("deadlines", ""), ("deadlines", "overdue=true"), ("deadlines", "rights=true"),
    ("held", ""), ("rejected", ""), ("voids", ""), ("alarms", ""), ("report/overdue", ""),
    ("report/overdue", "as_of=\(YearDemo.today)&region=420304"), ("report/deductions", ""),
    ("report/plan", "year=\(YearDemo.year)"), ("report/minutes", "year=\(YearDemo.year)"),
  ]

  /// Figures of which the evidence is listed, by pages of 200.
  static let figures = [
    "clueReferred", "caseFiled", "accountable", "personTimes", "petitionRate", "settled",
    "amount", "trainings", "rectRate.midTerm\(YearDemo.year)", "itemRate.resolution",
  ]

  /// What is answered whole.
  static let whole = [
    ("status", ""), ("version", ""), ("settings", ""), ("agencies/pending", ""), ("desks", ""),
    ("report/figures", "year=\(YearDemo.year)"),
    ("report/figures", "year=\(YearDemo.year)&as_of=now"),
    ("report/figures", "year=\(YearDemo.year)&quarter=3"),
    ("report/figures", "year=\(YearDemo.year)&region=420322"),
    ("report/matrix", "year=\(YearDemo.year)"),
    ("statements", "peer=420300-JW&period=\(YearDemo.year)-07"),
  ]

  /// Cards, each with what it is of.
  static let cards: [(route: String, of: Kind)] = [
    ("dossiers/{dossier}", .dossier), ("dossiers/{dossier}/explanation", .dossier),
    ("dossiers/{dossier}/sealed", .dossier), ("clues/{clue}", .clue),
    ("meetings/{meeting}", .meeting), ("documents/{document}", .document), ("items/{item}", .item),
    ("objects/{id}", .document), ("reports/{report}/differences", .report),
  ]

  /// Files, pieces of files, and what a reader does not wait for.
  static let others = [
    "documents/{document}/attachments/{position}/{piece}", "objects/{id}/evidence",
    "objects/{id}/certificate", "bundles/{bundle}/pieces/{piece}", "rebuild",
  ]

  /// What a card is of.
  enum Kind: CaseIterable {
    case dossier, clue, meeting, document, item, report
  }

  /// What all routes begin with.
  static let root = "/office/v1/"
  /// Dossiers whose documents and items are asked for.
  private static let opened = 200

  private let connection: OfficeConnection
  private let scale: Int
  private let known: [Kind: [String]]

  /// Looks up what a node can be asked about that has the year so many times.
  init(asking connection: OfficeConnection, scale: Int) throws {
    self.connection = connection
    self.scale = scale
    var dossiers: [Line] = []
    var page: Int? = 1
    while let asked = page {
      let list = try connection.call(
        "GET", "\(Self.root)dossiers?limit=200&page=\(asked)", Nothing(), for: Lines.self)
      dossiers += list.dossiers
      page = list.next
    }
    func ids(_ kind: String) -> [String] { dossiers.filter { $0.kind == kind }.map(\.id) }
    var (documents, items, reports): ([String], [String], [String]) = ([], [], [])
    let every = max(1, dossiers.count / Self.opened)
    for (index, line) in dossiers.enumerated() where index % every == 0 || line.kind == "report" {
      let held = try connection.call(
        "GET", "\(Self.root)dossiers/\(line.id)", Nothing(), for: Papers.self)
      documents += held.documents.map(\.id)
      items += held.items.map(\.id)
      reports += held.documents.filter { $0.form == "annualReport" }.map(\.id)
    }
    known = [
      .dossier: dossiers.map(\.id), .clue: ids("clue"), .meeting: ids("meeting"),
      .document: documents, .item: items, .report: reports,
    ]
    for kind in Kind.allCases where known[kind, default: []].isEmpty {
      throw BenchError("the node has nothing of the kind \(kind)")
    }
  }

  /// All of them.
  func all() throws -> [Question] {
    let lists = try Self.lists.map { try list($0, $1).question }
    let proven = try Self.figures.map { try evidence(of: $0) }
    let whole = Self.whole.map { route, query in
      let target = Self.target(route, query)
      let isFigures = route == "report/figures"
      return Question(
        name: target, paths: [Self.root + target],
        planned: isFigures ? PlannedFigures(answering: query, scale: scale) : nil)
    }
    let cards = Self.cards.map { route, kind in
      let parts = route.split(separator: "/", omittingEmptySubsequences: false)
      return Question(
        name: route,
        paths: known[kind, default: []].map { id in
          Self.root + parts.map { $0.hasPrefix("{") ? id : String($0) }.joined(separator: "/")
        })
    }
    return lists + proven + cards + whole
  }

  /// A list, and what its lines of evidence add up to.
  private func list(_ route: String, _ query: String) throws -> (question: Question, sum: Int) {
    let target = Self.target(route, query)
    var (paths, sum) = ([String](), 0)
    var page: Int? = 1
    while let asked = page {
      paths.append(Self.page(asked, of: target))
      let answer = try connection.call("GET", paths[paths.count - 1], Nothing(), for: Next.self)
      sum += (answer.evidence ?? []).reduce(0) { $0 + $1.count }
      page = answer.next
    }
    return (Question(name: target, paths: paths), sum)
  }

  /// The evidence of a figure, which must add up to it.
  private func evidence(of figure: String) throws -> Question {
    let year = "year=\(YearDemo.year)"
    let (made, sum) = try list("report/evidence", "figure=\(figure)&\(year)")
    var question = made
    question.addsUp =
      PlannedFigures(answering: year, scale: scale)?.agree(with: sum, of: figure) ?? false
    return question
  }

  private static func target(_ route: String, _ query: String) -> String {
    query.isEmpty ? route : "\(route)?\(query)"
  }

  private static func page(_ page: Int, of target: String) -> String {
    "\(root)\(target)\(target.contains("?") ? "&" : "?")limit=200&page=\(page)"
  }

  private struct Line: Decodable {
    let id: String
    let kind: String
  }

  private struct Lines: Decodable {
    let dossiers: [Line]
    let next: Int?
  }

  private struct Papers: Decodable {
    struct Paper: Decodable {
      let id: String
      let form: String
    }

    struct Item: Decodable {
      let id: String
    }

    let documents: [Paper]
    let items: [Item]
  }

  private struct Next: Decodable {
    struct Line: Decodable {
      let count: Int
    }

    let next: Int?
    /// Lines of evidence; nil in every other list.
    let evidence: [Line]?
  }
}
