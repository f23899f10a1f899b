package import Ledger
import Postgres
import Replica

/// Which part of the log a check has looked at.
package enum CheckedExtent: Sendable, Hashable {
  /// Everything, or its beginning.
  case fromStart
  /// What comes after a stretch that was looked at before.
  case further
  /// One dossier.
  case dossier(DossierID)
}

extension Office {
  /// The dossiers in whose logs the last checks found a hole: the next bundles ask for what lacks.
  package func holedDossiers() async throws -> [DossierID] {
    try await read { try Self.holed(in: $0.sql) }
  }

  /// Notes in which dossiers a check found holes, in place of what was noted of those it looked at.
  package func note(holes dossiers: [DossierID], in extent: CheckedExtent) async throws {
    let noted = try await holedDossiers()
    var known = Set(noted)
    switch extent {
    case .fromStart: known = []
    case .further: break
    case .dossier(let dossier): known.remove(dossier)
    }
    known.formUnion(dossiers)
    let kept = Array(known.sorted().prefix(Limits.holedDossiersMax))
    guard kept != noted else { return }
    try await store.write { transaction in
      try Setting.holed.set(kept.map(\.hex).joined(separator: " "), in: transaction.sql)
    }
  }

  private static func holed(in transaction: borrowing Transaction) throws -> [DossierID] {
    let text = try Setting.holed.value(in: transaction) ?? ""
    return text.split(separator: " ").compactMap { DossierID(hex: String($0)) }
  }
}
