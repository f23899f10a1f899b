import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Drafts the assessment of a unit: a line for each rule that a delay of its breaks, as of a day.
  ///
  /// The paper stands in a dossier of its own and is addressed to the unit alone, which confirms or
  /// disputes it; what an earlier assessment of ours has is left out. For cases of accountability,
  /// which a person names, the unit must not learn of the clue: they make a paper that is addressed
  /// to nobody, with copies for those only who may see each of the clues.
  package func assess(
    _ request: API.AssessRequest, by acting: Acting
  ) async throws -> API.Draft {
    let unit = try Field.agency(request.unit, "unit")
    guard unit != agency else { throw Field.invalid(unit.rawValue, "unit", "≠ \(agency)") }
    guard request.cases.count <= Limits.itemsMax else {
      throw OfficeError(
        .tooLarge,
        ["bytes": String(request.cases.count), "limit": String(Limits.itemsMax)])
    }
    let day = try AskedFigures.day(request.asOf, today: clock.today) ?? clock.today
    // All dossiers are folded for it: over a snapshot, beside whoever writes.
    let isOpen = request.cases.isEmpty
    var drawn: [API.DeductionLine] = []
    if isOpen {
      drawn = try await count { transaction in
        try DeductionLines(
          DeductionLines.Question(day: day, unit: unit), at: self, in: transaction
        ).open(for: agency)
      }
    }
    return try await write(API.assess, request, by: acting, on: unit.rawValue) {
      [drawn] transaction, desk in
      guard day <= desk.today else { throw Desk.notOver(day, on: desk.today) }
      try desk.known([unit])
      let cc = try Field.agencies(request.cc, "cc").filter { $0 != agency && $0 != unit }
      let lines =
        isOpen
        ? drawn
        : try request.cases.map { try desk.line(of: $0, against: unit, cc, in: transaction) }
      guard !lines.isEmpty else {
        throw OfficeError(.conflict, ["detail": "conflict.nothingToAssess, \(unit.rawValue)"])
      }
      guard lines.count <= Limits.itemsMax else {
        throw OfficeError(
          .tooLarge, ["bytes": String(lines.count), "limit": String(Limits.itemsMax)])
      }
      let name = try desk.name(of: unit)
      let title = "\(name)考核扣分(截至\(day))"
      let opened = try desk.open(Opening(kind: .assessment, title: title), in: transaction)
      let points = lines.reduce(0) { $0 + $1.points }
      var content = DraftContent(
        form: .assessment, title: title,
        body: "截至\(day),共\(lines.count)项,扣\(DeductionPoints.text(points))分。",
        to: isOpen ? [unit] : [], cc: cc)
      content.items = lines.map(\.item)
      try desk.assertUnassessed(content, in: transaction)
      return try desk.draft(content, in: opened.dossier, in: transaction)
    }
  }
}

extension Desk {
  /// The line that takes points off for a case: the result that holds somebody accountable.
  fileprivate func line(
    of text: String, against unit: AgencyCode, _ cc: [AgencyCode],
    in transaction: borrowing OfficeTransaction
  ) throws -> API.DeductionLine {
    let found = try Lookup(agency: office.agency).find(text, in: transaction)
    let kinds = [ResultKind.sanction, .accountability].map(\.rawValue)
    let named = found.kind == .result ? found.record : nil
    let row = try transaction.sql.firstRow(
      """
      SELECT root, kind, on_date FROM casework.result
      WHERE dossier = \(found.dossier) AND kind = ANY(\(kinds))
        AND status = \(ResultState.valid.rawValue)
        AND (\(named)::uuid IS NULL OR id = \(named) OR root = \(named))
      ORDER BY on_date, author, id LIMIT 1
      """)
    guard let row, let kind = ResultKind(rawValue: try row.value(1)),
      let folded = try transaction.folded(found.dossier)
    else { throw OfficeError(.conflict, ["detail": "conflict.notAccountable"]) }
    let stranger = cc.first { !folded.members.contains($0) || folded.excluded.contains($0) }
    if let stranger {
      throw OfficeError(.conflict, ["detail": "conflict.copyOfCase, \(stranger.rawValue)"])
    }
    let on = try row.value(2, as: CivilDate.self)
    return API.DeductionLine(
      unit: unit.rawValue, rule: DeductionRule.accountable.rawValue,
      points: Int(clamping: DeductionRule.accountable.points),
      record: try row.value(0, as: RecordID.self).uuidString, text: "\(kind.term.zh)(\(on))")
  }

  fileprivate func name(of agency: AgencyCode) throws -> String {
    try view().agency(agency)?.entry.name ?? agency.rawValue
  }

  /// Refuses lines that an assessment of ours has already, which was issued and stands, other than
  /// the one that the draft replaces.
  func assertUnassessed(
    _ content: DraftContent, in transaction: borrowing OfficeTransaction
  ) throws {
    var seen: Set<DeductionLines.Key> = []
    for item in content.items where item.kind == ItemKind.deduction.rawValue {
      let key = DeductionLines.Key(
        unit: item.unit ?? "", rule: item.category ?? "", record: item.standard ?? "")
      guard seen.insert(key).inserted else {
        throw OfficeError(.conflict, ["detail": "conflict.assessedTwice, \(key.record)"])
      }
      let number = try transaction.sql.value(
        """
        SELECT d.number FROM casework.item i JOIN casework.document d
          ON d.dossier = i.dossier AND d.author = i.author AND d.id = i.document
        WHERE i.author = \(office.agency) AND i.kind = \(ItemKind.deduction.rawValue)
          AND i.unit = \(key.unit) AND i.category = \(key.rule) AND i.standard = \(key.record)
          AND d.state = \(DocumentState.issued.rawValue)
          AND d.id::text IS DISTINCT FROM \(content.supersedes)
          AND d.number IS DISTINCT FROM \(content.supersedes)
        ORDER BY d.issued_on, d.id LIMIT 1
        """, as: String?.self)
      if let number = number.flatMap(\.self) {
        throw OfficeError(.conflict, ["detail": "conflict.assessed, \(number)"])
      }
    }
  }
}

/// Hundredths of a point as people read them.
package enum DeductionPoints {
  /// The text, such as `1.50`.
  ///
  /// - Returns: the points with two decimals.
  package static func text(_ hundredths: Int) -> String {
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(hundredths < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension API.DeductionLine {
  /// The line as an item of the paper, with what the unit needs to find it.
  fileprivate var item: API.DraftItem {
    let name = DeductionRule(rawValue: rule)?.term.zh ?? rule
    let late = days > 0 ? "\(days)日" : ""
    let place = number.map { "(\($0))" } ?? ""
    return API.DraftItem(
      kind: ItemKind.deduction.rawValue, text: "\(name)\(late):\(text)\(place)", unit: unit,
      standard: record, amount: points, category: rule)
  }
}
