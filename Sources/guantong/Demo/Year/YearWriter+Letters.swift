import Ledger
import Office

extension YearWriter {
  /// Opens a clue; who excludes an agency is a deputy.
  mutating func open(
    _ strand: inout Strand, _ sender: String, title: String, source: String? = nil,
    from agency: String? = nil, excluding: [String] = []
  ) throws -> YearAnswer {
    try take(
      &strand, "open", sender, excluding.isEmpty ? .handler : .deputy, API.createClue,
      API.CreateClueRequest(
        title: title, source: source, sourceAgency: agency, region: String(sender.prefix(6)),
        exclude: excluding, reason: excluding.isEmpty ? nil : "回避", on: strand.on))
  }

  /// Sends the letter of a clue; the city's office and body know of what counties send.
  mutating func refer(
    _ strand: inout Strand, _ clue: YearAnswer, from sender: String, to body: String,
    resends: String? = nil, as name: String = "letter"
  ) throws -> YearAnswer {
    let copies = [office, discipline].filter { $0 != sender && $0 != body }
    return try issue(
      &strand, name, sender, API.refer,
      API.ReferRequest(
        clue: clue.dossier, to: [body], cc: sender == office ? [] : copies,
        title: resends == nil ? "移送函" : "移送函(补齐)",
        body: "现将问题线索及相关材料移送你单位,请依规依纪依法处置,并将受理情况和处置结果函告我办。",
        points: ["涉嫌不作为", "涉嫌慢作为", "涉嫌乱作为"], resends: resends))
  }

  /// Receives a letter.
  mutating func receive(
    _ strand: inout Strand, _ clue: YearAnswer, _ body: String, as name: String = "receive"
  ) throws {
    try take(
      &strand, name, body, .registry, API.receive,
      API.ReceiveRequest(clue: clue.dossier, on: strand.on))
  }

  /// Notes the copies of a county's letter.
  mutating func note(
    _ strand: inout Strand, _ clue: YearAnswer, _ planned: Clue, _ body: String
  ) throws {
    guard planned.sender != office else { return }
    for (reader, name) in [(office, "note-office"), (discipline, "note-body")]
    where reader != body {
      try take(
        &strand, name, reader, .registry, API.receive,
        API.ReceiveRequest(clue: clue.dossier, on: strand.on))
    }
  }

  /// Returns a letter.
  mutating func giveBack(
    _ strand: inout Strand, _ clue: YearAnswer, _ body: String, reason: String, _ note: String
  ) throws {
    try take(
      &strand, "return", body, .caseOffice, API.return,
      API.ReturnRequest(clue: clue.dossier, reason: reason, on: strand.on, note: note))
  }

  /// Forwards a letter, or some of its points.
  mutating func forward(
    _ strand: inout Strand, _ clue: YearAnswer, _ body: String, to other: String,
    points: [String]
  ) throws {
    try take(
      &strand, "forward", body, .deputy, API.forward,
      API.ForwardRequest(
        clue: clue.dossier, to: other, points: points, on: strand.on, note: "属你单位管辖。"))
  }

  /// E03: the third point goes to another body, which accepts it.
  mutating func split(_ strand: Strand, _ clue: YearAnswer, _ body: String) throws {
    guard let other = agencies.first(where: { $0.hasSuffix("-JW") && $0 != body }) else { return }
    var part = branch("rest", of: strand)
    try forward(&part, clue, body, to: other, points: ["3"])
    part.pass(1)
    try receive(&part, clue, other)
    part.pass(2)
    try take(
      &part, "accept", other, .caseOffice, API.accept,
      API.AcceptRequest(clue: clue.dossier, on: part.on))
  }

  /// Letters that count in no figure: duplicates, repetitions, returned and withdrawn ones.
  mutating func writeFurtherClues(mergedInto target: Accepted?) throws {
    let others = plan.clues.senders.filter { $0.count > 0 && $0.name != office }.map(\.name)
    let sender = others.first { body(of: $0) == discipline } ?? office
    if let target {
      for number in 0..<plan.clues.merged {
        var strand = strand("D\(number + 1)", on: target.on)
        let clue = try open(&strand, sender, title: "与已受理线索重复 D\(number + 1)")
        _ = try refer(&strand, clue, from: sender, to: discipline)
        try receive(&strand, clue, discipline)
        strand.pass(1)
        try take(
          &strand, "accept", discipline, .caseOffice, API.accept,
          API.AcceptRequest(clue: clue.dossier, on: strand.on))
        try take(
          &strand, "merge", discipline, .caseOffice, API.merge,
          API.MergeRequest(
            clue: clue.dossier, into: target.dossier, on: strand.on, note: "同一问题,并案办理。"),
          after: [target.step])
      }
    }
    try writeRepeated()
    try writeReturned()
  }

  /// E05: a clue of an earlier year once more; it is kept on file.
  private mutating func writeRepeated() throws {
    for number in 0..<plan.clues.repeated {
      var strand = strand("E\(number + 1)", chance.number(3...9), chance.number(1...28))
      let clue = try sent(&strand, "上年已了结线索的重复反映 E\(number + 1)")
      try receive(&strand, clue, discipline)
      strand.pass(2)
      try take(
        &strand, "accept", discipline, .caseOffice, API.accept,
        API.AcceptRequest(clue: clue.dossier, on: strand.on))
      strand.pass(5)
      try dispose(&strand, clue, discipline, "closed", closing: "duplicate")
      try feedback(&strand, clue, discipline, "closed", final: true, "与上年已了结线索重复,留存备查。")
    }
  }

  /// Returned for good, and withdrawn in time (E06).
  private mutating func writeReturned() throws {
    for number in 0..<plan.clues.returned {
      var strand = strand("R\(number + 1)", chance.number(3...10), chance.number(1...28))
      let clue = try sent(&strand, "不属问题线索的反映 R\(number + 1)")
      try receive(&strand, clue, discipline)
      strand.pass(3)
      try giveBack(
        &strand, clue, discipline, reason: "notAClue", "所述为业务分歧,请按职责自行处理,不再移送。")
    }
    for number in 0..<plan.clues.withdrawn {
      var strand = strand("W\(number + 1)", chance.number(3...10), chance.number(1...28))
      let clue = try sent(&strand, "误送的反映 W\(number + 1)")
      try take(
        &strand, "withdraw", office, .deputy, API.withdraw,
        API.WithdrawRequest(clue: clue.dossier, on: strand.on, note: "误送,申请撤回。"))
      strand.pass(1)
      try take(
        &strand, "agree", discipline, .caseOffice, API.agreeWithdraw,
        API.AgreeWithdrawRequest(clue: clue.dossier, on: strand.on))
    }
  }

  private mutating func sent(_ strand: inout Strand, _ title: String) throws -> YearAnswer {
    let clue = try open(&strand, office, title: title, source: "ruleOfLaw")
    _ = try refer(&strand, clue, from: office, to: discipline)
    strand.pass(1)
    return clue
  }

  /// E30: who refers nothing says so.
  mutating func writeNilReturn(_ sender: String) throws {
    var strand = strand("nil-\(sender.prefix(6))", 12, 25)
    let report = try take(
      &strand, "open", sender, .handler, API.createDossier,
      API.CreateDossierRequest(
        kind: "report", title: "\(plan.year)年线索移送情况", region: String(sender.prefix(6)),
        on: strand.on))
    _ = try paper(
      &strand, "return", sender, in: report.dossier, form: "report", title: "零报告",
      body: "本年度未发现需移送的问题线索。", to: [office])
  }
}
