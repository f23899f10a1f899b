import Exchange
import Ledger
import Postgres

/// What a rebuilt node remembers of its rebuild, in `office.setting`.
///
/// What came from whom is read from the log each time; here is only what the log does not say.
struct RebuildNote: Codable {
  /// One peer.
  struct Witness: Codable {
    /// Code.
    var agency: String
    /// It has answered everything at least once.
    var answered: Bool
    /// When it was last asked.
    var at: String
    /// Where it stood in an outbox under our key: the outbox and the number.
    var position: String?
    /// Deliveries that a head statement of ours announced to it and that it never got.
    var announced: Int
    /// Ends of chains that it named and did not give.
    var withheld: [API.ChangeSetPlace]
    /// It has heard from another node under our key since the first look.
    var secondNode: Bool
  }

  /// When the rebuild began.
  var since: String
  /// When an operator let the node write again; nil before.
  var resumedAt: String?
  /// The peers asked so far, by code.
  var witnesses: [Witness]

  /// Begins.
  init(since: Timestamp) {
    self.since = since.description
    witnesses = []
  }

  /// Reads it; nil on a node that was never rebuilt.
  init?(in transaction: borrowing Transaction) throws {
    guard let text = try Setting.rebuilt.value(in: transaction) else { return nil }
    self = try JSONValue(parsing: text.utf8).decoded()
  }

  /// Keeps it.
  func keep(in transaction: borrowing Transaction) throws {
    let bytes = try JSONValue(encoding: self).encoded()
    try Setting.rebuilt.set(String(decoding: bytes, as: UTF8.self), in: transaction)
  }

  /// Notes what a peer gave; nil when it did not answer.
  ///
  /// A peer that follows another outbox of ours than this database's follows the lost one, whose
  /// numbers stand still; where they move, somebody else serves under our key.
  ///
  /// - Returns: whether that shows now for the first time.
  mutating func note(
    _ recovered: Recovered?, of peer: AgencyCode, outbox: OutboxID, at now: Timestamp
  ) -> Bool {
    let place = witnesses.firstIndex { $0.agency == peer.rawValue }
    var witness =
      place.map { witnesses[$0] }
      ?? Witness(
        agency: peer.rawValue, answered: false, at: "", announced: 0, withheld: [],
        secondNode: false)
    let before = witness.secondNode
    witness.at = now.description
    if let recovered {
      witness.answered = witness.answered || recovered.isWhole
      witness.announced = Int(clamping: recovered.announced)
      witness.withheld = recovered.withheld.map { API.ChangeSetPlace($0) }
      let position = recovered.position.map { "\($0.outbox.hex) \($0.number)" }
      if let seen = witness.position, seen != position, recovered.position?.outbox != outbox {
        witness.secondNode = true
      }
      witness.position = position
    }
    if let place {
      witnesses[place] = witness
    } else {
      witnesses.append(witness)
      witnesses.sort { $0.agency < $1.agency }
    }
    return witness.secondNode && !before
  }
}
