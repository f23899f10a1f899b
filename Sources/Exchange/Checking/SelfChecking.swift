package import Ledger

/// Answers the question "am I whole?": checks the store a stretch at a time, and repairs.
///
/// Holes are fetched from the members of their dossier by id; rows are made again from the log.
/// A stretch is repaired and checked again before the next is looked at, so that memory holds the
/// small dossiers that are checked together, or one large one, and a report that is cut, however
/// much there is.
package struct SelfChecking: Sendable {
  /// Whether what is wrong is put right.
  package var repairs: Bool
  /// Whether a repair is made in transactions that are undone: what it would do is counted.
  package var isRehearsal: Bool
  /// The most changes that a repair makes; nil for as many as are needed.
  ///
  /// What a check finds is held against it before. It counts here for holes and rows that came to
  /// light behind a hole: they are left alone when they are too many, and the report names them.
  package var changesMax: Int?
  /// The one dossier that is checked; nil for all.
  package var dossier: DossierID?
  /// What a plan named; nil when whatever is wrong is repaired.
  package var plan: SelfCheckPlan?
  /// The dossier after which a single stretch begins; nil for everything at once.
  package var stretch: Stretch?
  /// The one peer whose copies are at hand; nil asks the members of each dossier.
  ///
  /// What somebody brought needs no question, and proves itself whoever it is.
  var carrier: AgencyCode?
  /// Called with what each repair leads to, once it is durable: whatever comes of the rest, whoever
  /// waits for that is to be woken.
  package var settled: @Sendable (TakenFetch) -> Void

  /// Which stretch is checked alone.
  package struct Stretch: Sendable {
    /// The dossier before its first; nil at the beginning.
    package var after: DossierID?

    /// Names a stretch.
    package init(after: DossierID?) {
      self.after = after
    }
  }

  /// Plans a check.
  package init(
    repairs: Bool, dossier: DossierID? = nil, isRehearsal: Bool = false,
    plan: SelfCheckPlan? = nil, stretch: Stretch? = nil,
    settled: @escaping @Sendable (TakenFetch) -> Void = { _ in }
  ) {
    self.settled = settled
    self.repairs = repairs
    self.dossier = dossier
    self.isRehearsal = isRehearsal
    self.plan = plan
    self.stretch = stretch
  }

  /// Checks, and after a repair checks again; `repaired` then counts holes filled and rows made
  /// again, and everything else is what the second check found.
  ///
  /// A rehearsal gives what the first check found, and in `repaired` what a repair would mend. A
  /// plan is applied to its dossiers, and those are what is checked.
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
    if let plan {
      var report = SelfCheckReport()
      for dossier in plan.dossiers {
        report.add(try await applied(plan, to: dossier, over: store, now: now, ask: ask))
      }
      if plan.namesSums { report.add(try await summed(over: store)) }
      return report
    }
    if let dossier {
      return try await checked(SelfCheck(only: dossier), over: store, now: now, ask: ask).report
    }
    var report = SelfCheckReport()
    if repairs, stretch?.after == nil {
      report.repaired = try await mendDirectory(over: store, now: now, ask: ask)
    }
    var rest = self
    var after = stretch?.after
    while true {
      rest.changesMax = changesMax.map { max(0, $0 - report.repaired) }
      let part = try await rest.checked(
        SelfCheck(after: after), over: store, now: now, ask: ask)
      report.add(part.report)
      after = part.last
      guard after != nil, stretch == nil else { break }
    }
    report.last = after
    if after == nil { report.add(try await summed(over: store)) }
    return report
  }

  /// The sums for comparisons, which are made of every dossier: they come last, and are made anew
  /// when one of them is wrong.
  private func summed<S: Store>(over store: S) async throws -> SelfCheckReport {
    var report = SelfCheckReport()
    report.differing = try await store.read(CompareSums())
    guard repairs, !report.differing.isEmpty else { return report }
    report.repaired = report.differing.count
    if isRehearsal {
      try await store.rehearse(RenewSums())
    } else {
      try await store.write(RenewSums())
      report.differing = try await store.read(CompareSums())
    }
    return report
  }

  /// The keys of every author stand in the directory, so a hole of it makes everything look broken.
  private func mendDirectory<S: Store>(
    over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> Int {
    guard !isRehearsal, let directory = try await store.read(PinnedDossier()) else { return 0 }
    return try await checked(SelfCheck(only: directory), over: store, now: now, ask: ask).report
      .repaired
  }

  /// One stretch, repaired when that is wanted.
  private func checked<S: Store>(
    _ check: SelfCheck, over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> SelfCheck.Stretch {
    var stretch = try await store.read(check)
    guard repairs, !stretch.damaged.isEmpty else { return stretch }
    var mended = SelfCheckReport()
    mended.repaired = try await fillAll(&stretch, of: check, over: store, now: now, ask: ask)
    if let changesMax, mended.repaired + stretch.report.differingTotal > changesMax {
      stretch.report.add(mended)
      return stretch
    }
    let holed = Set(stretch.report.holes.map(\.dossier))
    var rows = 0
    for dossier in stretch.damaged where !holed.contains(dossier) {
      rows += try await remade(RepairRows(dossier), over: store).repaired
    }
    mended.repaired += rows
    try await tell(of: rows, over: store, now: now)
    var again = isRehearsal ? stretch : try await store.read(check)
    again.report.add(mended)
    return again
  }

  /// What a plan names of one dossier, repaired, and the dossier checked again.
  private func applied<S: Store>(
    _ plan: SelfCheckPlan, to dossier: DossierID, over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> SelfCheckReport {
    let check = SelfCheck(only: dossier)
    var stretch = try await store.read(check)
    var mended = SelfCheckReport()
    let holes = Set(stretch.report.holes.map(\.id))
    mended.skippedHoles = plan.plannedHoles.filter {
      $0.dossier == dossier && !holes.contains($0.id)
    }
    mended.repaired = try await fillAll(&stretch, of: check, over: store, now: now, ask: ask)
    let rows = plan.rows(of: dossier)
    if !rows.isEmpty {
      let outcome = try await remade(RepairRows(dossier, planned: rows), over: store)
      mended.repaired += outcome.repaired
      mended.skippedRows = outcome.skipped
      try await tell(of: outcome.repaired, over: store, now: now)
    }
    var report = isRehearsal ? stretch.report : try await store.read(check).report
    report.add(mended)
    return report
  }

  /// Says what so many repaired changes lead to.
  private func tell<S: Store>(
    of count: Int, over store: S, now: () -> Timestamp
  ) async throws {
    guard count > 0, !isRehearsal else { return }
    settled(try await store.write(AfterRepair(now: now())))
  }

  private func remade<S: Store>(
    _ work: RepairRows, over store: S
  ) async throws -> RepairRows.Outcome {
    isRehearsal ? try await store.rehearse(work) : try await store.write(work)
  }

  /// Fills the holes of a stretch that are meant, and reads it again.
  private func fillAll<S: Store>(
    _ stretch: inout SelfCheck.Stretch, of check: SelfCheck, over store: S,
    now: () -> Timestamp, ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> Int {
    var filled = 0
    // Of a long stretch that lacks an answer brings the oldest, so filling goes on above them.
    for _ in 0..<Limits.repairRoundsMax {
      let holes = stretch.report.holes.filter { plan?.holes.contains($0.id) ?? true }
      guard !holes.isEmpty else { break }
      let stored = try await fill(
        holes, upTo: changesMax.map { $0 - filled }, over: store, now: now, ask: ask)
      filled += stored
      if stored == 0 || isRehearsal { break }
      stretch = try await store.read(check)
    }
    return filled
  }

  /// Fills holes, and what lacks behind them, if that is no more than `room`; what each peer's
  /// copies lead to is told before the next is asked.
  private func fill<S: Store>(
    _ holes: [SelfCheckReport.Hole], upTo room: Int?, over store: S, now: () -> Timestamp,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> Int {
    var open = holes
    var count = 0
    for (peer, dossiers) in try await asked(about: holes, over: store) {
      let wanted = open.filter { dossiers.contains($0.dossier) }.prefix(Limits.fetchIDsMax)
      guard !wanted.isEmpty else { continue }
      let copies = try await copies(for: Array(wanted), of: peer, over: store, ask: ask)
      guard !copies.isEmpty else { continue }
      if let room, count + copies.count > room { continue }
      let work = FillHoles(peer: peer, holes: Array(wanted), copies: copies, now: now())
      let stored = isRehearsal ? try await store.rehearse(work) : try await store.write(work)
      try await tell(of: stored, over: store, now: now)
      count += stored
      let came = Set(copies.map(\.id))
      if stored > 0 { open.removeAll { came.contains($0.id) } }
    }
    return count
  }

  /// Whom to ask for holes, each with the dossiers to ask for.
  private func asked<S: Store>(
    about holes: [SelfCheckReport.Hole], over store: S
  ) async throws -> [(AgencyCode, Set<DossierID>)] {
    if let carrier { return [(carrier, Set(holes.map(\.dossier)))] }
    return try await store.read(
      PeersOf(dossiers: holes.map(\.dossier), authors: Set(holes.compactMap(\.author))))
  }

  /// What a peer gives for holes, and for what these copies name and is not here either.
  ///
  /// A plan means what it names and no more. A peer that cannot be reached is passed over.
  private func copies<S: Store>(
    for holes: [SelfCheckReport.Hole], of peer: AgencyCode, over store: S,
    ask: (AgencyCode, FetchRequest) async throws -> FetchAnswer
  ) async throws -> [ReceivedChangeSet] {
    let (ids, dossiers) = (Set(holes.map(\.id)), Set(holes.map(\.dossier)))
    var question = FetchRequest(ids: holes.map(\.id))
    var came: [ReceivedChangeSet] = []
    var known: Set<ChangeSetID> = []
    for round in 0..<Limits.roundsBehindHolesMax where !question.isEmpty {
      guard let answer = try? await ask(peer, question) else { break }
      let fresh = answer.deliveries.compactMap(\.received).filter { copy in
        let isBehind = round > 0 && copy.origin.map { dossiers.contains($0.dossier) } == true
        return (isBehind || ids.contains(copy.id)) && known.insert(copy.id).inserted
      }
      came += fresh
      guard plan == nil, !fresh.isEmpty else { break }
      question = try await store.read(BehindHoles(copies: came))
    }
    return came
  }
}

/// What a repair of the own log leads to: copies that were held for what is here again are judged
/// once more, the readers are named for whom something waits, also what waited for a hole, and the
/// peers of whose deliveries not all could be taken: a comparison brings these.
private struct AfterRepair: StoreWork {
  let now: Timestamp

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> TakenFetch {
    var taken = try RetryHeld(
      node: try transaction.node().agency, isAfterStart: false, now: now
    ).run(transaction)
    taken.readers = Set(taken.readers).union(try transaction.readersWaiting()).sorted()
    taken.comparing.formUnion(
      try transaction.cursors().filter { !$0.untaken.isEmpty }.map(\.peer))
    // The repair may have been one of the directory.
    taken.changedDirectory = true
    return taken
  }
}

/// The dossier of the directory that this node has pinned.
struct PinnedDossier: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DossierID? {
    try transaction.node().directory
  }
}
