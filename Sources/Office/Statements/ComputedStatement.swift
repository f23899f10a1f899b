import Casework
import Ledger
import Replica

/// The statement of two agencies with the state of every dossier that it was computed from.
///
/// Computing one may fold thousands of dossiers, so it is done over a snapshot, beside whoever
/// writes; the step that needs it asks only whether those dossiers are still as they were.
struct ComputedStatement: Sendable {
  /// Whose it is, and of which period.
  let ledgers: Ledgers
  /// What was computed.
  let statement: Statement
  private let pieces: [Piece]

  /// What one dossier gave while it was in one state.
  private struct Piece: Sendable {
    let place: Ledgers.Place
    let statement: Statement
  }

  /// Computes a statement; of dossiers that are as an earlier one found them, nothing is folded.
  init(
    _ ledgers: Ledgers, after earlier: ComputedStatement? = nil,
    in transaction: borrowing OfficeTransaction
  ) throws {
    self.ledgers = ledgers
    let known = earlier?.ledgers == ledgers ? earlier?.pieces ?? [] : []
    let kept = Dictionary(known.map { ($0.place, $0) }) { first, _ in first }
    let nothing = Statement(of: ledgers.agency, and: ledgers.peer, in: ledgers.period)
    pieces = try ledgers.places(in: transaction).map { place in
      if let piece = kept[place] { return piece }
      var told = nothing
      if let folded = try transaction.folded(place.dossier) { told.add(folded) }
      return Piece(place: place, statement: told)
    }
    statement = Statement(
      of: ledgers.agency, and: ledgers.peer, in: ledgers.period,
      letters: pieces.flatMap(\.statement.letters),
      outcomes: pieces.flatMap(\.statement.outcomes))
  }

  /// Whether the same dossiers have a say, each as it was.
  func isCurrent(in transaction: borrowing OfficeTransaction) throws -> Bool {
    try ledgers.places(in: transaction) == pieces.map(\.place)
  }
}

/// A step of the single writer needs a statement that was not computed before it, or changed since.
struct UncomputedStatement: Error {
  let ledgers: Ledgers
}

extension Desk {
  /// The statement that was computed for this step.
  ///
  /// Nothing is folded while everybody else waits to write: what is not at hand, or not current,
  /// ends the step, which is done again once it has been computed; at the last time only what
  /// changed since is folded here.
  func statement(
    _ ledgers: Ledgers, in transaction: borrowing OfficeTransaction
  ) throws -> Statement {
    if let known = computed.statement, known.ledgers == ledgers,
      try known.isCurrent(in: transaction)
    {
      return known.statement
    }
    guard computed.isLast else { throw UncomputedStatement(ledgers: ledgers) }
    return try ComputedStatement(ledgers, after: computed.statement, in: transaction).statement
  }
}
