import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Lists items and letters that are past their due date, and items that were rejected at the
  /// inspection of their report or have relapsed: what an assessment would take points for.
  ///
  /// As of any day, by what had happened then. A letter that nobody received yet is not in the
  /// list: when it was delivered is in no record.
  package func overdue(_ request: API.OverdueRequest) async throws -> API.Overdue {
    let today = clock.today
    let asOf = try AskedFigures.day(request.asOf, today: today) ?? today
    let region = try AskedFigures.region(request.region)
    let unit = try request.unit.map { try Field.agency($0, "unit") }
    let page = try Page(request.page, request.limit)
    return try await read { transaction in
      let deadlines = Deadlines(try WorkCalendar.read(in: transaction.sql))
      var lines: [API.OverdueLine] = []
      try FigureBundles(of: agency, in: transaction).forEach(in: transaction) { folded in
        for dossier in folded {
          let then = dossier.asOf(asOf)
          for line in then.overdueItems(asOf, deadlines) + then.overdueLetters(asOf, deadlines)
          where (unit == nil || line.unit == unit?.rawValue)
            && (region == nil || line.unit.hasPrefix(region ?? ""))
          {
            lines.append(line)
          }
        }
        return lines.count <= Limits.overdueMax
      }
      let truncated = lines.count > Limits.overdueMax
      lines.sort { ($1.days, $0.dossier, $0.record) < ($0.days, $1.dossier, $1.record) }
      let (shown, next) = page.cut(Array(lines.prefix(Limits.overdueMax)))
      return API.Overdue(
        asOf: asOf.description, lines: shown, truncated: truncated, next: next)
    }
  }
}

extension FoldedDossier {
  /// The open tracked items that are overdue on a day, were rejected or have relapsed.
  fileprivate func overdueItems(
    _ day: CivilDate, _ deadlines: Deadlines
  ) -> [API.OverdueLine] {
    items.compactMap { card in
      guard card.audience.isEmpty, card.state.isOpen,
        let text = entry(card.item)?.item?.text,
        let issuedOn = minutes(card.document)?.issuedOn
          ?? entry(card.document)?.document?.issuedOn
      else { return nil }
      let due = deadlines.report(
        of: card.kind, state: card.state, stated: card.dueOn, issuedOn: issuedOn)
      // A report that waits for its inspection is the issuer's delay, not the unit's.
      let owed =
        card.state == .reported
        ? deadlines.conclusion(state: card.state, reportedOn: card.reportedOn) : due
      let days = owed.map { max(0, Int(day.days) - Int($0.on.days)) } ?? 0
      var reasons: [String] = days > 0 ? ["overdue"] : []
      if card.state == .rejected { reasons.append("rejected") }
      if card.reopened > 0 { reasons.append("relapsed") }
      guard !reasons.isEmpty else { return nil }
      let holder = card.state == .reported ? card.issuer : card.unit ?? card.issuer
      return API.OverdueLine(
        dossier: id.hex, number: cover?.number, record: card.item.uuidString, type: "item",
        unit: holder.rawValue, state: card.state.rawValue, dueOn: owed?.on.description,
        days: days, rule: owed?.rule?.rawValue, level: card.level?.rawValue, reasons: reasons,
        text: text)
    }
  }

  /// The letters that their addressees received and are late with.
  fileprivate func overdueLetters(
    _ day: CivilDate, _ deadlines: Deadlines
  ) -> [API.OverdueLine] {
    referrals.compactMap { card in
      guard card.audience.isEmpty else { return nil }
      let handling = handling(card.document, by: card.addressee)
      let due = deadlines.due(
        of: Deadlines.Letter(
          isReferral: card.form == .referral, state: card.state,
          answerBy: entry(card.document)?.document?.dueOn, receivedOn: card.receivedOn,
          acceptedOn: card.acceptedOn, fedBackOn: card.fedBackOn, stage: handling?.stage,
          stageOn: handling?.stageOn))
      guard let due, due.on < day else { return nil }
      return API.OverdueLine(
        dossier: id.hex, number: cover?.number, record: card.document.uuidString,
        type: "letter", unit: card.addressee.rawValue, state: card.state.rawValue,
        dueOn: due.on.description, days: Int(day.days) - Int(due.on.days),
        rule: due.rule?.rawValue, reasons: ["overdue"], text: card.number)
    }
  }
}
