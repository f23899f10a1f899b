import Casework
import Ledger
import Postgres
import Replica

/// The ledgers of this agency and of one peer for one period.
struct Ledgers: Sendable, Hashable {
  let agency: AgencyCode
  let peer: AgencyCode
  let period: StatementPeriod

  /// Reads whom and which period a request means; the peer is another agency of the directory.
  init(
    of agency: AgencyCode, with peer: String, in period: String,
    _ transaction: borrowing OfficeTransaction
  ) throws {
    self.agency = agency
    self.peer = try Field.agency(peer, "peer")
    guard self.peer != agency else {
      throw Field.invalid(self.peer.rawValue, "peer", "≠ \(agency.rawValue)")
    }
    guard try transaction.directory()?.current.agency(self.peer) != nil else {
      throw OfficeError(.agencyUnknown, ["agency": self.peer.rawValue])
    }
    guard let read = StatementPeriod(period) else {
      throw Field.invalid(period, "period", "2023Q3 | 2023-07 | 2023")
    }
    self.period = read
  }

  init(of agency: AgencyCode, with peer: AgencyCode, in period: StatementPeriod) {
    self.agency = agency
    self.peer = peer
    self.period = period
  }

  /// A dossier in the state that its item names: equal items are equal change sets.
  struct Place: Sendable, Hashable {
    let dossier: DossierID
    let item: Hash256
  }

  /// The dossiers with a letter or a result of the period that both are members of or were, and
  /// that bar neither one's node, by id.
  func places(in transaction: borrowing OfficeTransaction) throws -> [Place] {
    let places = try found(in: transaction)
    guard places.count <= Limits.statementDossiersMax else {
      throw OfficeError(
        .conflict,
        [
          "detail": "conflict.statementTooLong", "limit": String(Limits.statementDossiersMax),
        ])
    }
    return places
  }

  private func found(in transaction: borrowing OfficeTransaction) throws -> [Place] {
    let sight = try Sight(of: agency, in: transaction)
    // What is not delivered to a node, no statement delivered there may tell.
    let view = try transaction.directory()?.current
    let hosts = [agency, peer].map { view?.host(of: $0) ?? $0 }
    return try transaction.sql.rows(
      """
      SELECT found.dossier, shared.item FROM (
        SELECT dossier FROM casework.referral
        WHERE form = \(DocumentForm.referral.rawValue)
          AND sent_on BETWEEN \(period.first) AND \(period.last)
          AND (sender = \(agency) AND addressee = \(peer)
            OR sender = \(peer) AND addressee = \(agency))
        UNION
        SELECT dossier FROM casework.result
        WHERE on_date BETWEEN \(period.first) AND \(period.last)
          AND author = ANY(\([agency.rawValue, peer.rawValue]))) found
      JOIN ledger.dossier shared ON shared.id = found.dossier
      WHERE \(sight.sees("found.dossier"))
        AND \(agency) = ANY(shared.members || shared.former)
        AND \(peer) = ANY(shared.members || shared.former)
        AND NOT shared.excluded && \(hosts.map(\.rawValue))
      ORDER BY found.dossier LIMIT \(Limits.statementDossiersMax + 1)
      """
    ).map { Place(dossier: try $0.value(0), item: try $0.value(1)) }
  }

  /// One statement of the two for the period that was issued and stands.
  struct Issued {
    let dossier: DossierID
    let document: RecordID
    let author: AgencyCode
    let to: [AgencyCode]
    let place: Citation
    let number: String?
    let issuedOn: CivilDate
    let body: String
  }

  /// The newest statements that either issued for the period and that stand, the oldest first; one
  /// more than is shown, where there are as many.
  ///
  /// The text of one that is longer than any this node would write is left out, and so unreadable.
  func issued(in transaction: borrowing OfficeTransaction) throws -> [Issued] {
    let sight = try Sight(of: agency, in: transaction)
    let headers = Statement(of: agency, and: peer, in: period).headers
    return try transaction.sql.rows(
      """
      SELECT d.change, d.part, d.record, d.dossier, d.id, d.author, d.number, d.issued_on,
        CASE WHEN octet_length(d.body) <= \(Limits.textBytesMax) THEN d.body ELSE '' END,
        d.to_agencies
      FROM casework.document d
      WHERE d.form = \(DocumentForm.statement.rawValue)
        AND d.state = \(DocumentState.issued.rawValue)
        AND (d.author = \(agency) AND \(peer) = ANY(d.to_agencies)
          OR d.author = \(peer) AND \(agency) = ANY(d.to_agencies))
        AND EXISTS (SELECT FROM unnest(\(headers)) AS t (header) WHERE starts_with(d.body, header))
        AND \(sight.sees("d.dossier"))
      ORDER BY d.issued_on DESC, d.id DESC LIMIT \(Limits.statementDocumentsMax + 1)
      """
    ).reversed().map { row in
      Issued(
        dossier: try row.value(3), document: try row.value(4), author: try row.value(5),
        to: try row.value(9, as: [AgencyCode].self),
        place: try Citation(row), number: try row.value(6), issuedOn: try row.value(7),
        body: try row.value(8))
    }
  }
}
