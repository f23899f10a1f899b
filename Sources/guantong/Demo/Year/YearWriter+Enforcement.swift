import Ledger
import Office

extension YearWriter {
  /// Every case of enforcement: those performed or settled, and those still open.
  mutating func writeEnforcement() throws {
    for (index, amount) in plan.enforcement.settled.enumerated() {
      try writeSettled(index, amount)
    }
    for index in 0..<plan.enforcement.open { try writeOpen(index) }
  }

  private mutating func writeSettled(_ index: Int, _ amount: Int) throws {
    var strand = strand("Z\(index + 1)", chance.number(1...6), chance.number(5...28))
    // E16: the federation comes to the first case in its third month.
    let comesLate = index == 0 && agencies.contains(federation)
    let matter = try list(
      &strand, index, admits: comesLate ? [] : [federation].filter(agencies.contains))
    strand.pass(30)
    let parts = index < plan.enforcement.inParts ? 3 : 1
    for part in 1...parts {
      let share = part == parts ? amount - amount / parts * (parts - 1) : amount / parts
      try perform(&strand, matter, share, "part-\(part)")
      strand.pass(chance.number(10...20))
      if comesLate, part == 1 {
        strand.pass(30)
        try take(
          &strand, "admit", office, .deputy, API.admit,
          API.AdmitRequest(
            dossier: matter.dossier, agency: federation, reason: "联系企业", on: strand.on))
      }
    }
    if index % 3 == 2 {
      try advance(
        &strand, court, .sectionHead, matter.dossier, to: "settled",
        note: "双方和解,无争议化解。")
    } else {
      try advance(&strand, court, .sectionHead, matter.dossier, to: "performed")
    }
    strand.pass(2)
    try advance(&strand, office, .deputy, matter.dossier, to: "closed")
  }

  /// E32: the first open case is performed in three parts across the end of the year.
  private mutating func writeOpen(_ index: Int) throws {
    var strand = strand("Y\(index + 1)", 10, chance.number(8...20))
    let matter = try list(
      &strand, plan.enforcement.settled.count + index,
      admits: [federation].filter(agencies.contains))
    guard index == 0 else { return }
    for (part, month) in [(1, 11), (2, 12), (3, 13)] {
      strand.date = self.strand("part", month, 20).date
      try perform(&strand, matter, 100_000_000, "part-\(part)")
    }
  }

  /// A case is listed by the court, followed by the office, and planned by the debtor.
  private mutating func list(
    _ strand: inout Strand, _ index: Int, admits: [String]
  ) throws -> YearAnswer {
    let debtor = units[index % units.count]
    let matter = try take(
      &strand, "open", office, .deputy, API.createDossier,
      API.CreateDossierRequest(
        kind: "enforcement", title: "样例建材\(index + 1)公司申请执行案", source: "judicial",
        sourceAgency: court, region: String(debtor.prefix(6)), admit: [court, debtor] + admits,
        reason: "府院联动", on: strand.on))
    strand.pass(3)
    try advance(
      &strand, office, .sectionHead, matter.dossier, to: "assigned", handler: debtor)
    strand.pass(7)
    try advance(
      &strand, debtor, .sectionHead, matter.dossier, to: "planAgreed", note: "按计划履行。")
    return matter
  }

  private mutating func perform(
    _ strand: inout Strand, _ matter: YearAnswer, _ amount: Int, _ name: String
  ) throws {
    try take(
      &strand, name, court, .sectionHead, API.recordResult,
      API.ResultRequest(
        clue: matter.dossier, kind: "performed", on: strand.on, amount: amount,
        note: "已到账,予以确认。"))
  }
}
