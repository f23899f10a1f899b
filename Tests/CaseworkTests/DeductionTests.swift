import Casework
import Ledger
import TestSupport
import Testing

@Suite struct `lines of an assessment` {
  /// An assessment of SFJ by FZB with one line, and why that line is void at SFJ.
  private func flaw(
    to: [AgencyCode] = [Town.sfj], by author: AgencyCode = Town.fzb,
    _ fill: (inout Item) -> Void = { _ in }
  ) throws -> Invalidity? {
    var world = try CaseWorld()
    let coverID = world.newID()
    try world.write(
      try world.composer(Town.fzb).opening(
        Dossier(kind: .assessment, title: "考核"), id: coverID, admitting: [Town.sfj, Town.gsl]),
      by: Town.fzb)
    try world.deliver(from: Town.fzb, to: Town.sfj, Town.gsl)
    let (id, itemID) = (world.newID(), world.newID())
    var item = Item(
      document: id, number: 1, kind: .deduction, text: "逾期3日", unit: Town.sfj,
      standard: world.newID().uuidString, amount: 50, category: DeductionRule.overdue.rawValue)
    fill(&item)
    let content = try world.composer(author).document(
      try world.letter(.assessment, by: author, number: "样法办报〔2023〕1号", to: to), id: id,
      items: [(id: itemID, item: item)])
    let change = try world.write(content, by: author)
    try world.sync()
    let flaws = try [Town.fzb, Town.sfj, Town.gsl].map {
      try world.folded($0).flaws(in: change).first?.reason
    }
    #expect(Set(flaws).count == 1)
    return flaws[0]
  }

  @Test func `are lawful with a unit, a rule, points and a record, addressed to it or to nobody`()
    throws
  {
    for rule in DeductionRule.allCases {
      let points = rule.points
      #expect(
        try flaw {
          $0.category = rule.rawValue
          $0.amount = points
        } == nil, "\(rule.rawValue)")
      #expect((1...DeductionRule.pointsMax).contains(rule.points))
    }
    #expect(try flaw(to: []) == nil)
    #expect(try flaw { $0.amount = DeductionRule.pointsMax } == nil)
  }

  @Test func `are void without them, and so is one that another unit would read`() throws {
    #expect(try flaw { $0.category = "No rule" } == .wrongKind)
    #expect(try flaw { $0.category = "" } == .wrongKind)
    for points: Int64? in [nil, 0, -50, DeductionRule.pointsMax + 1, .max] {
      #expect(try flaw { $0.amount = points } == .wrongAmount, "\(points ?? 0)")
    }
    #expect(try flaw { $0.unit = nil } == .badAddressee)
    #expect(try flaw { $0.unit = Town.gsl } == .badAddressee)
    #expect(try flaw(to: [Town.sfj, Town.gsl].sorted()) == .badAddressee)
    // Nobody takes points off itself.
    #expect(try flaw(to: []) { $0.unit = Town.fzb } == .badAddressee)
    for record in ["", "42", "样法督〔2023〕1号"] {
      #expect(try flaw { $0.standard = record } == .missingBasis, "\(record)")
    }
  }

  @Test func `are nobody's to act on`() {
    #expect(!ItemKind.deduction.isTracked)
    let forms = DocumentForm.allCases.filter { $0.rule.items.contains(.deduction) }
    #expect(forms == [.assessment])
  }
}
