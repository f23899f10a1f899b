import Ledger

extension Judge {
  func checkItem(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard let card = questions.item(found) else { throw RecordFlaw(.noTarget, "item") }
    guard let rule = Machines.item.rule(.verb(act.verb), from: card.state) else {
      throw RecordFlaw(.wrongState, card.state.rawValue)
    }
    let lawful = rule.by == .unit ? card.unit : card.issuer
    guard author == lawful else { throw RecordFlaw(.wrongAuthor, author.rawValue) }
    try check(act, rule)
    for need in rule.needs { try check(need, act, card) }
  }

  private func check(_ need: Need, _ act: Act, _ card: ItemCard) throws(RecordFlaw) {
    switch need {
    case .citesReport: try requireCited(card.pendingReports, act, "report")
    case .citesDispute: try requireCited(card.openDisputes, act, "dispute")
    case .citesExtension: try requireCited(card.openExtensions, act, "requestExtension")
    case .noOpenDispute:
      guard card.openDisputes.isEmpty else { throw RecordFlaw(.disputed, "dispute") }
    case .dueDate:
      guard act.dueOn != nil else { throw RecordFlaw(.missingBasis, "dueOn") }
    case .laterDueDate:
      guard let dueOn = act.dueOn, card.dueOn.map({ $0 < dueOn }) ?? true else {
        throw RecordFlaw(.missingBasis, "dueOn")
      }
    case .reason:
      if act.verb == .reject {
        _ = try Form.code(act.reason, "reason", as: RejectReason.self, or: .wrongReason)
      } else {
        _ = try Form.code(act.reason, "reason", as: ExtensionReason.self, or: .wrongReason)
      }
    case .note:
      guard !act.note.isEmpty else { throw RecordFlaw(.wrongReason, "note") }
    case .namesUnit:
      guard act.agencies.count == 1, let unit = act.agencies.first,
        graph.hasGrant(unit, at: entry.place.change)
      else { throw RecordFlaw(.badAddressee, "agencies") }
    default: break
    }
  }

  private func requireCited(
    _ places: [Citation], _ act: Act, _ what: String
  ) throws(RecordFlaw) {
    guard act.basis.contains(where: places.contains) else {
      throw RecordFlaw(.missingBasis, what)
    }
  }

  /// A step of the ladder of supervision on an open item.
  func checkUrging(_ act: Act, _ found: Entry) throws(RecordFlaw) {
    guard let level = SupervisionLevel(rawValue: act.kind) else {
      throw RecordFlaw(.wrongKind, act.kind)
    }
    guard let card = questions.item(found) else { throw RecordFlaw(.noTarget, "item") }
    guard let rule = Machines.item.rule(.level(level), from: card.state) else {
      throw RecordFlaw(.wrongState, card.state.rawValue)
    }
    let isWatcher = kind(of: author) == .disciplineBody && author != card.unit
    guard author == card.issuer || isWatcher else {
      throw RecordFlaw(.wrongAuthor, author.rawValue)
    }
    try check(act, rule)
  }
}
