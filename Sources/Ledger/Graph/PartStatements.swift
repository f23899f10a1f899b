/// The lawful statements about sealed parts of a dossier, as they were read from the ancestry.
struct PartStatements: Sendable {
  /// A disclosure by a node, to the audience of the part that carries it.
  struct Disclosure: Sendable {
    let node: Int
    let audience: Set<AgencyCode>
  }

  /// The nodes that destroy each part.
  var destructions: [PartPlace: [Int]] = [:]
  /// The disclosures of each part.
  var disclosures: [PartPlace: [Disclosure]] = [:]
}

extension DossierGraph {
  /// Says why a statement about a part has no effect, by what its author had seen.
  ///
  /// - Parameters:
  ///   - statement: what is said.
  ///   - carrier: the change set that says so, stored here, and the part it stands in.
  /// - Returns: the reason; nil when the statement is lawful.
  package func flaw(
    of statement: PartStatement, in carrier: PartPlace
  ) -> PartStatementFlaw? {
    guard let number = self.number(of: carrier.change),
      let target = self.number(of: statement.place.change), sees(number, target)
    else { return .noPart }
    let header = nodes[target].changeSet.header
    guard statement.place.part > 0, header.parts.indices.contains(statement.place.part) else {
      return .noPart
    }
    guard header.author == nodes[number].changeSet.header.author else { return .foreignPart }
    return switch statement {
    case .destroy: carrier.part == 0 ? nil : .misplaced
    case .disclose: carrier.part == 0 ? .misplaced : nil
    }
  }

  /// Reads what these parts of a node say about parts.
  mutating func recordPartStatements(of number: Int, in parts: some Sequence<Int>) {
    let changeSet = nodes[number].changeSet
    for index in parts {
      guard let part = changeSet.part(index) else { continue }
      let carrier = PartPlace(change: changeSet.id, part: index)
      for statement in part.records.compactMap(\.partStatement)
      where flaw(of: statement, in: carrier) == nil {
        switch statement {
        case .destroy(let place):
          partStatements.destructions[place, default: []].append(number)
        case .disclose(let place):
          partStatements.disclosures[place, default: []].append(
            PartStatements.Disclosure(node: number, audience: Set(part.audience)))
        }
      }
    }
  }

  /// Lets go of the bytes of every part that is destroyed; those that carry acts stay.
  mutating func withholdDestroyed() {
    for place in partStatements.destructions.keys {
      guard isDestructionInForce(place), let number = number(of: place.change),
        nodes[number].changeSet.parts[place.part]?.carriesActs == false
      else { continue }
      nodes[number].changeSet.withhold(place.part)
    }
  }

  /// Whether a destruction of the part has effect, whatever the part carries.
  ///
  /// Doubt closes: it has effect also when its author was cut off meanwhile. A change set that the
  /// key rule voids may be a thief's, and destroys nothing.
  private func isDestructionInForce(_ place: PartPlace) -> Bool {
    (partStatements.destructions[place] ?? []).contains { isInForce($0) }
  }

  private func isInForce(_ number: Int) -> Bool {
    switch nodes[number].void {
    case .fork, .otherBranch: false
    case nil, .ended, .excluded, .noCountingGrant: true
    }
  }
}

extension DossierGraph {
  /// Whether bytes that came as this part are not to be kept: the part is destroyed, and they carry
  /// no act.
  package func refuses(_ part: SaltedPart, at place: PartPlace) -> Bool {
    isDestructionInForce(place) && !part.carriesActs
  }

  /// Whether the part is destroyed: a destruction has effect, and no bytes with acts are here.
  package func isDestroyed(_ place: PartPlace) -> Bool {
    isDestructionInForce(place) && changeSet(place.change)?.parts[place.part] == nil
  }

  /// Whether a part of a change set is for any of these agencies: open, of their own, of their
  /// audience, or opened to them since.
  ///
  /// `view` is as in ``openedTo(_:in:)``.
  package func isReadable(
    _ index: Int, of changeSet: StoredChangeSet, by readers: [AgencyCode],
    in view: DirectoryView? = nil
  ) -> Bool {
    if index == 0 || readers.contains(changeSet.header.author) { return true }
    let audience = changeSet.part(index)?.audience ?? []
    let place = PartPlace(change: changeSet.id, part: index)
    return readers.contains(where: audience.contains)
      || !openedTo(place, in: view).isDisjoint(with: readers)
  }

  /// The parts of a change set of this graph that are not here though nobody destroyed them,
  /// ascending.
  package func missingParts(of changeSet: StoredChangeSet) -> [Int] {
    guard changeSet.parts.count < changeSet.header.parts.count else { return [] }
    return changeSet.header.parts.indices.filter { part in
      changeSet.parts[part] == nil && !isDestroyed(PartPlace(change: changeSet.id, part: part))
    }
  }

  /// Every part that is destroyed, ascending.
  package var destroyed: [PartPlace] {
    partStatements.destructions.keys.filter { isDestroyed($0) }.sorted()
  }

  /// The change sets whose destruction of the part has effect, in the order of `order`.
  package func destructions(of place: PartPlace) -> [ChangeSetID] {
    let found = (partStatements.destructions[place] ?? []).filter { isInForce($0) }
    let ids = Set(found.map { nodes[$0].changeSet.id })
    return ids.count < 2 ? Array(ids) : order.filter(ids.contains)
  }

  /// The destructions of a part whose bytes are here and carry acts: they have no effect here.
  package var refutedDestructions: [PartPlace: [ChangeSetID]] {
    var refuted: [PartPlace: [ChangeSetID]] = [:]
    for place in partStatements.destructions.keys {
      guard changeSet(place.change)?.parts[place.part] != nil, isDestructionInForce(place) else {
        continue
      }
      refuted[place] = destructions(of: place)
    }
    return refuted
  }

  /// The agencies to which the author has opened a part, beside the audience it names itself.
  ///
  /// - Parameters:
  ///   - place: the part.
  ///   - view: the directory, for delivery: a disclosure under a key withdrawn in it waits for its
  ///     re-affirmation, and where the log has a hole every one, for what undid it may be lost. Nil
  ///     for what counts whatever became of the key.
  /// - Returns: the audiences of the disclosures known here that count.
  package func openedTo(_ place: PartPlace, in view: DirectoryView?) -> Set<AgencyCode> {
    if hole != nil, view != nil { return [] }
    return (partStatements.disclosures[place] ?? []).reduce(into: []) { agencies, disclosure in
      let id = nodes[disclosure.node].changeSet.id
      let standing = view.map { self.standing(of: id, in: $0) } ?? self.standing(of: id)
      if standing == .counts { agencies.formUnion(disclosure.audience) }
    }
  }

  /// The change sets of which a part has been disclosed, not destroyed, and is not here, ascending.
  ///
  /// A node knows only of disclosures to those who work on it, or of its own.
  package var lacking: [ChangeSetID] {
    let places = partStatements.disclosures.keys.filter { place in
      changeSet(place.change)?.parts[place.part] == nil && !isDestructionInForce(place)
        && !openedTo(place, in: nil).isEmpty
    }
    return Set(places.map(\.change)).sorted()
  }

  /// The agencies that a change set opens parts to, by the change set it opens parts of.
  package func disclosures(by id: ChangeSetID) -> [ChangeSetID: Set<AgencyCode>] {
    guard let number = number(of: id) else { return [:] }
    var opened: [ChangeSetID: Set<AgencyCode>] = [:]
    for (place, disclosures) in partStatements.disclosures {
      for disclosure in disclosures where disclosure.node == number {
        opened[place.change, default: []].formUnion(disclosure.audience)
      }
    }
    return opened
  }
}
