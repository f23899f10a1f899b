import Ledger

extension Judge {
  /// A destruction or a disclosure, by the rules of the ledger, which alone gives it effect.
  func checkPart() throws(RecordFlaw) {
    guard let statement = entry.partStatement else { throw RecordFlaw(.noTarget, "revises") }
    let carrier = PartPlace(change: entry.place.change, part: entry.place.part)
    guard let flaw = graph.flaw(of: statement, in: carrier) else { return }
    let reason: Invalidity =
      switch flaw {
      case .noPart: .noTarget
      case .foreignPart: .wrongAuthor
      case .misplaced: .misplaced
      }
    throw RecordFlaw(reason, "\(statement.place)")
  }
}

extension Entry {
  /// What the record says about a part.
  var partStatement: PartStatement? {
    guard isAboutPart else { return nil }
    return Record(
      id: record.id, type: record.content.type.rawValue, author: author, revises: record.revises,
      body: []
    ).partStatement
  }
}
