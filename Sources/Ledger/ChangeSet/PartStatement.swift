/// What a record says about a sealed part of an earlier change set of its author.
///
/// Two types of record have an effect in the ledger. Their envelope alone says it: `revises` names
/// the part, with record 0. Their bodies belong to the casework model, like those of all others.
package enum PartStatement: Hashable, Sendable {
  /// No replica keeps the part's bytes any more; said in part 0.
  case destroy(PartPlace)
  /// The audience of the sealed part that says so may read the part, too.
  case disclose(PartPlace)

  /// The part it is about.
  package var place: PartPlace {
    switch self {
    case .destroy(let place), .disclose(let place): place
    }
  }
}

/// Why a statement about a part has no effect.
package enum PartStatementFlaw: String, Hashable, Sendable, CaseIterable {
  /// It names no sealed part of a change set that its author had seen.
  case noPart
  /// The part is another agency's.
  case foreignPart
  /// A destruction outside part 0, or a disclosure in it.
  case misplaced
}

extension Record {
  /// The type of a record that destroys a part.
  package static let destructionType: UInt32 = 8
  /// The type of a record that discloses a part.
  package static let disclosureType: UInt32 = 9
  /// The type of a document.
  package static let documentType: UInt32 = 4
  /// The type of an item.
  package static let itemType: UInt32 = 5
  /// The types whose records ask, decide and state nothing.
  private static let silentTypes: Set<UInt32> = [documentType, itemType]

  /// What the record says about a part; nil for the types that say nothing of the kind.
  package var partStatement: PartStatement? {
    guard let revises, revises.record == 0 else { return nil }
    let place = PartPlace(change: revises.change, part: revises.part)
    return switch type {
    case Self.destructionType: .destroy(place)
    case Self.disclosureType: .disclose(place)
    default: nil
    }
  }

  /// Whether it is of a type of which questions, figures or other parts depend.
  fileprivate var isAct: Bool { !Self.silentTypes.contains(type) }
}

extension SaltedPart {
  /// Whether the part carries anything but documents and items.
  ///
  /// An act or a result moves a question, and what moved one stays: such a part is never destroyed.
  package var carriesActs: Bool {
    guard case .part(let part) = Part.decode(content) else { return false }
    return part.records.contains { $0.isAct }
  }
}
