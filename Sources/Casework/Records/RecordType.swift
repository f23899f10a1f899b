package import Ledger

/// The number of a record type on the wire.
package enum RecordType: UInt32, Sendable, CaseIterable {
  case dossier = 3
  case document, item, act, result, destruction, disclosure

  /// The fields of a body of the type that this build knows, as `Schema/wire/casework.proto` has
  /// them.
  package var fields: KnownFields {
    let citation = KnownFields(upTo: 3)
    return switch self {
    case .dossier: KnownFields(upTo: 12)
    case .document:
      KnownFields(
        upTo: 18, holding: [10: KnownFields(upTo: 4), 14: citation, 16: KnownFields(upTo: 8)])
    case .item: KnownFields(upTo: 10)
    case .act: KnownFields(upTo: 18, holding: [7: citation])
    case .result:
      KnownFields(
        upTo: 16, holding: [4: KnownFields(upTo: 2), 15: citation, 16: KnownFields(upTo: 4)])
    case .destruction: KnownFields(upTo: 5)
    case .disclosure: KnownFields(upTo: 4)
    }
  }
}
