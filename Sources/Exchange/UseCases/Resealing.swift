import Ledger

/// Seals the own change sets of a page again, many under one signature.
///
/// A step that a person takes is sealed alone. A reader that was away would check a signature for
/// every step that it missed; sealed again in a tree, up to 1,024 of them cost it one. The id does
/// not cover the seal, so a change set stays what it is, and the log of its author keeps the first
/// seal. Which of several valid seals a replica has appears in no table.
struct Resealing {
  /// Who serves: only its own change sets, under the key that it signs with now, can be sealed.
  let signatory: Signatory
  /// When it is sealed; decides nothing.
  let now: Timestamp
  /// For blinds.
  let entropy: Entropy

  /// Deliveries of a page, those that can be sealed again sealed so when that saves the reader
  /// signatures; everything else is as it was.
  func resealed(_ deliveries: [Delivery]) -> [Delivery] {
    let places = deliveries.indices.filter { isSealedAlone(deliveries[$0]) }
    guard places.count >= Limits.resealedMin else { return deliveries }
    var result = deliveries
    var rest = places[...]
    while !rest.isEmpty {
      let group = rest.prefix(Ledger.Limits.sealLeavesMax)
      rest = rest.dropFirst(group.count)
      let leaves = group.compactMap { deliveries[$0].received }.map {
        (id: $0.id, blind: entropy.bytes(SealTree.blindByteCount))
      }
      guard let tree = SealTree(leaves) else { continue }
      let proofs = tree.sealed(by: signatory.agency, with: signatory.key, at: now)
      for (place, proof) in zip(group, proofs) { result[place].reseal(proof) }
    }
    return result
  }

  /// Bytes that a delivery may take in a page: with a longer audit path where it may be sealed
  /// again.
  func wireBytesMax(of delivery: Delivery) -> Int {
    delivery.wireBytes + (isSealedAlone(delivery) ? Limits.resealingBytesMax : 0)
  }

  /// Whether a delivery is an own change set whose signature is shared with few or none.
  private func isSealedAlone(_ delivery: Delivery) -> Bool {
    guard let received = delivery.received, let header = received.header,
      header.author == signatory.agency, header.key == signatory.key.keyID,
      let proof = received.proof
    else { return false }
    return 1 << proof.path.count < Limits.resealedMin
  }
}

extension Delivery {
  fileprivate mutating func reseal(_ proof: SealProof) {
    guard case .changeSet(var received) = content else { return }
    received.proof = proof
    content = .changeSet(received)
  }
}
