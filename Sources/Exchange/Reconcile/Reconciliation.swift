package import Ledger

/// Answers "do we hold the same of what we share?": compares with one peer, and repairs.
///
/// It does no I/O of its own: the caller asks the peer, waits and tells the time.
///
/// ```swift
/// let report = try await Reconciliation(peer: peer, mode: .repair).run(
///   over: store, now: { clock.now }, pause: { try await Task.sleep(for: $0) },
///   ask: { question in try await client.post(question) })
/// ```
package struct Reconciliation: Sendable {
  /// What to do about differences.
  package enum Mode: Sendable, Equatable {
    /// Only find them.
    case compare
    /// Fetch what is missing here, queue what is missing there, then compare again; nothing is
    /// done when more than `changesMax` would change.
    case repair(changesMax: Int?)
    /// The same in a transaction that is undone: `repaired` says what it would do.
    case rehearse(changesMax: Int?)

    /// The most that may change; nil when nothing is repaired or nothing limits it.
    var changesMax: Int? {
      switch self {
      case .compare: nil
      case .repair(let limit), .rehearse(let limit): limit
      }
    }
  }

  /// When every dossier is counted, and so the sums of a store held against the dossiers; else they
  /// are held against the numbers that are kept apart from them.
  ///
  /// What no trigger saw, such as a row that a broken disk lost, is in no sum and no number. A
  /// count of 500,000 dossiers takes 0.2 s.
  package enum Counting: Sendable {
    /// Never: what a comparison is for does not depend on it.
    case never
    /// Before it says that everything is equal; one that has found a difference says so anyway, and
    /// whoever waits for its repair does not wait for a count.
    case whenEqual
    /// First of all, where nobody waits.
    case first
  }

  /// One request to the peer; the body and the answer's body are raw bytes.
  package enum Question: Sendable {
    /// `POST /peer/v1/reconcile`.
    case compare([UInt8])
    /// `POST /peer/v1/fetch`.
    case fetch([UInt8])

    /// The body.
    package var body: [UInt8] {
      switch self {
      case .compare(let body), .fetch(let body): body
      }
    }
  }

  /// The peer.
  package var peer: AgencyCode
  /// What to do about differences.
  package var mode: Mode
  /// How long a difference is given to settle before it counts.
  package var settle: Duration
  /// The one dossier that is compared and repaired; nil for all that both share.
  package var dossier: DossierID?
  /// The change sets that a plan named; nil when whatever differs is repaired.
  package var planned: [ReconcileReport.Planned]?
  /// When every dossier is counted.
  package var counting: Counting
  /// Called with what each transaction of a repair has changed, once it is durable: whatever comes
  /// of the rest, whoever waits for that is to be woken.
  package var settled: @Sendable (TakenFetch) -> Void

  /// Plans a comparison.
  package init(
    peer: AgencyCode, mode: Mode, settle: Duration = .seconds(5), dossier: DossierID? = nil,
    planned: [ReconcileReport.Planned]? = nil, counting: Counting = .never,
    settled: @escaping @Sendable (TakenFetch) -> Void = { _ in }
  ) {
    self.settled = settled
    self.counting = counting
    self.planned = planned
    self.peer = peer
    self.mode = mode
    self.settle = settle
    self.dossier = dossier
  }

  /// Compares, and repairs when that is the mode; an answer that is none becomes an error of the
  /// report, and so does a failure once something is repaired; any other failure is thrown on.
  package func run<S: Store>(
    over store: S, now: () -> Timestamp, pause: (Duration) async throws -> Void,
    ask: (Question) async throws -> [UInt8]
  ) async throws -> ReconcileReport {
    let began = now()
    var run = Run(peer: peer, report: ReconcileReport(peer: peer))
    do {
      if case .repair = mode, planned == nil {
        try await fetchLacking(over: store, &run, now, ask)
      }
      let found = try await compare(over: store, &run, pause, ask)
      var chosen = found
      if let planned { (chosen, run.report.skipped) = found.limited(to: planned) }
      if mode == .compare || chosen.isEmpty {
        run.report.conclude(found)
      } else if let limit = mode.changesMax, chosen.count > limit {
        run.report.errors.append(.maxChanges(chosen.count))
        run.report.conclude(found)
      } else if case .rehearse = mode {
        try await rehearse(chosen, over: store, &run, now, ask)
        run.report.conclude(found)
      } else {
        try await repair(chosen, over: store, &run, now, ask)
        run.report.errors.removeAll { $0.code == .notGiven }
        run.report.conclude(try await compare(over: store, &run, isAgain: true, pause, ask))
      }
    } catch let fault as NegentropyFault {
      run.report.errors.append(.malformed("\(fault)"))
    } catch let error as ExchangeError where error.code == .malformed {
      run.report.errors.append(.malformed(error.object))
    } catch  where run.report.repaired > 0 && !(error is CancellationError) {
      // What was repaired stays, and whoever asked for it keeps that in the audit.
      run.report.errors.append(.cutOff(after: run.report.repaired))
    }
    run.report.milliseconds = Int((now().microseconds - began.microseconds) / 1_000)
    return run.report
  }

  /// What is under way: the report, the running counts of requests and what has been fetched.
  struct Run {
    let peer: AgencyCode
    var report: ReconcileReport
    /// What has been fetched to know the differences, so that nothing is asked for twice.
    var fetched: [ChangeSetID: ReceivedChangeSet] = [:]
    /// How many more bytes of headers, and of parts, are kept of it.
    var room = (headers: Limits.comparedHeaderBytesMax, parts: Limits.comparedPartBytesMax)

    mutating func counted(
      _ question: Question, _ ask: (Question) async throws -> [UInt8]
    ) async throws -> [UInt8] {
      let answer = try await ask(question)
      report.roundTrips += 1
      report.bytes += question.body.count + answer.count
      return answer
    }

    /// Says that this node's own sums are not whole: what follows is right, and what the peer asks
    /// by itself may not be.
    mutating func sumsAreLost() { note(.sums) }

    /// Says that more differs than one comparison looks at: another one finds the rest.
    mutating func isTooMuch() { note(.notCompared) }

    private mutating func note(_ fault: ReconcileReport.Fault) {
      if !report.errors.contains(fault) { report.errors.append(fault) }
    }

    /// Says that a dossier named is none that both may hold: nothing was compared.
    mutating func notShared(_ dossier: DossierID) -> ChainDifferences {
      report.errors.append(.notShared(dossier))
      return ChainDifferences()
    }
  }
}

extension Reconciliation {
  /// Finds the dossiers that differ, their chains, and which differences do not settle.
  ///
  /// After a repair (`isAgain`) one fingerprint of everything is the first question.
  private func compare<S: Store>(
    over store: S, _ run: inout Run, isAgain: Bool = false,
    _ pause: (Duration) async throws -> Void, _ ask: (Question) async throws -> [UInt8]
  ) async throws -> ChainDifferences {
    if let dossier {
      return try await compare(only: dossier, over: store, &run, pause, ask)
    }
    var step = try await items(over: store, &run, isAgain: isAgain, ask)
    if step.difference.isEmpty, counting == .whenEqual, !isAgain, !step.isScanned,
      try await !store.read(AreSumsWhole(peer: peer))
    {
      step = try await items(over: store, &run, isScanned: true, ask)
    }
    let difference = step.difference
    guard !difference.isEmpty else {
      run.report.equal = step.count
      run.report.sharedDossiers = step.count
      return ChainDifferences()
    }
    let asked = try await store.read(
      DossiersOfItems(peer: peer, items: difference.have.sorted()))
    run.report.equal = step.count - asked.count
    let needed = difference.need.sorted()
    let first = try await differences(asked, items: needed, over: store, &run, ask)
    run.report.sharedDossiers = run.report.equal + Set(first.dossiers).union(asked).count
    let again = Set(first.dossiers).union(asked).sorted()
    return try await settled(first.found, of: again, over: store, &run, pause, ask)
  }

  /// Compares the items until it is known which differ; all of them are read when the sums are
  /// known not to be theirs.
  private func items<S: Store>(
    over store: S, _ run: inout Run, isAgain: Bool = false, isScanned: Bool = false,
    _ ask: (Question) async throws -> [UInt8]
  ) async throws -> AskReconcile.Step {
    var question = AskReconcile(peer: peer, answer: nil, difference: Negentropy.Difference())
    question.isLikelyEqual = isAgain
    question.isScanned = isScanned
    question.countsDossiers = counting == .first && !isAgain
    var step = try await store.read(question).get()
    var trips = 0
    while let message = step.question, trips < Limits.reconcileRoundTripsMax {
      let answer = try await run.counted(.compare(message), ask)
      guard answer.count <= Limits.reconcileFrameBytesMax else { throw NegentropyFault.malformed }
      trips += 1
      if answer == Negentropy.nothing {
        step.question = nil
      } else {
        step = try await store.read(
          AskReconcile(
            peer: peer, answer: answer, difference: step.difference, isScanned: step.isScanned)
        ).get()
      }
      if step.difference.have.count + step.difference.need.count > Limits.comparedItemsMax {
        run.isTooMuch()
        break
      }
    }
    if step.isScanned { run.sumsAreLost() }
    return step
  }

  /// Compares the chains of one dossier, without asking about any other.
  private func compare<S: Store>(
    only dossier: DossierID, over store: S, _ run: inout Run,
    _ pause: (Duration) async throws -> Void, _ ask: (Question) async throws -> [UInt8]
  ) async throws -> ChainDifferences {
    let sharing = try await store.read(SharingOf(dossier: dossier, peer: peer))
    guard sharing != .notShared else { return run.notShared(dossier) }
    let first = try await differences([dossier], items: [], over: store, &run, ask)
    let isAnswered = first.dossiers.contains(dossier)
    // What is not here at all may still be there.
    guard sharing == .shared || isAnswered else { return run.notShared(dossier) }
    let found = try await settled(first.found, of: [dossier], over: store, &run, pause, ask)
    run.report.sharedDossiers = 1
    run.report.equal = isAnswered && found.isEmpty ? 1 : 0
    return found
  }

  /// Those of the differences that are still there after a while.
  ///
  /// Without a while, what the peer had when it was asked and is not here is there still; only what
  /// was written here since then is not to be told from what it lacks without asking again.
  private func settled<S: Store>(
    _ first: ChainDifferences, of dossiers: [DossierID], over store: S, _ run: inout Run,
    _ pause: (Duration) async throws -> Void, _ ask: (Question) async throws -> [UInt8]
  ) async throws -> ChainDifferences {
    let isOpen = !first.question.isEmpty
    let mayBeNew = !first.onlyLocal.isEmpty || (settle > .zero && !first.isEmpty)
    guard isOpen || mayBeNew else { return first }
    try await pause(settle)
    let second = try await differences(dossiers, items: [], over: store, &run, ask)
    // What the peer says it has and does not give is missing here, whatever it is.
    let unknown = second.found.question.ids.count + second.found.question.ranges.count
    if unknown > 0 { run.report.errors.append(.notGiven(unknown)) }
    var settled = ChainDifferences()
    settled.onlyLocal = first.onlyLocal.intersection(second.found.onlyLocal)
    settled.onlyRemote = first.onlyRemote.intersection(second.found.onlyRemote)
    settled.inFlight = second.found.inFlight.intersection(settled.ids)
    return settled
  }

  /// Asks for the chains of dossiers and for headers until every link is known.
  private func differences<S: Store>(
    _ dossiers: [DossierID], items: [Hash256], over store: S, _ run: inout Run,
    _ ask: (Question) async throws -> [UInt8]
  ) async throws -> (found: ChainDifferences, dossiers: [DossierID]) {
    var chains: [DossierChains] = []
    var behind: Set<AgencyCode> = []
    let wanted =
      items.map { FetchRequest(items: [$0]) } + dossiers.map { FetchRequest(dossiers: [$0]) }
    var batches = Self.batches(of: wanted)
    // The second look at differences has the change sets of the first.
    if run.fetched.isEmpty, batches.count == 1, dossiers.count <= Limits.guessedDossiersMax {
      batches[0].ranges = try await store.read(NextOfChains(dossiers: dossiers))
    }
    var turn = 0
    while turn < batches.count, turn < Limits.reconcileFetchesMax {
      let batch = batches[turn]
      turn += 1
      let answer = try await fetch(batch, &run, ask)
      chains += answer.chains.filter { dossier == nil || $0.dossier == dossier }
      behind.formUnion(answer.behind)
      run.keep(answer.deliveries)
      // A dossier that an answer had no room for would look like one that the peer lacks.
      if answer.isTruncated { batches += batch.smaller }
    }
    var questions = 0
    while true {
      let found = try await store.read(
        CompareChains(
          peer: peer, remote: chains, asked: Set(dossiers), fetched: run.fetched, behind: behind))
      guard !found.question.isEmpty, questions < Limits.reconcileFetchesMax else {
        return (found, chains.map(\.dossier))
      }
      questions += 1
      let answer = try await fetch(found.question, &run, ask)
      let before = run.fetched.count
      run.keep(answer.deliveries)
      guard run.fetched.count > before else { return (found, chains.map(\.dossier)) }
    }
  }

  private static func batches(of requests: [FetchRequest]) -> [FetchRequest] {
    var batches: [FetchRequest] = []
    for request in requests {
      if var last = batches.last,
        last.items.count + last.dossiers.count < Limits.fetchItemsMax
      {
        last.items += request.items
        last.dossiers += request.dossiers
        batches[batches.count - 1] = last
      } else {
        batches.append(request)
      }
    }
    return batches
  }

  func fetch(
    _ request: FetchRequest, _ run: inout Run, _ ask: (Question) async throws -> [UInt8]
  ) async throws -> FetchAnswer {
    let bytes = try await run.counted(.fetch(request.encoded()), ask)
    guard let answer = FetchAnswer.decode(bytes) else {
      throw ExchangeError(.malformed, "the answer to a fetch")
    }
    return answer
  }
}
