import Casework
import Ledger
import Postgres
import Replica

extension Office {
  /// Says what the ledgers of this agency and a peer hold of a period, and whether the statements
  /// that either issued say the same.
  package func statement(_ request: API.StatementRequest) async throws -> API.Statement {
    try await count { transaction in
      let ledgers = try Ledgers(of: agency, with: request.peer, in: request.period, transaction)
      let own = try kept.statements.statement(ledgers, in: transaction).statement
      var documents: [API.StatementDocument] = []
      var differences: [API.StatementDifference] = []
      let all = try ledgers.issued(in: transaction)
      for issued in all.suffix(Limits.statementDocumentsMax) {
        let other = issued.author == agency ? ledgers.peer : agency
        // What a third one may confirm as well is no statement of the two.
        let told = issued.to == [other] ? Statement(text: issued.body) : nil
        let folded = try transaction.folded(issued.dossier)
        let course = folded?.entry(at: issued.place).flatMap { folded?.course(of: $0) }
        documents.append(
          API.StatementDocument(
            document: issued.document.uuidString, dossier: issued.dossier.hex,
            number: issued.number, author: issued.author.rawValue,
            issuedOn: issued.issuedOn.description,
            stage: (course?.stage ?? .compiled).rawValue,
            confirmed: course?.confirmed.map(\.rawValue) ?? [],
            disputed: course?.disputed.map(\.rawValue) ?? [],
            equal: told?.hasBytes(of: own) == true,
            readable: told != nil))
        guard let told else { continue }
        differences += own.differences(of: agency, from: told).map { piece in
          // What we issued ourselves is out of date: nobody lacks anything, we issue it again.
          let mustAct = issued.author == agency ? [agency] : piece.mustAct
          return API.StatementDifference(piece, in: issued.document, mustAct)
        }
      }
      let (shown, isCut) = API.cut(differences)
      let isTruncated = isCut || all.count > Limits.statementDocumentsMax
      return API.Statement(
        agency: agency.rawValue, peer: ledgers.peer.rawValue, period: ledgers.period.name,
        firstDay: ledgers.period.first.description, lastDay: ledgers.period.last.description,
        outcome: Self.outcome(documents, of: [agency, ledgers.peer]), flows: Self.flows(own),
        totals: Self.totals(own),
        differences: shown, documents: documents,
        digest: Hash256.sha256(Array(own.text.utf8)).hex, truncated: isTruncated)
    }
  }

  /// The two agree when the one that did not issue a document has signed it.
  private static func outcome(
    _ documents: [API.StatementDocument], of pair: [AgencyCode]
  ) -> String {
    if documents.contains(where: { !$0.equal }) { return "differs" }
    let isSigned = documents.contains { document in
      pair.contains {
        $0.rawValue != document.author && document.confirmed.contains($0.rawValue)
      }
    }
    return isSigned ? "agreed" : "open"
  }

  private static func flows(_ statement: Statement) -> [API.StatementFlow] {
    statement.agencies.flatMap { sender in
      Statement.Unit.allCases.map { unit in
        let sums = statement.sums(unit, from: sender)
        return API.StatementFlow(
          from: sender.rawValue,
          to: (statement.agencies.first { $0 != sender } ?? sender).rawValue,
          unit: unit.rawValue, issued: sums.issued, inTransit: sums.inTransit,
          received: sums.received, accepted: sums.accepted, returned: sums.returned,
          forwarded: sums.forwarded, pending: sums.pending, withdrawn: sums.withdrawn,
          awaiting: sums.count(.awaiting),
          disposals: sums.disposals.filter { $0.disposal != .awaiting }.map {
            API.StatementDisposal(disposal: $0.disposal.code, count: $0.count)
          })
      }
    }
  }

  private static func totals(_ statement: Statement) -> [API.StatementTotal] {
    statement.totals.map {
      API.StatementTotal(
        author: $0.author.rawValue, kind: $0.kind.rawValue, count: $0.count,
        amount: Int($0.amount))
    }
  }
}

extension API.StatementDifference {
  init(_ piece: Statement.Difference, in document: RecordID, _ mustAct: [AgencyCode]) {
    self.init(
      document: document.uuidString, subject: piece.subject.uuidString,
      number: piece.number.isEmpty ? nil : piece.number, ours: piece.ours, theirs: piece.theirs,
      onlyOurs: piece.onlyOurs.map(\.uuidString), onlyTheirs: piece.onlyTheirs.map(\.uuidString),
      mustAct: mustAct.map(\.rawValue))
  }
}
