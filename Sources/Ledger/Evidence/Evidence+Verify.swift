extension Evidence {
  /// Verifies the bytes of an evidence file with nothing but the id of a directory.
  ///
  /// - Parameters:
  ///   - file: the whole file.
  ///   - pinned: the directory to hold it against; nil finds only whether the file fits itself.
  /// - Returns: the findings, or the first thing wrong in the order directory, subject, receipts,
  ///   re-affirmation.
  package static func verify(_ file: [UInt8], directory pinned: DossierID?) -> EvidenceVerdict {
    switch decode(file) {
    case .failure(let flaw): return .invalid(flaw)
    case .success(let evidence):
      do {
        return .valid(try evidence.proven(pinned: pinned).findings)
      } catch {
        return .invalid(error)
      }
    }
  }

  /// What it proves, with the directory in it.
  func proven(
    pinned: DossierID?
  ) throws(EvidenceFlaw) -> (findings: EvidenceFindings, directory: Directory) {
    var seals = SealVerifier()
    let directory = try foldedDirectory(pinned: pinned, seals: &seals)
    let header = try provenSubject(in: directory, seals: &seals)
    guard let sealedAt = subject.proof.sealedAt else { throw .seal }
    let id = ChangeSetHeader.id(of: subject.headerBytes)
    let received = try receptions(of: id, in: directory.current)
    let confirmation = try confirmation(of: header, id: id, in: directory, seals: &seals)
    var warnings: [EvidenceWarning] = []
    if pinned == nil { warnings.append(.rootNotPinned) }
    if confirmation == .unconfirmed { warnings.append(.unconfirmedKey) }
    if let first = received.first {
      let lag = first.storedAt.microseconds - header.authoredAt.microseconds
      if lag > Limits.backDatingMicroseconds { warnings.append(.backDated) }
      if lag < -Limits.postDatingMicroseconds { warnings.append(.postDated) }
    } else {
      warnings.append(.noReceipt)
    }
    let findings = EvidenceFindings(
      id: id, dossier: header.dossier(id: id), header: header, sealedAt: sealedAt,
      parts: shownParts(of: header), received: received, directory: directory.id,
      isRootPinned: pinned != nil,
      confirmation: confirmation, warnings: warnings)
    return (findings, directory)
  }

  /// The directory in the file, every entry judged as a node would.
  private func foldedDirectory(
    pinned: DossierID?, seals: inout SealVerifier
  ) throws(EvidenceFlaw) -> Directory {
    guard let first = directory.first else { throw .entry(0) }
    let root = DossierID(first: ChangeSetHeader.id(of: first.headerBytes))
    if let pinned, pinned != root { throw .otherDirectory }
    var folded: Directory?
    for (position, entry) in directory.enumerated() {
      let received = ReceivedChangeSet(
        headerBytes: entry.headerBytes, proof: entry.proof, parts: entry.parts)
      let judgement = Judge(pinned: root, directory: folded)
        .judge(received, in: folded?.graph, seals: &seals)
      guard case .stored(let stored) = judgement.verdict, judgement.faults.isEmpty,
        stored.header.directory == nil, stored.parts.count == 1,
        folded?.graph.contains(stored.id) != true
      else { throw .entry(position) }
      if folded == nil {
        folded = Directory(founding: stored)
        if folded == nil { throw .entry(position) }
      } else {
        folded?.insert(stored)
      }
    }
    guard let folded, folded.newest == newest,
      folded.graph.order == directory.map({ ChangeSetHeader.id(of: $0.headerBytes) })
    else { throw .newest }
    return folded
  }

  private func provenSubject(
    in directory: Directory, seals: inout SealVerifier
  ) throws(EvidenceFlaw) -> ChangeSetHeader {
    guard case .header(let header) = ChangeSetHeader.decode(subject.headerBytes) else {
      throw .header
    }
    let id = ChangeSetHeader.id(of: subject.headerBytes)
    let key = try key(of: header, id: id, in: directory)
    guard seals.verify(subject.proof, id: id, author: header.author, key: key) else {
      throw .seal
    }
    guard subject.parts[0] != nil else { throw .part(0) }
    for (index, part) in subject.parts.sorted(by: { $0.key < $1.key }) {
      guard header.parts.indices.contains(index), part.matches(header.parts[index]) else {
        throw .part(index)
      }
    }
    return header
  }

  /// The author's key at the entry that the header names; an entry of the directory is judged
  /// already and only has to be among them.
  private func key(
    of header: ChangeSetHeader, id: ChangeSetID, in directory: Directory
  ) throws(EvidenceFlaw) -> VerificationKey {
    guard let entry = header.directory else {
      guard directory.graph.contains(id),
        let key = directory.current.key(header.key).verification
      else { throw .directoryEntry }
      return key
    }
    if header.dossier(id: id) == directory.id { throw .directoryEntry }
    guard let view = directory.at(entry) else { throw .directoryEntry }
    guard case .active(let owner, let key) = view.key(header.key), owner == header.author else {
      throw .key
    }
    return key
  }

  private func shownParts(of header: ChangeSetHeader) -> [Int: Part] {
    var shown: [Int: Part] = [:]
    for (index, salted) in subject.parts {
      guard case .part(let part) = Part.decode(salted.content),
        part.flaw(author: header.author, index: index, inDirectory: header.directory == nil) == nil
      else { continue }
      shown[index] = part
    }
    return shown
  }

  private func receptions(
    of id: ChangeSetID, in view: DirectoryView
  ) throws(EvidenceFlaw) -> [Reception] {
    var receptions: [Reception] = []
    for (position, evidenced) in receipts.enumerated() {
      guard let reception = evidenced.reception(of: id, in: view) else { throw .receipt(position) }
      receptions.append(reception)
    }
    return receptions.sorted { ($0.storedAt, $0.agency) < ($1.storedAt, $1.agency) }
  }

  private func confirmation(
    of header: ChangeSetHeader, id: ChangeSetID, in directory: Directory,
    seals: inout SealVerifier
  ) throws(EvidenceFlaw) -> KeyConfirmation {
    let view = directory.current
    guard header.directory != nil, view.isWithdrawn(header.key) else {
      if !reaffirming.isEmpty { throw .reaffirming(0) }
      return .inForce
    }
    var (last, lastID) = (header, id)
    for (position, exhibit) in reaffirming.enumerated() {
      let nextID = ChangeSetHeader.id(of: exhibit.headerBytes)
      guard exhibit.parts.isEmpty, view.isWithdrawn(last.key),
        case .header(let next) = ChangeSetHeader.decode(exhibit.headerBytes),
        next.previous == lastID, next.author == header.author,
        next.sequence == last.sequence + 1, next.dossier == header.dossier(id: id),
        let key = try? key(of: next, id: nextID, in: directory),
        seals.verify(exhibit.proof, id: nextID, author: next.author, key: key)
      else { throw .reaffirming(position) }
      (last, lastID) = (next, nextID)
    }
    if reaffirming.isEmpty { return .unconfirmed }
    if view.isWithdrawn(last.key) { throw .reaffirming(reaffirming.count - 1) }
    return .reaffirmed
  }
}

extension EvidencedReceipt {
  /// The reception that the receipt proves, or nil when it does not fit the change set.
  func reception(of id: ChangeSetID, in view: DirectoryView) -> Reception? {
    guard let claim = receipt.claim(as: Receipt.self), steps.first?.change == id,
      number > 0, UInt64(steps.count - 1) == claim.number.subtractingReportingOverflow(number).0,
      claim.number >= number, !claim.untaken.contains(number),
      view.key(claim.key).owner == claim.signer, view.agency(claim.destination) != nil,
      let key = view.key(claim.key).verification,
      receipt.verified(as: Receipt.self, by: key) != nil
    else { return nil }
    var hash = before
    for (offset, step) in steps.enumerated() {
      hash = RunningHash.next(
        after: hash, outbox: claim.outbox, number: number + UInt64(offset), change: step.change,
        parts: step.parts)
    }
    guard hash == claim.runningHash else { return nil }
    return Reception(agency: claim.signer, storedAt: claim.storedAt)
  }
}
