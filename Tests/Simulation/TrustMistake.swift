/// Somebody whom every node trusts though it must not, where the production works trust nobody:
/// what comes is changed before it is judged, or sealed with a key that its forger has not.
enum TrustMistake: String, Sendable, CaseIterable {
  /// A governor's word counts whoever sealed it.
  case takesAnyWord
  /// Of two entries of one place in the directory the first that comes is taken and no other.
  case keepsFirstEntry
  /// A change set in the name of an agency counts when that agency's host sealed it.
  case takesAnyName
  /// A page in which numbers are missing is taken as if they were blank.
  case overlooksGaps
}

extension TrustMistake {
  /// The harm that it does, whichever of it is seen first.
  var harm: Set<SimulationFailure.Kind> {
    switch self {
    case .takesAnyWord, .takesAnyName: [.usurped]
    case .keepsFirstEntry: [.lost, .differs]
    case .overlooksGaps: [.lost]
    }
  }
}
