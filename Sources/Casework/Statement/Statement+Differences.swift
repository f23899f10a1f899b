package import Ledger

extension Statement {
  /// One piece that two statements of one pair and period do not tell alike.
  package struct Difference: Sendable, Equatable {
    /// The letter or the first version of the result.
    package let subject: RecordID
    /// The number of the letter; empty for a result.
    package let number: String
    /// What the first statement says of it; nil when it does not know it.
    package let ours: String?
    /// What the second statement says of it; nil when it does not know it.
    package let theirs: String?
    /// The records that the first statement alone rests on: the other side lacks them.
    package let onlyOurs: [RecordID]
    /// The records that the second statement alone rests on: this side lacks them.
    package let onlyTheirs: [RecordID]
    /// Who must act, ascending: whoever lacks a record fetches it, and where nobody lacks one both
    /// check their own tables.
    package let mustAct: [AgencyCode]
  }

  /// The pieces that the statement of `agency` and that of the other one do not tell alike.
  ///
  /// - Parameters:
  ///   - agency: whose statement this one is.
  ///   - other: the statement of the other agency, of the same pair and period.
  ///
  /// - Returns: the pieces by id, letters first; empty when the ledgers agree (账账相符).
  package func differences(of agency: AgencyCode, from other: Statement) -> [Difference] {
    let peer = agencies.first { $0 != agency } ?? agency
    func side(_ statement: Statement) -> ([Key: Piece], [Key: Piece]) {
      (
        Dictionary(statement.letters.map { (Key($0), Piece($0)) }, uniquingKeysWith: { $1 }),
        Dictionary(statement.outcomes.map { (Key($0), Piece($0)) }, uniquingKeysWith: { $1 })
      )
    }
    let (ours, theirs) = (side(self), side(other))
    return [(ours.0, theirs.0), (ours.1, theirs.1)].flatMap { ours, theirs in
      Set(ours.keys).union(theirs.keys).sorted().compactMap { key -> Difference? in
        let (mine, others) = (ours[key], theirs[key])
        guard mine != others else { return nil }
        let (own, foreign) = (Set(mine?.records ?? []), Set(others?.records ?? []))
        let onlyOurs = own.subtracting(foreign).sorted()
        let onlyTheirs = foreign.subtracting(own).sorted()
        var mustAct = (onlyTheirs.isEmpty ? [] : [agency]) + (onlyOurs.isEmpty ? [] : [peer])
        if mustAct.isEmpty { mustAct = agencies }
        return Difference(
          subject: key.id, number: mine?.number ?? others?.number ?? "", ours: mine?.says,
          theirs: others?.says, onlyOurs: onlyOurs, onlyTheirs: onlyTheirs,
          mustAct: Set(mustAct).sorted())
      }
    }
  }

  /// What names one piece on both sides.
  private struct Key: Hashable, Comparable {
    let id: RecordID
    let agency: AgencyCode

    init(_ letter: Letter) {
      id = letter.document
      agency = letter.addressee
    }

    init(_ outcome: Outcome) {
      id = outcome.root
      agency = outcome.author
    }

    static func < (one: Key, other: Key) -> Bool {
      (one.id, one.agency) < (other.id, other.agency)
    }
  }

  /// What one side says of a piece.
  private struct Piece: Equatable {
    let number: String
    let says: String
    let records: [RecordID]

    /// What is signed is bytes, and as characters two numbers of other bytes may be one.
    static func == (one: Piece, other: Piece) -> Bool {
      one.number.utf8.elementsEqual(other.number.utf8) && one.says == other.says
        && one.records == other.records
    }

    init(_ letter: Letter) {
      number = letter.number
      says =
        ([letter.sentOn.description, letter.fate.rawValue]
        + [letter.disposal?.code].compactMap(\.self) + (letter.leads ? ["leads"] : []))
        .joined(separator: " ")
      records = letter.records
    }

    init(_ outcome: Outcome) {
      number = ""
      says =
        ([outcome.on.description, outcome.kind.rawValue]
        + [outcome.amount.map(String.init)].compactMap(\.self)
        + (outcome.isRevoked ? ["revoked"] : [])).joined(separator: " ")
      records = outcome.records
    }
  }
}
