import Ledger

extension Statement: CanonicalText {
  /// The statement as a document carries it: the sums, and for the other node every piece.
  ///
  /// One line for each fact, always in the same order and in the same codes, so that equal
  /// statements are equal texts. What people read is made from it by the tables of their build.
  package func text(in form: TextForm) -> String {
    let marks = Marks(form)
    let sums =
      switch form {
      case .words: wordedSums
      case .codes: agencies.flatMap(sumLines) + totalLines
      }
    return
      (heading(form) + sums + letters.map { Self.line($0, marks.letter) }
      + outcomes.map { Self.line($0, marks.outcome) }).joined(separator: "\n")
  }

  /// How every text of this pair and period begins, in either form.
  package var headers: [String] {
    [TextForm.words, .codes].map { heading($0).joined(separator: "\n") + "\n" }
  }

  private func heading(_ form: TextForm) -> [String] {
    let marks = Marks(form)
    return [
      marks.title, "\(marks.agencies) \(agencies.map(\.rawValue).joined(separator: " "))",
      "\(marks.period) \(period.name) \(period.first) \(period.last)",
    ]
  }

  /// The words that begin the lines of a form.
  private struct Marks {
    let title: String
    let agencies: String
    let period: String
    let letter: String
    let outcome: String

    init(_ form: TextForm) {
      (title, agencies, period, letter, outcome) =
        switch form {
        case .words: ("对账单 1", "双方", "期间", "移送", "结果")
        case .codes: ("guantong-statement 2", "agencies", "period", "letter", "outcome")
        }
    }
  }

  private func sumLines(from sender: AgencyCode) -> [String] {
    Unit.allCases.map { unit in
      let sums = sums(unit, from: sender)
      let counts = [
        ("issued", sums.issued), ("inTransit", sums.inTransit), ("received", sums.received),
        ("accepted", sums.accepted), ("returned", sums.returned), ("forwarded", sums.forwarded),
        ("pending", sums.pending), ("withdrawn", sums.withdrawn),
        (Disposal.awaiting.code, sums.count(.awaiting)),
      ]
      let disposals = sums.disposals.filter { $0.disposal != .awaiting }
        .map { ($0.disposal.code, $0.count) }
      return
        (["sums", unit.rawValue, sender.rawValue]
        + (counts + disposals).map { "\($0.0)=\($0.1)" }).joined(separator: " ")
    }
  }

  private var totalLines: [String] {
    totals.map { "total \($0.author.rawValue) \($0.kind.rawValue) \($0.count) \($0.amount)" }
  }

  private static func line(_ letter: Letter, _ mark: String) -> String {
    [
      mark, letter.document.uuidString, letter.sender.rawValue, letter.addressee.rawValue,
      letter.number, letter.sentOn.description, letter.fate.rawValue,
      letter.disposal?.code ?? "-", letter.leads ? "1" : "0", list(letter.records),
    ].joined(separator: " ")
  }

  private static func line(_ outcome: Outcome, _ mark: String) -> String {
    [
      mark, outcome.root.uuidString, outcome.author.rawValue, outcome.kind.rawValue,
      outcome.on.description, outcome.amount.map(String.init) ?? "-",
      outcome.isRevoked ? "revoked" : "valid", list(outcome.records),
    ].joined(separator: " ")
  }

  private static func list(_ records: [RecordID]) -> String {
    records.map(\.uuidString).joined(separator: ",")
  }
}

extension Statement {
  /// Reads the text of a statement; nil when it is none, or not in the one form that it has.
  ///
  /// The sums are not believed: the text is read as a list of pieces and must be what they give.
  package init?(text: String) {
    let lines = text.parts(at: "\n")
    guard let form = [TextForm.words, .codes].first(where: { Marks($0).title == lines[0] }),
      lines.count >= 3
    else { return nil }
    let marks = Marks(form)
    let agencies = lines[1].parts(at: " ").dropFirst().compactMap(AgencyCode.init)
    let days = lines[2].parts(at: " ")
    guard agencies.count == 2, agencies[0] < agencies[1], days.count == 4,
      let period = StatementPeriod(days[1])
    else { return nil }
    var letters: [Letter] = []
    var outcomes: [Outcome] = []
    for line in lines.dropFirst(3) {
      let fields = line.parts(at: " ")
      switch fields[0] {
      case marks.letter:
        guard let letter = Self.letter(fields) else { return nil }
        letters.append(letter)
      case marks.outcome:
        guard let outcome = Self.outcome(fields) else { return nil }
        outcomes.append(outcome)
      default: continue
      }
    }
    self.init(
      of: agencies[0], and: agencies[1], in: period, letters: letters, outcomes: outcomes,
      form: form)
    // Swift compares characters; what is signed is bytes.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  private static func letter(_ fields: [String]) -> Letter? {
    guard fields.count == 10, let document = RecordID(uuidString: fields[1]),
      let sender = AgencyCode(fields[2]), let addressee = AgencyCode(fields[3]),
      let sentOn = CivilDate(fields[5]), let fate = Fate(rawValue: fields[6]),
      let records = records(fields[9])
    else { return nil }
    let disposal = Disposal(code: fields[7])
    guard (disposal == nil) == (fields[7] == "-"), (disposal != nil) == (fate == .accepted) else {
      return nil
    }
    return Letter(
      document: document, number: fields[4], sender: sender, addressee: addressee, sentOn: sentOn,
      fate: fate, disposal: disposal, leads: fields[8] == "1", records: records)
  }

  private static func outcome(_ fields: [String]) -> Outcome? {
    guard fields.count == 8, let root = RecordID(uuidString: fields[1]),
      let author = AgencyCode(fields[2]), let kind = ResultKind(rawValue: fields[3]),
      let on = CivilDate(fields[4]), let records = records(fields[7])
    else { return nil }
    return Outcome(
      root: root, author: author, kind: kind, on: on, amount: Int64(fields[5]),
      isRevoked: fields[6] == "revoked", records: records)
  }

  private static func records(_ text: String) -> [RecordID]? {
    let parts = text.parts(at: ",")
    let records = parts.compactMap(RecordID.init(uuidString:))
    return records.count == parts.count ? records : nil
  }
}
