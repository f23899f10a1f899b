import Casework
import Ledger
import Postgres
import Replica

/// The questions of a dossier that no letter, item or minutes ask: its courses, what became of its
/// papers and results, and who is in it.
struct DossierQuestions {
  let dossier: DossierID
  let acts: [Acts.Line]
  let results: [Results.Placed]
  let language: Language

  /// Every question, by machine; one row more than an answer holds says that there are more.
  func all(in transaction: borrowing OfficeTransaction) throws -> [API.Question] {
    try courses(in: transaction) + papers(in: transaction) + outcomes(in: transaction)
      + members(in: transaction)
  }

  private static let most = Limits.answerListMax + 1

  /// Where each course stands, and the step that brought it there; nothing in its first stage.
  private func courses(in transaction: borrowing OfficeTransaction) throws -> [API.Question] {
    let rows = try transaction.sql.rows(
      """
      SELECT c.machine, c.subject, coalesce(d.number, d.title, i.text, v.number, v.title, ''),
        coalesce(c.moved_by, c.author), c.stage, c.moved_by IS NOT NULL, c.type
      FROM casework.course c
      LEFT JOIN casework.document d
        ON d.dossier = c.dossier AND d.author = c.author AND d.id = c.subject
      LEFT JOIN casework.item i
        ON i.dossier = c.dossier AND i.author = c.author AND i.id = c.subject
      LEFT JOIN casework.dossier v ON v.dossier = c.dossier
      WHERE c.dossier = \(dossier)
      ORDER BY c.machine, c.subject, c.author LIMIT \(Self.most)
      """)
    let parts = Set(
      try rows.filter { row in
        try row.value(6, as: Int.self) != Int(RecordType.dossier.rawValue)
      }.map { try $0.value(1, as: RecordID.self).uuidString })
    return try rows.map { row in
      var question = try Self.question(row)
      guard try row.value(5, as: Bool.self) else { return question }
      let isPart = parts.contains(question.target)
      let deciding = Decision.last(
        of: question, among: acts, and: isPart ? [] : results
      ) { target in
        // An advance of the dossier names the cover of its day; every other names its paper.
        isPart ? target == question.target : !parts.contains(target)
      }
      question.decidedBy = deciding?.act
      question.decidedByResult = deciding?.result
      return question
    }
  }

  /// What became of each paper since it was issued; minutes answer for themselves.
  private func papers(in transaction: borrowing OfficeTransaction) throws -> [API.Question] {
    try transaction.sql.rows(
      """
      SELECT 'SM1', d.id, coalesce(d.number, d.title), d.author, d.state
      FROM casework.document d
      WHERE d.dossier = \(dossier) AND d.form <> \(DocumentForm.minutes.rawValue)
      ORDER BY d.id, d.author LIMIT \(Self.most)
      """
    ).map { row in
      var question = try Self.question(row)
      question.decidedBy = revocation(of: [question.target], by: question.arbiter)
      return question
    }
  }

  /// What became of each result: what corrects it, or the act that revokes it.
  private func outcomes(in transaction: borrowing OfficeTransaction) throws -> [API.Question] {
    let rows = try transaction.sql.rows(
      """
      SELECT 'R', r.id, r.kind, r.author, r.status, r.root,
        r.revises IS NOT NULL
      FROM casework.result r WHERE r.dossier = \(dossier)
      ORDER BY r.id, r.author LIMIT \(Self.most)
      """)
    let versions = try Dictionary(grouping: rows) { try $0.value(5, as: RecordID.self) }
      .mapValues { try $0.map { try $0.value(1, as: RecordID.self).uuidString } }
    return try rows.map { row in
      var question = try Self.question(row)
      let (root, corrects) = try (row.value(5, as: RecordID.self), row.value(6, as: Bool.self))
      question.label = Catalogue.label("result", question.label, in: language)
      switch ResultState(rawValue: question.state) {
      case .revoked:
        question.decidedBy = revocation(of: versions[root] ?? [], by: question.arbiter)
      case .valid where corrects, .revised:
        question.decidedByResult =
          results.first {
            $0.result.root == root.uuidString && $0.result.author == question.arbiter
          }?.result
      case .valid, nil: break
      }
      return question
    }
  }

  private func revocation(of targets: [String], by author: String) -> API.Act? {
    acts.map(\.act).filter { act in
      act.verb == Verb.revoke.rawValue && act.author == author && act.voidReason == nil
        && targets.contains(act.target)
    }.max { $0.sequence < $1.sequence }
  }

  /// Who is in the dossier, was, or is kept out, and the act that says so; a letter that grants a
  /// membership is none.
  private func members(in transaction: borrowing OfficeTransaction) throws -> [API.Question] {
    try transaction.sql.rows(
      """
      SELECT 'M', v.id, m.agency, v.home, m.state
      FROM casework.member m JOIN casework.dossier v ON v.dossier = m.dossier
      WHERE m.dossier = \(dossier) AND m.agency <> v.home AND v.id IS NOT NULL
      ORDER BY m.agency LIMIT \(Self.most)
      """
    ).map { row in
      var question = try Self.question(row)
      let (verb, agency, home) = (
        Self.verb(of: question.state), question.label, question.arbiter
      )
      let saying = acts.map(\.act).filter { act in
        act.verb == verb?.rawValue && act.agencies.contains(agency) && act.voidReason == nil
      }
      // Who received it may keep an agency out, too; the home's word is shown where there is one.
      question.decidedBy =
        saying.filter { $0.author == home }.max { $0.sequence < $1.sequence } ?? saying.first
      question.arbiter = question.decidedBy?.author ?? home
      return question
    }
  }

  private static func verb(of state: String) -> Verb? {
    switch state {
    case "member": .admit
    case "ended": .end
    case "excluded": .exclude
    default: nil
    }
  }

  private static func question(_ row: Row) throws -> API.Question {
    API.Question(
      machine: try row.value(0), target: try row.value(1, as: RecordID.self).uuidString,
      label: try row.value(2), arbiter: try row.value(3), state: try row.value(4))
  }
}
