import Casework
import Exchange
import Ledger
import Postgres
import Replica

/// One letter at one addressee as the tables show it, with the place of the letter for citing.
struct Letter {
  let dossier: DossierID
  let sender: AgencyCode
  let document: RecordID
  let place: Citation
  let addressee: AgencyCode
  let form: DocumentForm
  let state: ReferralState
  let withdraw: WithdrawState
  let points: [RecordID]
  let sentOn: CivilDate
  let receivedOn: CivilDate?
  let fateOn: CivilDate?

  fileprivate static let columns: SQL = """
    SELECT r.dossier, r.sender, r.document, d.change, d.part, d.record, r.addressee, r.form,
      r.state, r.withdraw, r.points, r.sent_on, r.received_on, r.fate_on
    FROM casework.referral r
    JOIN casework.document d
      ON d.dossier = r.dossier AND d.author = r.sender AND d.id = r.document
    """

  fileprivate init(_ row: Row) throws {
    dossier = try row.value(0)
    sender = try row.value(1)
    document = try row.value(2)
    place = Citation(
      change: try row.value(3), part: try row.value(4), record: try row.value(5))
    addressee = try row.value(6)
    form = try Letter.code(row.value(7))
    state = try Letter.code(row.value(8))
    withdraw = try Letter.code(row.value(9))
    points = try row.value(10, as: [String].self).compactMap { RecordID(uuidString: $0) }
    sentOn = try row.value(11)
    receivedOn = try row.value(12)
    fateOn = try row.value(13)
  }

  private static func code<Code: CodeTable>(_ text: String) throws -> Code {
    guard let code = Code(rawValue: text) else {
      throw OfficeError(.internalFault, ["request": text])
    }
    return code
  }

  /// Who brought it to its state, and when.
  var reached: Desk.Reached {
    let isBySender = state == .sent || state == .copied
    return Desk.Reached(
      group: "referral", agency: isBySender ? sender : addressee,
      on: isBySender ? sentOn : fateOn ?? receivedOn ?? sentOn)
  }
}

extension Letter {
  /// The letters to an agency, received by nobody yet, that their senders ask back.
  ///
  /// Those in dossiers in which the agency may write nothing now are left out, and senders take
  /// turns, so that letters that cannot be answered take no place from others'.
  static func asked(
    of agency: AgencyCode, in transaction: borrowing OfficeTransaction
  ) throws -> [Letter] {
    try transaction.sql.rows(
      """
      \(columns)
      WHERE r.addressee = \(agency) AND r.withdraw = \(WithdrawState.requested.rawValue)
        AND r.state = \(ReferralState.sent.rawValue)
        AND NOT EXISTS (
          SELECT FROM ledger.dossier AS l WHERE l.id = r.dossier AND l.needs_upgrade)
        AND NOT EXISTS (
          SELECT FROM ledger.fork AS f WHERE f.dossier = r.dossier AND f.author = \(agency))
      ORDER BY
        row_number() OVER (PARTITION BY r.sender ORDER BY r.sent_on, r.document),
        r.sent_on, r.document
      LIMIT \(Limits.standingActsMax)
      """
    ).map { try Letter($0) }
  }

  /// Whether the letter still waits for an answer to a request to withdraw it.
  func isAskedBack(in transaction: borrowing OfficeTransaction) throws -> Bool {
    try transaction.sql.value(
      """
      SELECT EXISTS (
        SELECT FROM casework.referral
        WHERE dossier = \(dossier) AND sender = \(sender) AND document = \(document)
          AND addressee = \(addressee) AND withdraw = \(WithdrawState.requested.rawValue)
          AND state = \(ReferralState.sent.rawValue))
      """, as: Bool.self) ?? false
  }
}

/// Picks the letter that a request about a clue means.
struct Letters {
  let all: [Letter]
  let agency: AgencyCode
  let named: String

  /// Every letter of the dossier that a request names, at every addressee, oldest first.
  ///
  /// A request may name the letter itself in place of the clue.
  init(
    of request: String, document: String?, by agency: AgencyCode,
    in transaction: borrowing OfficeTransaction
  ) throws {
    let lookup = Lookup(agency: agency)
    let found = try lookup.find(request, in: transaction)
    let letter: RecordID? =
      if let document, !document.isEmpty {
        try lookup.letter(document, of: found.dossier, in: transaction)
      } else {
        found.kind == .document ? found.record : nil
      }
    let rows = try transaction.sql.rows(
      """
      \(Letter.columns)
      JOIN ledger.change_set s ON s.id = d.change
      WHERE r.dossier = \(found.dossier)
      ORDER BY r.sent_on, s.author, s.sequence, r.document, r.addressee
      """)
    let letters = try rows.map { try Letter($0) }
    all = letter.map { id in letters.filter { $0.document == id } } ?? letters
    self.agency = agency
    named = request
  }

  /// The letter that this agency, as addressee, means: the newest in a state that fits, else the
  /// newest at all, so that the refusal can say what became of it.
  ///
  /// Letters that refer a clue come before other letters in the same dossier.
  func received(fitting states: [ReferralState], for step: Casework.Step) throws -> Letter {
    let own = all.filter { $0.addressee == agency }
    guard !own.isEmpty else {
      guard let other = all.last else { throw Lookup.notFound(named) }
      throw OfficeError(
        .notYours,
        ["verb": "verb.\(step.code)", "agency": other.addressee.rawValue])
    }
    let fitting = own.filter { states.contains($0.state) }
    let choice = fitting.isEmpty ? own : fitting
    guard let letter = choice.last(where: { $0.form == .referral }) ?? choice.last else {
      throw Lookup.notFound(named)
    }
    return letter
  }

  /// The letters that this agency sent and whose fate is open at their addressees; the newest
  /// letter alone when none is open.
  func sent(fitting states: [ReferralState], verb: Verb) throws -> [Letter] {
    let own = all.filter { $0.sender == agency && $0.form == .referral }
    guard let newest = own.last else {
      guard let other = all.last(where: { $0.sender != agency }) else {
        throw OfficeError(.conflict, ["detail": "conflict.noLetter"])
      }
      throw OfficeError(
        .notYours, ["verb": "verb.\(verb.rawValue)", "agency": other.sender.rawValue])
    }
    let fitting = own.filter { states.contains($0.state) }
    guard let last = fitting.last else { return [newest] }
    return fitting.filter { $0.document == last.document }
  }
}

extension Lookup {
  /// The record id of a letter in a dossier, named by id or number.
  func letter(
    _ text: String, of dossier: DossierID, in transaction: borrowing OfficeTransaction
  ) throws -> RecordID {
    let found = try find(text, of: dossier, in: transaction)
    guard found.kind == .document, let record = found.record else {
      throw Self.notFound(text)
    }
    return record
  }
}
