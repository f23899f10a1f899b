import Ledger

/// The dossiers that this node's agencies share with a peer's: what the two may compare.
///
/// The store tells them by their members. Where a member may still be shut out, because an exclude
/// is held or a grant waits to be re-affirmed, the one ``Audience`` decides, as for a delivery:
/// an item would tell that the dossier exists and that it has moved.
struct SharedDossiers {
  private let directoryID: DossierID?
  private let local: [AgencyCode]
  private let remote: [AgencyCode]
  private let barred: [AgencyCode]
  /// The items of the dossiers that are closed to the peer all the same.
  private let closed: Set<Hash256>

  /// Takes the peer, by the agency that runs it.
  init<T: StoreTransaction & ~Copyable>(
    with peer: AgencyCode, in transaction: borrowing T
  ) throws {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.directory()?.current)
    directoryID = node.directory
    (local, remote) = (routing.comparable(with: peer), routing.agencies(at: peer))
    barred = [node.agency, peer]
    let withdrawn = routing.view?.withdrawnKeys ?? [:]
    let doubtful = try transaction.doubtful(
      sharedBy: local, with: remote, barred: barred,
      authors: Set(withdrawn.values).sorted(), keys: withdrawn.keys.sorted())
    var closed: Set<Hash256> = []
    var open = doubtful.keys.sorted()[...]
    while !open.isEmpty {
      let page = Array(open.prefix(Limits.idsPerQueryMax))
      open = open.dropFirst(page.count)
      let held = try transaction.heldExclusions(in: page)
      for (dossier, graph) in try transaction.graphs(page) {
        let audience = Audience(
          graph: graph, routing: routing, isDirectory: false, held: held[dossier] ?? [])
        if !audience.isOpen(to: peer), let item = doubtful[dossier] { closed.insert(item) }
      }
    }
    self.closed = closed
  }

  /// The items of all of them, the directory's among them.
  func items<T: StoreTransaction & ~Copyable>(in transaction: borrowing T) throws -> [Hash256] {
    var items = try transaction.items(sharedBy: local, with: remote, barred: barred)
    if !closed.isEmpty { items.removeAll(where: closed.contains) }
    if let summary = try directory(in: transaction) { items.append(summary.item) }
    return items
  }

  /// Runs one step of a comparison over the sums that the store keeps, with the items it asks for.
  ///
  /// Sums that are not those of the items are no reason to be wrong: then the step is made over all
  /// items, and `SelfChecking` names and renews the sums. It is `isScanned` from the beginning
  /// where the sums are known not to be whole: a row that is lost is never read.
  func step<Step, T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T, isScanned: Bool = false,
    _ step: (Negentropy, NegentropySet.Reading) throws(NegentropyFault) -> Step
  ) throws -> Swift.Result<Step, NegentropyFault> {
    let frame = Limits.reconcileFrameBytesMax
    guard !isScanned else { return try scan(frame, in: transaction, step) }
    let own = try directory(in: transaction).map { [$0.item] } ?? []
    let kept = try transaction.sums(sharedBy: local, with: remote, barred: barred)
    var failure: (any Error)?
    if let set = NegentropySet(kept.without(closed, with: own)) {
      do throws(NegentropyFault) {
        return .success(
          try step(Negentropy(set, frameBytesMax: frame)) { leaves in
            do {
              let items = try transaction.items(
                in: leaves, sharedBy: local, with: remote, barred: barred)
              return items.filter { !closed.contains($0) }
                + own.filter { leaves.contains(LeafSum.leaf(of: $0)) }
            } catch {
              failure = error
              return nil
            }
          })
      } catch {
        if let failure { throw failure }
        guard error == .unreadable else { return .failure(error) }
      }
    }
    return try scan(frame, in: transaction, step)
  }

  /// Runs one step over all items.
  private func scan<Step, T: StoreTransaction & ~Copyable>(
    _ frame: Int, in transaction: borrowing T,
    _ step: (Negentropy, NegentropySet.Reading) throws(NegentropyFault) -> Step
  ) throws -> Swift.Result<Step, NegentropyFault> {
    let side = Negentropy(NegentropySet(try items(in: transaction)), frameBytesMax: frame)
    return Swift.Result { () throws(NegentropyFault) in try step(side) { _ in nil } }
  }

  /// Whether the sums that the store keeps count as many items as there are.
  func areSumsWhole<T: StoreTransaction & ~Copyable>(in transaction: borrowing T) throws -> Bool {
    let kept = try transaction.sums(sharedBy: local, with: remote, barred: barred)
    return try kept.reduce(0) { $0 + $1.count }
      == transaction.count(sharedBy: local, with: remote, barred: barred)
  }

  /// The dossiers behind those of the items that ``items(in:)`` gives, ascending.
  func dossiers<T: StoreTransaction & ~Copyable>(
    ofItems items: [Hash256], in transaction: borrowing T
  ) throws -> [DossierID] {
    var dossiers = Set(
      try transaction.dossiers(
        ofItems: items.filter { !closed.contains($0) }, sharedBy: local, with: remote,
        barred: barred
      ).values)
    if let summary = try directory(in: transaction), items.contains(summary.item) {
      dossiers.insert(summary.dossier)
    }
    return dossiers.sorted()
  }

  private func directory<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> DossierSummary? {
    try directoryID.flatMap { try transaction.summaries([$0])[$0] }
  }
}
