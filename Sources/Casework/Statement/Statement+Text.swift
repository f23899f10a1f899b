import Ledger

extension Statement: CanonicalText {
  /// The statement as a document carries it: for people the sums, for the other node every piece.
  ///
  /// One line for each fact, always in the same order and in the same words, so that equal
  /// statements are equal texts.
  package var text: String {
    (heading + agencies.flatMap(sumLines) + totalLines + letters.map(Self.line)
      + outcomes.map(Self.line)).joined(separator: "\n")
  }

  /// How every text of this pair and period begins.
  package var header: String { heading.joined(separator: "\n") + "\n" }

  private var heading: [String] {
    [
      Self.title, "双方 \(agencies.map(\.rawValue).joined(separator: " "))",
      "期间 \(period.name) \(period.first) \(period.last)",
    ]
  }

  private static let title = "对账单 1"

  private func sumLines(from sender: AgencyCode) -> [String] {
    Unit.allCases.map { unit in
      let sums = sums(unit, from: sender)
      let disposals = Disposal.all.filter { $0 == .awaiting || sums.count($0) > 0 }
        .map { "\($0.term.zh)\(sums.count($0))" }
      return [
        "\(unit.term.zh) \(sender.rawValue)",
        "已发\(sums.issued)=已签收\(sums.received)+在途\(sums.inTransit)",
        "已签收\(sums.received)=受理\(sums.accepted)+退回\(sums.returned)"
          + "+转送\(sums.forwarded)+待定\(sums.pending)",
        "受理\(sums.accepted)=\(disposals.joined(separator: "+"))", "撤回\(sums.withdrawn)",
      ].joined(separator: " ")
    }
  }

  private var totalLines: [String] {
    totals.map { "合计 \($0.author.rawValue) \($0.kind.term.zh) \($0.count)件 \($0.amount)分" }
  }

  private static func line(_ letter: Letter) -> String {
    [
      letterMark, letter.document.uuidString, letter.sender.rawValue, letter.addressee.rawValue,
      letter.number, letter.sentOn.description, letter.fate.rawValue,
      letter.disposal?.code ?? "-", letter.leads ? "1" : "0", list(letter.records),
    ].joined(separator: " ")
  }

  private static func line(_ outcome: Outcome) -> String {
    [
      outcomeMark, outcome.root.uuidString, outcome.author.rawValue, outcome.kind.rawValue,
      outcome.on.description, outcome.amount.map(String.init) ?? "-",
      outcome.isRevoked ? "revoked" : "valid", list(outcome.records),
    ].joined(separator: " ")
  }

  private static let letterMark = "移送"
  private static let outcomeMark = "结果"

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
    guard lines.count >= 3, lines[0] == Self.title else { return nil }
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
      case Self.letterMark:
        guard let letter = Self.letter(fields) else { return nil }
        letters.append(letter)
      case Self.outcomeMark:
        guard let outcome = Self.outcome(fields) else { return nil }
        outcomes.append(outcome)
      default: continue
      }
    }
    self.init(
      of: agencies[0], and: agencies[1], in: period, letters: letters, outcomes: outcomes)
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
