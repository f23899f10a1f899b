package import Ledger

/// The items that this node shares with a peer: one per dossier, and one for the directory.
package struct ReconcileItems: StoreWork {
  private let peer: AgencyCode

  /// Asks for the items shared with the node that an agency runs.
  package init(peer: AgencyCode) {
    self.peer = peer
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [Hash256] {
    try SharedDossiers(with: peer, in: transaction).items(in: transaction)
  }
}

/// Answers one negentropy message of a peer: stateless, out of one snapshot.
package struct AnswerReconcile: StoreWork {
  private let requester: AgencyCode
  private let message: [UInt8]

  /// Answers the node that an agency runs.
  package init(requester: AgencyCode, message: [UInt8]) {
    self.requester = requester
    self.message = message
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<[UInt8], NegentropyFault> {
    guard message.count <= Limits.reconcileFrameBytesMax else { return .failure(.malformed) }
    let items = try ReconcileItems(peer: requester).run(transaction)
    let side = Negentropy(
      NegentropySet(items), frameBytesMax: Limits.reconcileFrameBytesMax)
    return Swift.Result { () throws(NegentropyFault) in try side.answer(message) }
  }
}
