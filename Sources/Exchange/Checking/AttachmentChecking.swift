package import Ledger

/// Checks the contents of attachments, piece by piece, and repairs them.
///
/// Every piece on disk must lead to the root that the document names, and every piece once stored
/// must still be there. An attachment that has not arrived yet (附件未到) is no fault. One piece
/// stands in memory at a time, read in a snapshot of its own.
package struct AttachmentChecking: Sendable {
  /// Whether what is wrong is put right: broken pieces are dropped and fetched again.
  package var repairs: Bool
  /// The one dossier whose attachments are checked; nil for all.
  package var dossier: DossierID?

  /// What a plan named; nil when whatever is wrong is repaired.
  package var plan: SelfCheckPlan?
  /// The dossier after which a single stretch begins; nil for everything at once.
  package var stretch: SelfChecking.Stretch?

  /// Plans a check.
  package init(
    repairs: Bool, dossier: DossierID? = nil, plan: SelfCheckPlan? = nil,
    stretch: SelfChecking.Stretch? = nil
  ) {
    self.repairs = repairs
    self.dossier = dossier
    self.plan = plan
    self.stretch = stretch
  }

  /// Checks, and after a repair checks again; `repaired` then counts the faults that are gone.
  ///
  /// - Parameters:
  ///   - store: what is checked.
  ///   - fetch: brings over what lacks of one attachment, as far as anybody gives it.
  /// - Returns: what is wrong: rows of `ledger.piece`, each named by attachment and piece.
  /// - Throws: what the store throws.
  package func run<S: Store>(
    over store: S, fetch: (WantedAttachment) async -> Void
  ) async throws -> SelfCheckReport {
    var report = SelfCheckReport()
    if plan != nil || dossier != nil {
      for dossier in plan?.dossiers ?? [dossier].compactMap(\.self) {
        for listed in try await store.read(AttachmentsOf(dossier: dossier)) {
          report.add(try await check(listed, over: store, fetch: fetch))
        }
      }
      return report
    }
    var after = stretch?.after
    while let part = try await store.read(AttachmentStretch(after: after)) {
      for listed in part.attachments {
        report.add(try await check(listed, over: store, fetch: fetch))
      }
      after = part.last
      if stretch != nil { break }
    }
    return report
  }

  private func check<S: Store>(
    _ listed: ListedAttachment, over store: S, fetch: (WantedAttachment) async -> Void
  ) async throws -> SelfCheckReport {
    let (rows, faults) = try await faults(of: listed, over: store)
    var report = SelfCheckReport()
    report.rowsChecked = rows
    report.add(Self.differences(listed, faults))
    let meant = faults.filter { plan?.pieces.contains("\(listed.place)/\($0.key)") ?? true }
    guard repairs, !meant.isEmpty else { return report }
    let broken = meant.filter { $0.value == .changed }.keys.sorted()
    try await store.write(DropPieces(broken, of: listed.place))
    if let wanted = try await store.read(WantedAgain(place: listed.place)) { await fetch(wanted) }
    // What nobody gives back lacks still, and is fetched whenever somebody has it.
    let here = Set(try await store.read(PiecesHere(place: listed.place)))
    let (_, again) = try await self.faults(of: listed, over: store)
    let open = faults.filter { !here.contains($0.key) || again[$0.key] != nil }
    report = SelfCheckReport()
    report.rowsChecked = rows
    report.repaired = faults.count - open.count
    report.add(Self.differences(listed, open))
    return report
  }

  private static func differences(
    _ listed: ListedAttachment, _ faults: [Int: RowDifference.Kind]
  ) -> SelfCheckReport {
    var report = SelfCheckReport()
    report.differing = faults.sorted { $0.key < $1.key }.map { number, kind in
      RowDifference(
        table: RowDifference.pieces, id: "\(listed.place)/\(number)", kind: kind,
        dossier: listed.dossier)
    }
    return report
  }

  /// The pieces that are not what the root says, or that were stored and are gone.
  private func faults<S: Store>(
    of listed: ListedAttachment, over store: S
  ) async throws -> (rows: Int, faults: [Int: RowDifference.Kind]) {
    let numbers = try await store.read(PiecesHere(place: listed.place))
    var faults: [Int: RowDifference.Kind] = [:]
    for number in numbers {
      guard let kept = try await store.read(PieceOnDisk(place: listed.place, number: number))
      else { continue }
      if listed.content.piece(number, bytes: kept.bytes, path: kept.path) == nil {
        faults[number] = .changed
      }
    }
    // Pieces come in their order, so of those that were counted the first that lack are gone.
    let here = Set(numbers)
    let gone = listed.content.cut.pieces.lazy.filter { !here.contains($0) }
    for number in gone.prefix(max(0, listed.have - numbers.count)) { faults[number] = .missing }
    return (numbers.count, faults)
  }
}

/// The attachments of one stretch of dossiers, as they are noted; nil when none is left.
private struct AttachmentStretch: StoreWork {
  let after: DossierID?

  struct Stretch: Sendable {
    let attachments: [ListedAttachment]
    let last: DossierID
  }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Stretch? {
    let dossiers = try transaction.dossiers(after: after, limit: Limits.dossiersPerCheckMax)
    guard let last = dossiers.last else { return nil }
    return Stretch(attachments: try transaction.attachments(of: dossiers), last: last)
  }
}

/// The attachments of one dossier.
private struct AttachmentsOf: StoreWork {
  let dossier: DossierID

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [ListedAttachment] {
    try transaction.attachments(of: dossier)
  }
}

/// The numbers of the pieces that are here.
private struct PiecesHere: StoreWork {
  let place: AttachmentPlace

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> [Int] {
    try transaction.pieces(of: place)
  }
}

/// One piece as it is on disk.
private struct PieceOnDisk: StoreWork {
  let place: AttachmentPlace
  let number: Int

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> LoggedPiece? {
    try transaction.piece(number, of: place)
  }
}

/// Removes broken pieces, and counts anew what is here.
private struct DropPieces: StoreWork {
  private let numbers: [Int]
  private let place: AttachmentPlace

  init(_ numbers: [Int], of place: AttachmentPlace) {
    self.numbers = numbers
    self.place = place
  }

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws {
    try transaction.forget(pieces: numbers, of: place)
  }
}

/// One attachment with whom to ask for it; nil when nothing is noted of it any more.
private struct WantedAgain: StoreWork {
  let place: AttachmentPlace

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> WantedAttachment? {
    guard let listed = try transaction.attachments(at: [place])[place] else { return nil }
    return try ListWantedAttachments().wanted([listed], in: transaction).first
  }
}
