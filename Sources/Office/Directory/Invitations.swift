import Exchange
import Ledger
import Postgres

/// Invitations that this registrar gave out, in `exchange.invitation`.
enum Invitations {
  static func keep(
    _ invitation: Exchange.Invitation, _ signed: SignedObject,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.later(
      """
      INSERT INTO exchange.invitation (id, agency, secret, expires_at, body, signature)
      VALUES (\(Exchange.Invitation.reference(of: signed)), \(invitation.agency),
        \(invitation.secret), \(invitation.expiresAt), \(signed.body), \(signed.signature))
      """)
  }

  /// What is kept about the invitation that a request names.
  ///
  /// The key it was used with is the one of the request that is kept for it.
  static func state(
    _ reference: Hash256, in transaction: borrowing Transaction
  ) throws -> InvitationState? {
    let row = try transaction.firstRow(
      """
      SELECT i.body, i.signature, i.tries, j.request FROM exchange.invitation i
      LEFT JOIN exchange.join_request j ON j.invitation = i.id
      WHERE i.id = \(reference)
      """)
    guard let row else { return nil }
    let signed = SignedObject(body: try row.value(0), signature: try row.value(1))
    guard let invitation = signed.claim(as: Exchange.Invitation.self) else { return nil }
    var state = InvitationState(invitation, signed: signed)
    state.tries = try row.value(2)
    state.usedBy = try row.value(3, as: [UInt8]?.self)
      .flatMap { Exchange.JoinRequest.decode($0)?.key.id }
    return state
  }

  static func update(
    _ state: InvitationState, at now: Timestamp, in transaction: borrowing Transaction
  ) throws {
    let usedAt = state.usedBy == nil ? nil : now
    try transaction.later(
      """
      UPDATE exchange.invitation
      SET tries = \(state.tries), used_at = coalesce(used_at, \(usedAt))
      WHERE id = \(state.reference)
      """)
  }

  /// Invitations that may still be answered, those used by one that waits among them.
  ///
  /// One by which an agency of the directory asks for a new key is open for its 72 hours at most;
  /// `isGiven` says whether the key that came with it is the agency's by now.
  static func open(
    at now: Timestamp, in transaction: borrowing Transaction,
    isGiven: (AgencyCode, KeyID) -> Bool
  ) throws -> Int {
    let rows = try transaction.rows(
      """
      SELECT i.agency, j.request FROM exchange.invitation i
      LEFT JOIN exchange.join_request j ON j.invitation = i.id
      WHERE i.tries < \(Exchange.Limits.invitationTriesMax)
        AND (i.expires_at > \(now) OR i.used_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM casework.agency a WHERE a.code = i.agency))
        AND (i.used_at IS NULL OR j.request IS NOT NULL)
      LIMIT \(Limits.answerListMax)
      """)
    return try rows.count { row in
      let request = try row.value(1, as: [UInt8]?.self).flatMap { Exchange.JoinRequest.decode($0) }
      guard let request else { return true }
      return !isGiven(try row.value(0), request.key.id)
    }
  }
}
