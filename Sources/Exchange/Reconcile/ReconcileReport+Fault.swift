package import Ledger

extension ReconcileReport {
  /// Why a part of the comparison could not be made.
  ///
  /// What people read of it stands in the message catalogue under `comparison.` and the code, with
  /// the values in braces.
  package struct Fault: Sendable, Equatable {
    /// Every reason; the raw value is what programs read, for good.
    package enum Code: String, Sendable, CaseIterable {
      /// The peer names change sets that it does not give though it was asked twice; `count`.
      case notGiven = "not-given"
      /// More differs than one comparison looks at.
      case notCompared = "not-compared"
      /// A repair ended before its end; `count` were repaired by then.
      case cutOff = "cut-off"
      /// A rehearsal stops before everything is fetched; `count` more.
      case notRehearsed = "not-rehearsed"
      /// The repair would change more than it may; `count`.
      case maxChanges = "max-changes"
      /// The two do not share the dossier that was named; `dossier`.
      case notShared = "not-shared"
      /// An answer of the peer has another form; `fault`.
      case malformed
      /// The sums that this node keeps for comparisons are not those of its dossiers.
      case sums
    }

    /// The reason.
    package let code: Code
    /// What it concerns, by the names of the message, safe to show.
    package let values: [String: String]

    /// How many change sets it concerns; 0 where none are counted.
    package var count: Int { values["count"].flatMap { Int($0) } ?? 0 }

    private init(_ code: Code, _ values: [String: String] = [:]) {
      self.code = code
      self.values = values
    }

    /// The peer does not give what it names.
    package static func notGiven(_ count: Int) -> Fault { Fault(.notGiven, counting(count)) }

    /// More differs than one comparison looks at.
    package static let notCompared = Fault(.notCompared)

    /// A repair ended before its end.
    package static func cutOff(after count: Int) -> Fault { Fault(.cutOff, counting(count)) }

    /// A rehearsal stops before everything is fetched.
    package static func notRehearsed(_ count: Int) -> Fault {
      Fault(.notRehearsed, counting(count))
    }

    /// The repair would change more than it may.
    package static func maxChanges(_ count: Int) -> Fault { Fault(.maxChanges, counting(count)) }

    /// The two do not share a dossier.
    package static func notShared(_ dossier: DossierID) -> Fault {
      Fault(.notShared, ["dossier": dossier.hex])
    }

    /// An answer of the peer has another form.
    package static func malformed(_ fault: String) -> Fault { Fault(.malformed, ["fault": fault]) }

    /// The sums that this node keeps are not those of its dossiers.
    package static let sums = Fault(.sums)

    private static func counting(_ count: Int) -> [String: String] { ["count": "\(count)"] }
  }
}
