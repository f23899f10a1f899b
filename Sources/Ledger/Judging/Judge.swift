/// Decides what becomes of a change set: rejected, held or stored.
///
/// The verdict depends on the change set's bytes, its ancestors and the directory up to the entry
/// it names, and on nothing else: not on the order of arrival, a clock, or what else was heard.
/// The caller inserts a stored change set into the graph before it judges those that name it.
package struct Judge: Sendable {
  /// The directory that this node pins.
  package let pinned: DossierID
  /// The directory as far as it has come; nil before its first entry.
  package let directory: Directory?
  /// Ids already rejected, of those that the judged ones name.
  package let rejected: Set<ChangeSetID>
  /// Ids stored in other dossiers, of those that the judged ones name.
  package let foreign: Set<ChangeSetID>

  /// Judges under a directory.
  package init(
    pinned: DossierID, directory: Directory?, rejected: Set<ChangeSetID> = [],
    foreign: Set<ChangeSetID> = []
  ) {
    self.pinned = pinned
    self.directory = directory
    self.rejected = rejected
    self.foreign = foreign
  }

  /// Judges one change set.
  ///
  /// - Parameters:
  ///   - received: what came.
  ///   - graph: the dossier it names, as far as it is stored; nil when nothing of it is.
  ///   - seals: the seals checked so far.
  /// - Returns: the verdict, and what was wrong with the delivery apart from it.
  package func judge(
    _ received: ReceivedChangeSet, in graph: DossierGraph?, seals: inout SealVerifier
  ) -> Judgement {
    let header: ChangeSetHeader
    switch received.reading {
    case .malformed(let flaw): return Judgement(.rejected(.header(flaw)))
    case .unknownFormat: return Judgement(.held(.unknownFormat, missing: []))
    case .header(let lawful): header = lawful
    }
    let (parts, faults) = parts(of: received, promised: header)
    switch standing(of: header, id: received.id, graph: graph, open: parts[0]) {
    case .rejected(let reason): return Judgement(.rejected(reason), faults: faults)
    case .held(let reason, let missing):
      return Judgement(.held(reason, missing: missing), faults: faults)
    case .signedBy(let key):
      return taken(received, header, parts: parts, faults: faults, key: key, seals: &seals)
    }
  }

  private func taken(
    _ received: ReceivedChangeSet, _ header: ChangeSetHeader, parts: [Int: SaltedPart],
    faults: [DeliveryFault], key: VerificationKey, seals: inout SealVerifier
  ) -> Judgement {
    guard let proof = received.proof else {
      return Judgement(.held(.seal, missing: []), faults: faults)
    }
    guard seals.verify(proof, id: received.id, author: header.author, key: key) else {
      return Judgement(.held(.seal, missing: []), faults: [.seal] + faults)
    }
    guard let open = parts[0] else {
      return Judgement(.held(.openPart, missing: []), faults: faults)
    }
    // A part that came this far has the bytes that the header promises, so it says what it said.
    let reading = received.open ?? Part.decode(open.content)
    if reading == .unknownMembership {
      return Judgement(.held(.unknownMembership, missing: []), faults: faults)
    }
    return Judgement(
      .stored(
        StoredChangeSet(
          id: received.id, header: header, headerBytes: received.headerBytes, proof: proof,
          parts: parts, open: reading)),
      faults: faults)
  }

  /// Bytes that do not match their hash count as not received.
  private func parts(
    of received: ReceivedChangeSet, promised header: ChangeSetHeader
  ) -> ([Int: SaltedPart], [DeliveryFault]) {
    var parts: [Int: SaltedPart] = [:]
    var faults: [DeliveryFault] = []
    for (index, part) in received.parts.sorted(by: { $0.key < $1.key }) {
      if header.parts.indices.contains(index), part.matches(header.parts[index]) {
        parts[index] = part
      } else {
        faults.append(.part(index))
      }
    }
    return (parts, faults)
  }
}

/// A verdict with what was wrong about the delivery.
package struct Judgement: Sendable {
  /// What becomes of the change set.
  package let verdict: Verdict
  /// What condemns the delivery and its sender, and never the id.
  package let faults: [DeliveryFault]

  init(_ verdict: Verdict, faults: [DeliveryFault] = []) {
    self.verdict = verdict
    self.faults = faults
  }
}
