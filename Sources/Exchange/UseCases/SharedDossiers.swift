import Ledger

/// The dossiers that this node's agencies share with a peer's: what the two may compare.
///
/// The store tells them by their members. Where a member may still be shut out, because an exclude
/// is held or a grant waits to be re-affirmed, the one ``Audience`` decides, as for a delivery:
/// an item would tell that the dossier exists and that it has moved.
struct SharedDossiers {
  private let directory: DossierSummary?
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
    let routing = Routing(node: node.agency, view: try transaction.wholeDirectory()?.current)
    directory = try node.directory.flatMap { try transaction.summaries([$0])[$0] }
    (local, remote) = (routing.comparable(with: peer), routing.agencies(at: peer))
    barred = [node.agency, peer]
    let withdrawn = routing.view?.withdrawnKeys ?? [:]
    let doubtful = try transaction.doubtful(
      sharedBy: local, with: remote, barred: barred,
      authors: Set(withdrawn.values).sorted(), keys: withdrawn.keys.sorted())
    var closed: Set<Hash256> = []
    var open = doubtful.keys.sorted()[...]
    while !open.isEmpty {
      let page = Array(open.prefix(Limits.dossiersPerLookMax))
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
    if let directory { items.append(directory.item) }
    return items
  }

  /// One step of a comparison: the side it is made with, whether all items had to be read because
  /// the sums that are kept are not theirs, and what gives items of a set of sums.
  typealias Stepping<Step> =
    (Negentropy, _ isScanned: Bool, NegentropySet.Reading) throws(NegentropyFault) -> Step

  /// Runs one step of a comparison over the sums that the store keeps, with the items it asks for.
  ///
  /// Sums that are not whole, or not those of the items that are read, are no reason to be wrong:
  /// then the items are summed up once more, and `SelfChecking` names and renews the sums. It is so
  /// from the beginning where an earlier step found it. Either way only those items are in memory
  /// that the step reads.
  ///
  /// - Parameters:
  ///   - transaction: the snapshot.
  ///   - isCoarse: whether sums of blocks may do; where they do not, those of leaves are read.
  ///   - isScanned: whether the sums are known not to be whole.
  ///   - step: the step; it may run several times.
  /// - Returns: what the step gave, or why the message is none.
  /// - Throws: the failure of the store.
  func step<Step, T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T, isCoarse: Bool, isScanned: Bool = false, _ step: Stepping<Step>
  ) throws -> Swift.Result<Step, NegentropyFault> {
    let own = directory.map { [$0.item] } ?? []
    let grains: [LeafSum.Grain] = isScanned ? [] : isCoarse ? [.block, .leaf] : [.leaf]
    for grain in grains {
      let kept = try transaction.sums(by: grain, sharedBy: local, with: remote, barred: barred)
      guard let sums = kept?.without(closed, with: own, by: grain) else { break }
      let made = try self.step(over: sums, by: grain, isScanned: false, in: transaction, step)
      if let made { return made }
    }
    let sums = try scanned(in: transaction)
    return try self.step(over: sums, by: .leaf, isScanned: true, in: transaction, step)
      ?? .failure(.unreadable)
  }

  /// Runs one step over sums; nil when they are not those of the items.
  private func step<Step, T: StoreTransaction & ~Copyable>(
    over sums: [LeafSum], by grain: LeafSum.Grain, isScanned: Bool, in transaction: borrowing T,
    _ step: Stepping<Step>
  ) throws -> Swift.Result<Step, NegentropyFault>? {
    guard let set = NegentropySet(sums, by: grain) else { return nil }
    let side = Negentropy(set, frameBytesMax: Limits.reconcileFrameBytesMax)
    var failure: (any Error)?
    do throws(NegentropyFault) {
      return .success(
        try step(side, isScanned) { leaves in
          guard grain == .leaf else { return nil }
          do {
            return try items(in: leaves, in: transaction)
          } catch {
            failure = error
            return nil
          }
        })
    } catch {
      if let failure { throw failure }
      return error == .unreadable ? nil : .failure(error)
    }
  }

  /// The sums of the items themselves, of which only a part is in memory at any time.
  private func scanned<T: StoreTransaction & ~Copyable>(
    in transaction: borrowing T
  ) throws -> [LeafSum] {
    var sums: [LeafSum] = []
    for start in stride(from: 0, to: LeafSum.leaves, by: Limits.leavesSummedMax) {
      let leaves = Array(start..<min(LeafSum.leaves, start + Limits.leavesSummedMax))
      sums += LeafSum.sums(of: try items(in: leaves, in: transaction))
    }
    return sums
  }

  /// The items of these leaves, the directory's among them.
  private func items<T: StoreTransaction & ~Copyable>(
    in leaves: [Int], in transaction: borrowing T
  ) throws -> [Hash256] {
    let items = try transaction.items(in: leaves, sharedBy: local, with: remote, barred: barred)
    let own = directory.map { [$0.item] } ?? []
    return items.filter { !closed.contains($0) }
      + own.filter { leaves.contains(LeafSum.leaf(of: $0)) }
  }

  /// Whether the sums that the store keeps count as many items as there are, which are counted one
  /// by one.
  func areSumsWhole<T: StoreTransaction & ~Copyable>(in transaction: borrowing T) throws -> Bool {
    let kept = try transaction.sums(by: .block, sharedBy: local, with: remote, barred: barred)
    guard let kept else { return false }
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
    if let directory, items.contains(directory.item) { dossiers.insert(directory.dossier) }
    return dossiers.sorted()
  }
}
