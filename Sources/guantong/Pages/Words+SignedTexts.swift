import Casework
import Ledger
import Office

extension Words {
  /// What people read for a text that is signed in codes: a statement, a report of the year or an
  /// extract of one; nil for any other text, which stands as it is.
  ///
  /// The words are those of the tables today, and no part of what was signed.
  func reading(_ text: String) -> String? {
    if let statement = Statement(text: text), statement.form == .codes {
      return lines(statement).joined(separator: "\n")
    }
    if let report = FigureReport(text: text), report.form == .codes {
      return lines(report).joined(separator: "\n")
    }
    return ReportExtract(text: text).map { lines($0).joined(separator: "\n") }
  }

  private func lines(_ statement: Statement) -> [String] {
    let period = statement.period
    let names = statement.agencies.map(\.rawValue)
    let heading = self(
      "statement.heading",
      [
        "agency": names[0], "peer": names[1], "period": period.name,
        "first": period.first.description, "last": period.last.description,
      ])
    return [heading] + statement.agencies.flatMap { sumLines(statement, from: $0.rawValue) }
      + statement.totals.map {
        "\($0.author.rawValue) \(label("result", $0.kind.rawValue)) \($0.count) \($0.amount)"
      }
      + statement.letters.map(line) + statement.outcomes.map(line)
  }

  private func sumLines(_ statement: Statement, from sender: String) -> [String] {
    Statement.Unit.allCases.flatMap { unit in
      statement.agencies.filter { $0.rawValue == sender }.map { agency in
        let sums = statement.sums(unit, from: agency)
        let counts = [
          ("issued", sums.issued), ("in_transit", sums.inTransit), ("signed_for", sums.received),
          ("accepted", sums.accepted), ("returned", sums.returned),
          ("forwarded", sums.forwarded), ("undecided", sums.pending),
          ("withdrawn", sums.withdrawn),
        ].map { "\(self("column.\($0.0)")) \($0.1)" }
        let disposals = sums.disposals.map { "\(term($0.disposal.term)) \($0.count)" }
        return "\(sender) \(label("statementUnit", unit.rawValue)): "
          + (counts + disposals).joined(separator: ", ")
      }
    }
  }

  private func line(_ letter: Statement.Letter) -> String {
    ([
      letter.sentOn.description, letter.number,
      "\(letter.sender.rawValue) \(sign(.next)) \(letter.addressee.rawValue)",
      term(letter.fate.term),
    ] + [letter.disposal.map { term($0.term) }].compactMap(\.self)).joined(separator: " ")
  }

  private func line(_ outcome: Statement.Outcome) -> String {
    ([
      outcome.on.description, outcome.author.rawValue, label("result", outcome.kind.rawValue),
    ] + [outcome.amount.map(String.init)].compactMap(\.self)
      + (outcome.isRevoked ? [self("report.revoked")] : [])).joined(separator: " ")
  }

  private func lines(_ report: FigureReport) -> [String] {
    let subject = report.subject
    var lines = [heading("report.frozen", subject, agency: subject.agency.rawValue)]
    if report.unreadable > 0 {
      lines.append(self("report.unreadable", ["count": String(report.unreadable)]))
    }
    lines += report.figures.map { figure in
      let shares = figure.shares.map {
        "\($0.region) \($0.sum.map { number($0, of: figure.key) } ?? self("report.untold"))"
      }
      return "\(self.figure(figure.key.description)) \(number(figure.sum, of: figure.key))"
        + (shares.isEmpty ? "" : ": " + shares.joined(separator: ", "))
    }
    return lines
      + report.digests.sorted { $0.key < $1.key }.map {
        self("report.digest", ["agency": $0.key.rawValue, "digest": $0.value.hex])
      }
  }

  private func lines(_ extract: ReportExtract) -> [String] {
    [heading("report.extractOf", extract.subject, agency: extract.contributor.rawValue)]
      + extract.pieces.map { piece in
        "\(figure(piece.figure.description)) \(piece.region) "
          + "\(number(piece.sum, of: piece.figure)): "
          + piece.marks.map(\.description).joined(separator: " ")
      }
  }

  private func heading(_ key: String, _ subject: ReportSubject, agency: String) -> String {
    self(
      key,
      [
        "year": String(subject.year), "agency": agency, "day": subject.asOf.description,
        "rule": String(subject.rules.version),
      ])
  }

  private func number(_ sum: FigureTally.Sum, of figure: FigureKey) -> String {
    let unit = figure.code.unit
    let text = sum.text(unit)
    let name = language == .zh ? label("figureUnit", unit.rawValue) : ""
    return (text.isEmpty ? "-" : text + name) + (unit == .rate ? " (\(sum.count)/\(sum.of))" : "")
  }

  private func label(_ group: String, _ code: String) -> String {
    Catalogue.label(group, code, in: language)
  }

  private func term(_ term: Term) -> String { language == .zh ? term.zh : term.en }
}
