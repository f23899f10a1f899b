import Crypto
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Does one verb that writes: audit, repeat by key and refusals are the same for all of them.
  ///
  /// `subject` is what the caller named; it goes into the audit as it came, cut to a line.
  /// `recording` says whether the host may do it for a hosted agency, and from what; by default it
  /// may not.
  func write<Request: Codable & Sendable, Answer: Codable & Sendable>(
    _ endpoint: Endpoint<Request, Answer>, _ request: Request, by acting: Acting,
    on subject: String,
    recording: @escaping @Sendable (borrowing OfficeTransaction) throws -> Recording? = { _ in
      nil
    },
    _ body: @escaping @Sendable (borrowing OfficeTransaction, inout Desk) throws -> Answer
  ) async throws -> Answer {
    let fingerprint = try Repeat.fingerprint(
      endpoint.operation, acting, request, at: settingsDesk)
    do {
      if let key = acting.idempotencyKey, key.count > Limits.idempotencyKeyCharactersMax {
        throw OfficeError(
          .tooLarge,
          ["bytes": String(key.count), "limit": String(Limits.idempotencyKeyCharactersMax)])
      }
      let (answer, readers) = try await computing { computed in
        try await store.writeTogether { transaction -> (Answer, Set<AgencyCode>) in
          let now = clock.now
          let beginning = try Beginning(acting.idempotencyKey, at: self, in: transaction.sql)
          if let known: Answer = try beginning.answer(to: acting, fingerprint) {
            return (known, [])
          }
          let directory = try transaction.directory()
          let recorded = try recording(transaction)
          var desk = Desk(
            office: self, acting: acting, now: now, directory: directory,
            person: try endpoint.credential == .person
              ? person(acting, recorded, in: directory, transaction, beginning) : nil)
          desk.beginning = beginning
          desk.computed = computed
          desk.scan = recorded?.scan
          let answer = try body(transaction, &desk)
          try AuditLog.append(
            entry(endpoint.operation, acting, subject, desk.person, at: now, "ok", desk),
            after: beginning.audited, in: transaction.sql)
          try Repeat.keep(acting, fingerprint, answer, at: now, transaction.sql)
          return (answer, desk.readers)
        }
      }
      if !readers.isEmpty { wake(readers.sorted()) }
      return answer
    } catch {
      let refusal = Self.refusal(of: error)
      try await auditFailure(endpoint.operation, acting, subject, refusal)
      throw refusal
    }
  }

  /// Writes the failure down; a database that is away or full is told to the caller anyway.
  func auditFailure(
    _ operation: String, _ acting: Acting, _ subject: String, _ failure: any Error
  ) async throws {
    let outcome = (failure as? OfficeError)?.refusal ?? .internalFault
    if [.databaseAway, .noRoom, .unavailable].contains(outcome) { return }
    try await store.write { transaction in
      let directory = try transaction.directory()
      let person = try? Clerk.resolve(acting.person ?? "", of: agency, in: directory)
      let entry = entry(
        operation, acting, subject, person, at: clock.now, outcome.rawValue, nil)
      try AuditLog.append(entry, in: transaction.sql)
    }
  }

  private func entry(
    _ operation: String, _ acting: Acting, _ subject: String, _ person: Ledger.Person?,
    at now: Timestamp, _ outcome: String, _ desk: Desk?
  ) -> AuditEntry {
    AuditEntry(
      number: 0, at: now, osUser: acting.osUser, person: person?.id,
      personName: person?.name ?? Repeat.line(acting.person ?? ""), operation: operation,
      subject: Repeat.line(subject), outcome: outcome, change: desk?.change?.id,
      detail: noted(desk?.detail ?? ""), previous: AuditEntry.beginning)
  }
}

/// What makes a repeated write answer what the first one answered.
enum Repeat {
  /// SHA-256 over the operation, the desk if it is a hosted agency's, the person and the request.
  static func fingerprint(
    _ operation: String, _ acting: Acting, _ request: some Codable & Sendable,
    at desk: AgencyCode?
  ) throws -> Hash256 {
    let person = acting.person ?? ""
    let place = desk.map { "\(operation)@\($0)" } ?? operation
    return .sha256(
      Array("\(place)\n\(person.utf8.count):\(person)\n".utf8),
      try JSONValue(encoding: request).encoded())
  }

  /// Keeps the answer, and forgets those that are too old.
  static func keep(
    _ acting: Acting, _ fingerprint: Hash256,
    _ answer: some Codable & Sendable, at now: Timestamp, _ transaction: borrowing Transaction
  ) throws {
    guard let key = acting.idempotencyKey else { return }
    let oldest = now.adding(seconds: -Limits.idempotencySeconds)
    // Had the key been kept already, however long ago, its answer had been given.
    try transaction.later(
      """
      WITH old AS (DELETE FROM office.request WHERE at < \(oldest))
      INSERT INTO office.request (key, digest, status, answer, at)
      VALUES (\(key), \(fingerprint), 200, \(try JSONValue(encoding: answer).encoded()), \(now))
      """)
  }

  /// One line of what a caller wrote, cut behind so many characters.
  static func line(_ text: String, max: Int = Limits.quotedCharactersMax) -> String {
    String(text.prefix(max).map { $0.isNewline || $0 == "\0" ? " " : $0 })
  }
}
