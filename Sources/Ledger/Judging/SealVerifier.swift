import Synchronization

/// Checks seals, each distinct one once.
///
/// A seal covers up to 1,024 change sets; the signature is checked for the first of them and only
/// the audit path for the others. Passing a remembered seal is safe because the whole signed
/// object, signature included, is what is remembered.
package struct SealVerifier: Sendable {
  private let memory: SealMemory

  /// Shares what others have checked, or remembers nothing yet.
  package init(_ memory: SealMemory = SealMemory()) {
    self.memory = memory
  }

  /// Says whether the proof ties `id` to a seal that `author` made with `key`.
  package mutating func verify(
    _ proof: SealProof, id: ChangeSetID, author: AgencyCode, key: VerificationKey
  ) -> Bool {
    memory.body(of: proof.seal, by: key).map { proof.binds(id: id, author: author, to: $0) }
      ?? false
  }
}

/// The seals checked so far, to be shared by everything that one node judges, or by all nodes of
/// one process.
///
/// It says what verifying says, so sharing it decides nothing.
package final class SealMemory: Sendable {
  private struct Checked: Hashable {
    var seal: SignedObject
    var key: KeyID
  }

  private let known = Mutex<[Checked: Seal?]>([:])

  /// Remembers nothing yet.
  package init() {}

  /// What the seal says; nil when it was not made with the key.
  func body(of seal: SignedObject, by key: VerificationKey) -> Seal? {
    let checked = Checked(seal: seal, key: key.id)
    if let remembered = known.withLock({ $0[checked] }) { return remembered }
    let body = seal.verified(as: Seal.self, by: key)
    known.withLock { known in
      if known.count >= Limits.sealsRememberedMax { known.removeAll(keepingCapacity: true) }
      known[checked] = .some(body)
    }
    return body
  }
}
