package import Exchange
import HTTPTypes
package import Ledger
package import Logging
package import Office
import Wire

/// What came of one exchange with a peer.
package enum SyncOutcome: Sendable, Equatable {
  /// A page came and is durable here; more is waiting when `hasMore`.
  case took(stored: Int, hasMore: Bool)
  /// There was nothing new.
  case nothing
  /// The peer gave nothing, or something unusable.
  case failed(PeerFault)
}

/// One step of a session and how long to rest after it.
package struct SyncStep: Sendable, Equatable {
  /// What came of it.
  package let outcome: SyncOutcome
  /// How long to rest; nil to go on at once.
  package let rest: Duration?
}

extension PullSession.Step {
  fileprivate var rest: Duration? {
    switch self {
    case .ask: nil
    case .pause(let duration): duration
    }
  }
}

/// The exchanges of this node with one peer, each a single step that a loop or an operator repeats.
package struct PeerSession<S: Store>: Sendable {
  private let desk: PeerDesk<S>
  private let client: PeerClient
  private let unverified: @Sendable () -> PeerClient?
  private let states: PeerStates
  private let figures: Figures
  private let turns: ComparisonTurns
  private let recoveries: ComparisonTurns
  private let logger: Logger

  /// Makes a session.
  ///
  /// - Parameters:
  ///   - desk: what this node does for peers.
  ///   - client: talks to the peer.
  ///   - states: where it is kept what came of it.
  ///   - figures: counts.
  ///   - turns: of comparisons.
  ///   - recoveries: the turns of confirming where this node stands and of fetching what it wrote.
  ///   - logger: where it logs.
  ///   - unverified: gives a client by which the directory is fetched when the peer signs with a
  ///     key that is unknown here.
  package init(
    desk: PeerDesk<S>, client: PeerClient, states: PeerStates, figures: Figures,
    turns: ComparisonTurns, recoveries: ComparisonTurns, logger: Logger,
    unverified: @escaping @Sendable () -> PeerClient? = { nil }
  ) {
    self.turns = turns
    self.recoveries = recoveries
    self.desk = desk
    self.client = client
    self.unverified = unverified
    self.states = states
    self.figures = figures
    self.logger = logger
  }

  /// The peer.
  package var peer: AgencyCode { client.peer }

  /// A pull that starts where the cursor stands.
  package func makePull(waitSeconds: Int) async throws -> PullSession {
    PullSession(cursor: try await desk.store.read(CursorOf(peer)), waitSeconds: waitSeconds)
  }

  /// A push that starts at the peer's newest receipt.
  package func makePush() async throws -> PushSession {
    PushSession(position: try await desk.store.read(PositionOf(peer)))
  }

  /// Asks for the next page, takes it and sends the receipt, and goes on as long as pages are full:
  /// on a quick line the next is asked for while one is taken.
  ///
  /// - Parameter session: where the pull stands; moved on.
  /// - Returns: what came of it, and how long to rest.
  /// - Throws: the failure of our own database.
  package func pull(_ session: inout PullSession) async throws -> SyncStep {
    var answer = await answer(to: session.question)
    var stored = 0
    var pages = 0
    while true {
      pages += 1
      let (step, next) = try await take(
        answer, &session, asksAhead: pages < Limits.pagesPerStepMax)
      var hasMore = false
      switch step.outcome {
      case .failed: return step
      case .nothing where pages == 1: return step
      case .nothing: break
      case .took(let count, let more):
        stored += count
        hasMore = more
      }
      guard let next else {
        return SyncStep(outcome: .took(stored: stored, hasMore: hasMore), rest: step.rest)
      }
      answer = next
    }
  }

  /// A question with what came back, and how long that took.
  private struct Answer: Sendable {
    let question: PullSession.Question
    let result: Swift.Result<Pulled, any Error>
    let took: Duration
  }

  private func answer(to question: PullSession.Question) async -> Answer {
    let begin = ContinuousClock.now
    do {
      let pulled = try await ask(question)
      return Answer(
        question: question, result: .success(pulled), took: ContinuousClock.now - begin)
    } catch {
      return Answer(
        question: question, result: .failure(error), took: ContinuousClock.now - begin)
    }
  }

  /// Takes one page, and meanwhile asks for what is behind it.
  private func take(
    _ answer: Answer, _ session: inout PullSession, asksAhead: Bool
  ) async throws -> (step: SyncStep, next: Answer?) {
    var generator = SystemRandomNumberGenerator()
    let question = answer.question
    do {
      switch try answer.result.get() {
      case .refused(let refusal):
        // Our key may have been replaced without our knowing: then we are told the directory only.
        if refusal.isKeyUnknown { _ = try await fetchDirectory() }
        let rest = Self.longer(session.failed(using: &generator), refusal.retryAfterSeconds)
        return (noted(.pull, .failed(refusal.fault), rest: rest), nil)
      case .page(let page, let bytes):
        let behind = asksAhead ? session.following(page, of: bytes) : nil
        async let following = ask(ahead: behind)
        let begin = ContinuousClock.now
        let outcome = try await take(page, answering: question)
        session.paced(bytes, asking: answer.took, taking: ContinuousClock.now - begin)
        if case .success(let taken) = outcome, taken.isNewOutbox, question.outbox != nil {
          desk.noticed(.newOutbox(peer))
        }
        let step = session.took(outcome, using: &generator)
        if case .failure(.gap) = outcome {
          let cursor = try await desk.store.read(CursorOf(peer))
          session.move(to: cursor)
          if question.outbox != cursor?.outbox || question.after != cursor?.number {
            // Somebody else has taken this page, or a later one: nobody's failure.
            return (noted(.pull, .nothing, rest: nil), nil)
          }
        }
        let done = noted(.pull, Self.outcome(outcome, page), rest: step.rest)
        guard case .success = outcome else { return (done, nil) }
        return (done, await following)
      }
    } catch let error as NodeError {
      // Its key may have been replaced without our knowing.
      if error.code == .peerAnswer { try await fetchDirectoryUnverified() }
      return (noted(.pull, failure(error), rest: session.failed(using: &generator)), nil)
    }
  }

  private func ask(ahead question: PullSession.Question?) async -> Answer? {
    guard let question else { return nil }
    return await answer(to: question)
  }

  /// Sends the next page of what our outbox owes the peer, and takes its receipt; for a node that
  /// nobody can dial.
  ///
  /// - Parameter session: where the push stands; moved on.
  /// - Returns: what came of it, and how long to rest.
  /// - Throws: the failure of our own database.
  package func push(_ session: inout PushSession) async throws -> SyncStep {
    var generator = SystemRandomNumberGenerator()
    let standing = try await desk.store.read(OutboxStanding(reader: peer))
    let page = try await desk.store.serve(
      ServeDeliveries(
        reader: peer, outbox: standing.outbox, after: session.after, hash: nil,
        bytesMax: session.pace.bytesMax, signatory: desk.signatory, now: desk.businessTime()),
      from: &session.place)
    guard page.count > 0 else { return SyncStep(outcome: .nothing, rest: nil) }
    let begin = ContinuousClock.now
    do {
      let reply = try await client.send(
        .post, "/peer/v1/deliveries", mediaType: PeerRoute.protobuf, body: page.bytes,
        sealing: .page)
      guard case .answered(_, let body) = reply,
        let wire = LawfulForm.decode(WireSignedObject.self, body)
      else {
        let refusal = PeerRefusal(reply)
        // The peer may have another encryption key by now, or we another signing key.
        if refusal.isKeyUnknown { _ = try await fetchDirectory() }
        let rest = Self.longer(session.failed(using: &generator), refusal.retryAfterSeconds)
        return noted(.push, .failed(refusal.fault), rest: rest)
      }
      let taken = try await desk.store.write(
        TakeReceipt(reader: peer, signed: SignedObject(wire: wire), now: desk.businessTime()))
      session.paced(page.bytes.count, in: ContinuousClock.now - begin)
      let step = session.answered(taken, to: page, using: &generator)
      if taken == .wentBack { desk.noticed(.claimsMore(peer)) }
      if case .pause(let duration) = step {
        let fault = PeerFault("receipt", ["fault": "receipt.\(taken.code)"])
        return noted(.push, .failed(fault), rest: duration)
      }
      return noted(.push, .took(stored: page.count, hasMore: page.hasMore), rest: nil)
    } catch let error as NodeError {
      return noted(.push, failure(error), rest: session.failed(using: &generator))
    }
  }

  /// Asks the peer a fetch question.
  ///
  /// - Parameter request: the question.
  /// - Returns: the answer; nil when the peer refused or answered in another form.
  /// - Throws: ``NodeError`` when the peer does not answer.
  package func ask(_ request: FetchRequest) async throws -> FetchAnswer? {
    let reply = try await patiently {
      try await client.send(
        .post, "/peer/v1/fetch", mediaType: PeerRoute.protobuf, body: request.encoded(),
        opening: .fetched, answerMax: Exchange.Limits.envelopeBytesMax)
    }
    guard case .answered(_, let body) = reply else { return nil }
    return FetchAnswer.decode(body)
  }

  /// Asks the peer for what we still lack of what others told us of, and takes it.
  ///
  /// - Parameter request: the question.
  /// - Returns: what became of it; nil when nothing came.
  /// - Throws: ``NodeError`` when the peer does not answer, or the failure of our own database.
  package func fetch(_ request: FetchRequest) async throws -> TakenFetch? {
    guard let answer = try await ask(request), !answer.deliveries.isEmpty else { return nil }
    let taken = try await desk.store.write(
      TakeFetched(peer: peer, deliveries: answer.deliveries, now: desk.businessTime()))
    desk.settled(Aftermath(taken))
    return taken
  }

  /// Brings our signed particulars to the registrar.
  ///
  /// - Parameter request: the body of a join request without an invitation.
  /// - Returns: whether it took them.
  /// - Throws: ``NodeError`` when it does not answer.
  package func bring(_ request: [UInt8]) async throws -> Bool {
    let reply = try await patiently {
      try await client.send(
        .post, "/peer/v1/join", mediaType: PeerRoute.protobuf, body: request)
    }
    if case .answered = reply { return true }
    return false
  }

  /// Compares what both share, and repairs when that is the mode.
  ///
  /// - Parameters:
  ///   - mode: what to do about differences.
  ///   - settle: how long a difference is given to settle.
  ///   - dossier: the one dossier that is compared; nil for all that both share.
  ///   - planned: the change sets that a plan named; nil when whatever differs is repaired.
  ///   - counting: when every dossier is counted.
  ///   - patience: how long it waits at the most while this node compares with others; nil waits
  ///     for its turn.
  /// - Returns: the report.
  /// - Throws: ``NodeError`` when the peer does not answer, ``ComparisonTurns/Crowded``, or the
  ///   failure of our own database.
  package func reconcile(
    mode: Reconciliation.Mode, settle: Duration, dossier: DossierID? = nil,
    planned: [ReconcileReport.Planned]? = nil, counting: Reconciliation.Counting,
    patience: Duration? = nil
  ) async throws -> ReconcileReport {
    let reconciliation = Reconciliation(
      peer: peer, mode: mode, settle: settle, dossier: dossier, planned: planned,
      counting: counting,
      settled: { [settled = desk.settled] in settled(Aftermath($0)) })
    return try await turns.run(
      for: peer, waitingAtMost: patience, asking: { try await answer(to: $0) }
    ) { ask in
      try await reconciliation.run(
        over: desk.store, now: desk.businessTime,
        pause: { if $0 > .zero { try await Task.sleep(for: $0) } }, ask: ask)
    }
  }

  /// Asks whether the peer has more of this node than this node itself, and says in the log what
  /// it showed; a peer that takes longer than `Limits.recoveryTimeMax` is not reached.
  ///
  /// - Parameter signals: rung when the database turns out to have gone back in time.
  /// - Returns: what the gate is to be told; any failure counts as unreachable.
  package func confirmed(signals: SyncSignals) async -> SealingGate.Comparison {
    do {
      let comparison = try await recoveries.run(
        for: peer, asking: { try await answer(to: $0) }
      ) { ask in
        try await Confirming(peer: peer, signatory: desk.signatory).run(
          over: desk.store, now: desk.businessTime, ask: ask)
      }
      switch comparison {
      case .agrees, .unreachable: break
      case .unproven:
        logger.warning(
          "a peer claims to have more of this node and proves nothing",
          metadata: ["peer": "\(peer)"])
      case .ahead:
        logger.critical(
          "a peer proved that it has more of this node: the database went back in time",
          metadata: ["peer": "\(peer)"])
        signals.ring(.restored)
      }
      return comparison
    } catch {
      logger.info(
        "a peer could not confirm where this node stands",
        metadata: ["peer": "\(peer)", "error": "\(error)"])
      return .unreachable
    }
  }

  /// Fetches what this node once wrote and the peer stores or holds, for as long as
  /// `Limits.recoveryTimeMax`; what has come when that is over stays, and the next time goes on
  /// from there.
  ///
  /// - Parameter lostEverything: whether this node began with an empty database and has not yet had
  ///   everything from this peer.
  /// - Returns: what came of it.
  /// - Throws: ``NodeError`` when the peer does not answer or gives an answer that is none, or the
  ///   failure of our own database.
  package func recover(lostEverything: Bool = false) async throws -> Recovered {
    let recovering = Recovering(
      peer: peer, lostEverything: lostEverything, signatory: desk.signatory,
      settled: { [settled = desk.settled] in settled(Aftermath($0)) })
    do {
      return try await recoveries.run(for: peer, asking: { try await answer(to: $0) }) { ask in
        try await recovering.run(over: desk.store, now: desk.businessTime, ask: ask)
      }
    } catch let error as ExchangeError where error.code == .malformed {
      // Nobody's failure but the peer's: the others are asked all the same.
      throw NodeError(
        .peerAnswer, object: peer.rawValue, message: "gave no usable answer",
        words: "reach.unusable", underlying: error)
    }
  }

  /// Fetches what the peer has of the directory and is not here.
  ///
  /// - Returns: whether something was stored.
  /// - Throws: ``NodeError`` when the peer does not answer, or the failure of our own database.
  package func fetchDirectory() async throws -> Bool {
    guard let directory = try await desk.store.read(PinnedDirectory()),
      let chains = try await ask(FetchRequest(dossiers: [directory]))?.chains,
      let question = try await desk.store.read(MissingOf(directory: directory, chains: chains))
    else { return false }
    return try await (fetch(question)?.stored ?? 0) > 0
  }

  /// Asks again as often as a busy peer says when to come back; a loop's own pause does that for
  /// pages.
  private func patiently(_ ask: () async throws -> PeerReply) async throws -> PeerReply {
    for _ in 0..<Limits.busyRepeatsMax {
      let reply = try await ask()
      guard case .refused(Problem.Code.busy.rawValue, _, let wait?) = reply else { return reply }
      try await Task.sleep(for: Self.longer(.zero, wait))
    }
    return try await ask()
  }

  /// The same over a client that the pin alone vouches for: each entry proves itself.
  private func fetchDirectoryUnverified() async throws {
    guard let client = unverified() else { return }
    let session = PeerSession(
      desk: desk, client: client, states: states, figures: figures, turns: turns,
      recoveries: recoveries, logger: logger)
    do {
      if try await session.fetchDirectory() {
        logger.notice(
          "a peer has another key than the directory here said", metadata: ["peer": "\(peer)"])
      }
    } catch let error as NodeError {
      logger.info(
        "the directory could not be fetched",
        metadata: ["peer": "\(peer)", "error": "\(error)"])
    } catch {
      await client.close()
      throw error
    }
    await client.close()
  }

  private func answer(to question: Reconciliation.Question) async throws -> [UInt8] {
    let reply = try await patiently {
      switch question {
      case .compare(let body):
        try await client.send(
          .post, "/peer/v1/reconcile", mediaType: PeerRoute.bytes, body: body,
          answerMax: Exchange.Limits.reconcileFrameBytesMax)
      case .fetch(let body):
        try await client.send(
          .post, "/peer/v1/fetch", mediaType: PeerRoute.protobuf, body: body, opening: .fetched,
          answerMax: Exchange.Limits.envelopeBytesMax)
      }
    }
    guard case .answered(_, let body) = reply else {
      throw PeerRefusal(reply).error(of: peer)
    }
    return body
  }

  private enum Pulled {
    case page(DeliveryPage, bytes: Int)
    case refused(PeerRefusal)
  }

  private func ask(_ question: PullSession.Question) async throws -> Pulled {
    var query = "wait=\(question.waitSeconds)&max=\(question.bytesMax)"
    if let outbox = question.outbox {
      query += "&outbox=\(outbox.hex)&after=\(question.after)&hash=\(question.hash.hex)"
    }
    let reply = try await client.send(
      .get, "/peer/v1/deliveries?\(query)", waitSeconds: question.waitSeconds, opening: .page,
      answerMax: Exchange.Limits.envelopeBytesMax)
    guard case .answered(_, let body) = reply else {
      return .refused(PeerRefusal(reply))
    }
    guard let page = DeliveryPage.decode(body) else {
      return .refused(PeerRefusal())
    }
    return .page(page, bytes: body.count)
  }

  private func take(
    _ page: DeliveryPage, answering question: PullSession.Question
  ) async throws -> Swift.Result<TakenPage, PageRefusal> {
    var work = TakeDeliveries(
      peer: peer, page: page, signatory: desk.signatory, now: desk.businessTime())
    work.question = question
    let result = try await desk.store.take(work)
    if case .success(let taken) = result {
      count(taken)
      desk.settled(Aftermath(taken))
      if let receipt = taken.receipt { await send(receipt) }
    }
    return result
  }

  /// Sends a receipt, also after an empty page; one that is lost is sent again with the next page,
  /// so a failure takes nothing back of the page that is durable here.
  private func send(_ receipt: SignedObject) async {
    do {
      let reply = try await client.send(
        .post, "/peer/v1/receipts", mediaType: PeerRoute.protobuf,
        body: LawfulForm.encode(receipt.wire))
      if case .refused(let code, _, _) = reply {
        logger.warning(
          "a receipt was refused", metadata: ["peer": "\(peer)", "code": "\(code)"])
      }
    } catch {
      logger.info(
        "a receipt was not sent", metadata: ["peer": "\(peer)", "error": "\(error)"])
    }
  }

  private static func outcome(
    _ result: Swift.Result<TakenPage, PageRefusal>, _ page: DeliveryPage
  ) -> SyncOutcome {
    switch result {
    case .failure(let refusal):
      .failed(PeerFault("page", ["fault": "page.\(refusal.rawValue)"]))
    case .success(let taken) where page.deliveries.isEmpty && !taken.isNewOutbox: .nothing
    case .success(let taken): .took(stored: taken.stored, hasMore: taken.hasMore)
    }
  }

  private func failure(_ error: NodeError) -> SyncOutcome {
    let detail = error.underlying.map { "\(error) (\($0))" } ?? "\(error)"
    logger.info("a peer was not reached", metadata: ["peer": "\(peer)", "error": "\(detail)"])
    return .failed(error.fault)
  }

  /// The longer of our own pause and what the peer asks for, of which only so much is believed.
  static func longer(_ pause: Duration, _ retryAfterSeconds: Int?) -> Duration {
    max(pause, .seconds(min(retryAfterSeconds ?? 0, Limits.retryAfterSecondsMax)))
  }

  /// Keeps what came of an attempt for `status` and the figures.
  private func noted(
    _ counter: Figures.Counter, _ outcome: SyncOutcome, rest: Duration?
  ) -> SyncStep {
    switch outcome {
    case .failed(let fault):
      states.failed(peer, fault, at: desk.businessTime())
      figures.count(counter, labels: ["peer": peer.rawValue, "outcome": "failed"])
    case .took, .nothing:
      states.succeeded(peer, at: desk.businessTime(), clock: client.clockDifference)
      figures.count(counter, labels: ["peer": peer.rawValue, "outcome": "ok"])
    }
    return SyncStep(outcome: outcome, rest: rest)
  }

  private func count(_ taken: TakenPage) {
    for (verdict, count) in [
      ("stored", taken.stored), ("held", taken.held), ("rejected", taken.rejected),
      ("known", taken.known),
    ] where count > 0 {
      figures.count(
        .received, labels: ["peer": peer.rawValue, "verdict": verdict], by: UInt64(count))
    }
  }
}
