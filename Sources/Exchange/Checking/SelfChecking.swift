package import Ledger

/// Answers the question "am I whole?": checks the store a stretch at a time, and repairs.
///
/// Holes are fetched from the members of their dossier by id; rows are made again from the log.
package struct SelfChecking: Sendable {
  /// Whether what is wrong is put right.
  package var repairs: Bool
  /// The one dossier that is checked; nil for all.
  package var dossier: DossierID?

  /// Plans a check.
  package init(repairs: Bool, dossier: DossierID? = nil) {
    self.repairs = repairs
    self.dossier = dossier
  }

  /// Checks, and after a repair checks again; `repaired` then counts holes filled and rows made
  /// again, and everything else is what the second check found.
  ///
  /// - Parameters:
  ///   - store: what is checked.
  ///   - now: the business clock.
  ///   - ask: asks a peer for change sets; throws when it cannot be reached, which is passed over.
  /// - Returns: what is wrong, or after a repair what is wrong still.
  /// - Throws: what the store throws.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> SelfCheckReport {
    var (report, dossiers) = try await check(store)
    guard repairs, !report.isConsistent else { return report }
    let rows = report.differing.count
    var filled = 0
    // Filling one hole may show the one behind it: an ancestor of what was just fetched.
    for _ in 0..<Limits.repairRoundsMax where !report.holes.isEmpty {
      let stored = try await fill(report.holes, over: store, now: now, ask: ask)
      filled += stored
      if stored == 0 { break }
      (report, dossiers) = try await check(store)
    }
    let again = Set(report.holes.map(\.dossier))
    let stale = dossiers.filter { !again.contains($0) }
    if !stale.isEmpty { try await store.write(Rematerialize(stale)) }
    let repairedRows = max(rows, report.differing.count)
    (report, _) = try await check(store)
    report.repaired = filled + max(0, repairedRows - report.differing.count)
    return report
  }

  /// The report, and the dossiers with differing rows.
  private func check<S: Store>(
    _ store: S
  ) async throws -> (report: SelfCheckReport, dossiers: [DossierID]) {
    if let dossier {
      let report = try await store.read(SelfCheck(only: dossier)).report
      return (report, report.differing.isEmpty ? [] : [dossier])
    }
    var report = SelfCheckReport()
    var dossiers: [DossierID] = []
    var after: DossierID?
    while true {
      // One dossier at a time where rows differ, so that the repair knows which.
      let stretch = try await store.read(SelfCheck(after: after))
      guard let last = stretch.last else { return (report, dossiers) }
      if !stretch.report.differing.isEmpty {
        dossiers += try await store.read(DifferingDossiers(after: after, through: last))
      }
      report.add(stretch.report)
      after = last
    }
  }

  private func fill<S: Store>(
    _ holes: [SelfCheckReport.Hole], over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> Int {
    var open = holes
    var count = 0
    for (peer, dossiers) in try await store.read(PeersOf(dossiers: holes.map(\.dossier))) {
      let wanted = open.filter { dossiers.contains($0.dossier) }.prefix(Limits.fetchIDsMax)
      guard !wanted.isEmpty else { continue }
      let answer: FetchAnswer
      do {
        answer = try await ask(peer, FetchRequest(ids: wanted.map(\.id)))
      } catch {
        continue
      }
      guard !answer.deliveries.isEmpty else { continue }
      let stored = try await store.write(
        FillHoles(peer: peer, holes: Array(wanted), deliveries: answer.deliveries, now: now()))
      count += stored
      let came = Set(answer.deliveries.compactMap { $0.received?.id })
      if stored > 0 { open.removeAll { came.contains($0.id) } }
    }
    return count
  }
}

/// The dossiers of a stretch whose rows differ.
private struct DifferingDossiers: StoreWork {
  let after: DossierID?
  let through: DossierID

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [DossierID] {
    var found: [DossierID] = []
    var after = after
    while let next = try transaction.dossiers(after: after, limit: 1).first, next <= through {
      let stretch = try SelfCheck(after: after, limit: 1).run(transaction)
      if !stretch.report.differing.isEmpty { found.append(next) }
      after = next
    }
    return found
  }
}

/// The peers that may have change sets of these dossiers, each with the dossiers to ask it for.
private struct PeersOf: StoreWork {
  let dossiers: [DossierID]

  func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> [(AgencyCode, Set<DossierID>)] {
    let node = try transaction.node()
    let routing = Routing(node: node.agency, view: try transaction.directory()?.current)
    let summaries = try transaction.summaries(Set(dossiers).sorted())
    var peers: [AgencyCode: Set<DossierID>] = [:]
    for dossier in Set(dossiers) {
      let members = summaries[dossier].map { $0.members + $0.former } ?? []
      // Without a summary nobody here knows the members any more: every peer is asked.
      let isOpen = dossier == node.directory || members.isEmpty
      for peer in isOpen ? routing.peers : Set(members.map(routing.host(of:))).sorted()
      where peer != node.agency {
        peers[peer, default: []].insert(dossier)
      }
    }
    return peers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
