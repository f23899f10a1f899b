package import Ledger

/// The items that this node shares with a peer: one per dossier, and one for the directory.
///
/// A comparison is made of sums; this reads every item, to hold the sums against.
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

/// Asks the next question of a comparison with a peer, after taking its answer to the last.
///
/// Each question is of the snapshot in which it is asked, as each answer is.
struct AskReconcile: StoreWork {
  /// What it comes to.
  struct Step: Sendable {
    /// The next message; nil at the end.
    var question: [UInt8]?
    /// What has been learnt so far.
    var difference: Negentropy.Difference
    /// How many items this node has to compare.
    var count: Int
    /// Whether the sums that this node keeps are not whole, and so all items are compared.
    var isScanned: Bool
  }

  /// The peer.
  let peer: AgencyCode
  /// Its answer; nil at the beginning.
  let answer: [UInt8]?
  /// What was learnt before.
  let difference: Negentropy.Difference
  /// What an earlier step found out about the sums.
  var isScanned = false
  /// Whether the two were just made equal, so that the first question is one fingerprint.
  var isLikelyEqual = false
  /// Whether the first step counts every dossier.
  var countsDossiers = false

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Swift.Result<Step, NegentropyFault> {
    let shared = try SharedDossiers(with: peer, in: transaction)
    var isScanned = isScanned
    if answer == nil, countsDossiers { isScanned = try !shared.areSumsWhole(in: transaction) }
    return try shared.step(in: transaction, isCoarse: answer == nil, isScanned: isScanned) {
      side, isScanned, reading throws(NegentropyFault) in
      var step = Step(
        question: nil, difference: difference, count: side.count, isScanned: isScanned)
      step.question =
        if let answer {
          try side.resume(with: answer, into: &step.difference, reading: reading)
        } else {
          try side.initiate(isLikelyEqual: isLikelyEqual, reading: reading)
        }
      return step
    }
  }
}

/// Whether the sums that this node keeps are those of the dossiers it shares with a peer, which are
/// counted one by one.
struct AreSumsWhole: StoreWork {
  let peer: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Bool {
    try SharedDossiers(with: peer, in: transaction).areSumsWhole(in: transaction)
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
    let shared = try SharedDossiers(with: requester, in: transaction)
    // A message whose bounds stand between blocks is the first of a comparison.
    let isCoarse = Negentropy.standsBetweenBlocks(message)
    return try shared.step(in: transaction, isCoarse: isCoarse) {
      side, _, reading throws(NegentropyFault) in try side.answer(message, reading: reading)
    }
  }
}
