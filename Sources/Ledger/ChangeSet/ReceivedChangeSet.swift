/// A change set as it came, before anything about it is believed.
package struct ReceivedChangeSet: Hashable, Sendable {
  /// The id that the header bytes have.
  package let id: ChangeSetID
  /// The header as it came.
  package let headerBytes: [UInt8]
  /// The tie to a seal, if one came.
  package var proof: SealProof?
  /// The parts that came, by their position.
  package var parts: [Int: SaltedPart]
  /// What the header bytes say, read once.
  package let reading: HeaderReading
  /// What the bytes that the header promises as part 0 say, where they have been read already.
  let open: PartReading?

  /// Takes what came.
  package init(headerBytes: [UInt8], proof: SealProof?, parts: [Int: SaltedPart]) {
    id = ChangeSetHeader.id(of: headerBytes)
    self.headerBytes = headerBytes
    self.proof = proof
    self.parts = parts
    reading = ChangeSetHeader.decode(headerBytes)
    open = nil
  }

  /// Hands on what is stored, without reading its header and its part 0 again.
  package init(_ stored: StoredChangeSet, parts: [Int: SaltedPart]) {
    id = stored.id
    headerBytes = stored.headerBytes
    proof = stored.proof
    self.parts = parts
    reading = .header(stored.header)
    open = stored.reading(0)
  }

  /// Equal when the same came; id and reading follow from the bytes.
  package static func == (left: ReceivedChangeSet, right: ReceivedChangeSet) -> Bool {
    left.id == right.id && left.proof == right.proof && left.parts == right.parts
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A change set that is stored: lawful header, valid seal, part 0 at hand, whole ancestry.
package struct StoredChangeSet: Hashable, Sendable {
  /// The id.
  package let id: ChangeSetID
  /// The reading of the header.
  package let header: ChangeSetHeader
  /// The header as it came.
  package let headerBytes: [UInt8]
  /// A valid tie to a seal; which one of several a replica keeps appears in no table.
  package var proof: SealProof
  /// The parts at hand by position; part 0 is always among them.
  package private(set) var parts: [Int: SaltedPart]
  /// Part 0 as read once: graph, directory and casework ask for it again and again.
  private let open: PartReading?

  /// Reads again what a store kept; nil when the bytes are not a lawful header or part 0 is not
  /// there or a part is not the one the header promises.
  ///
  /// The seal, the ancestry and the directory are not looked at: that is the judge's work, done
  /// before the bytes were kept.
  package init?(headerBytes: [UInt8], proof: SealProof, parts: [Int: SaltedPart]) {
    guard case .header(let header) = ChangeSetHeader.decode(headerBytes), parts[0] != nil,
      parts.allSatisfy({
        header.parts.indices.contains($0.key) && $0.value.matches(header.parts[$0.key])
      })
    else { return nil }
    self.init(
      id: ChangeSetHeader.id(of: headerBytes), header: header, headerBytes: headerBytes,
      proof: proof, parts: parts)
  }

  init(
    id: ChangeSetID, header: ChangeSetHeader, headerBytes: [UInt8], proof: SealProof,
    parts: [Int: SaltedPart], open: PartReading? = nil
  ) {
    self.id = id
    self.header = header
    self.headerBytes = headerBytes
    self.proof = proof
    self.parts = parts
    self.open = open ?? parts[0].map { Part.decode($0.content) }
  }

  /// Equal when the same is at hand; part 0 as read follows from its bytes.
  package static func == (left: StoredChangeSet, right: StoredChangeSet) -> Bool {
    left.id == right.id && left.proof == right.proof && left.parts == right.parts
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// The dossier it belongs to.
  package var dossier: DossierID { header.dossier(id: id) }

  /// What the bytes of a part say; nil when they are not at hand.
  package func reading(_ index: Int) -> PartReading? {
    index == 0 ? open : parts[index].map { Part.decode($0.content) }
  }

  /// A part that is at hand and not void.
  ///
  /// A part is void when it does not decode, exceeds a limit, names records of another author, or
  /// carries statements that do not belong there.
  package func part(_ index: Int) -> Part? {
    guard case .part(let part) = reading(index), flaw(of: part, at: index) == nil else {
      return nil
    }
    return part
  }

  /// Why a part that is at hand is void, if it is.
  package func flaw(_ index: Int) -> PartFlaw? {
    switch reading(index) {
    case nil, .unknownMembership: nil
    case .void(let flaw): flaw
    case .part(let part): flaw(of: part, at: index)
    }
  }

  /// Adds parts that came later and are the ones the header promises; others are ignored.
  package mutating func add(_ more: [Int: SaltedPart]) {
    for (index, part) in more where parts[index] == nil && header.parts.indices.contains(index) {
      if part.matches(header.parts[index]) { parts[index] = part }
    }
  }

  /// Lets go of a sealed part that has been destroyed; part 0 stays.
  package mutating func withhold(_ index: Int) {
    if index > 0 { parts[index] = nil }
  }

  private func flaw(of part: Part, at index: Int) -> PartFlaw? {
    part.flaw(author: header.author, index: index, inDirectory: header.directory == nil)
  }
}
