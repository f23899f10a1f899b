/// Checks seals, each distinct one once.
///
/// A seal covers up to 1,024 change sets; the signature is checked for the first of them and only
/// the audit path for the others. Passing a remembered seal is safe because the whole signed
/// object, signature included, is what is remembered.
package struct SealVerifier: Sendable {
  private struct Checked: Hashable {
    var seal: SignedObject
    var key: KeyID
  }

  private var known: [Checked: Seal?] = [:]

  /// Remembers nothing yet.
  package init() {}

  /// Says whether the proof ties `id` to a seal that `author` made with `key`.
  package mutating func verify(
    _ proof: SealProof, id: ChangeSetID, author: AgencyCode, key: VerificationKey
  ) -> Bool {
    let checked = Checked(seal: proof.seal, key: key.id)
    let body: Seal?
    if let remembered = known[checked] {
      body = remembered
    } else {
      body = proof.seal.verified(as: Seal.self, by: key)
      if known.count >= Limits.sealsRememberedMax { known.removeAll(keepingCapacity: true) }
      known[checked] = .some(body)
    }
    return body.map { proof.binds(id: id, author: author, to: $0) } ?? false
  }
}
