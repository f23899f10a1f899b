import Exchange
import FoundationEssentials
import Ledger
import Office
import Replica

/// What the office API asks of the process itself: connections, comparisons, joining, readiness.
struct OfficeDesk: Sendable {
  let office: Office
  let desks: HostedDesks
  let store: PostgresStore
  let synchronizer: Synchronizer<PostgresStore>
  let states: PeerStates
  let book: PeerBook
  let gate: GateKeeper
  let signals: SyncSignals
  let joining: Joining<PostgresStore>
  let link: Link
  let attachments: AttachmentFetching<PostgresStore>
  let configuration: NodeConfiguration
  let pin: Hash256
  let decryption: DecryptionKeys
  let spool: BundleSpool

  /// Who asks, as the office knows it.
  func acting(_ caller: OfficeCaller) -> Acting {
    Acting(
      osUser: caller.socketPeer.map { "uid:\($0.user)" } ?? "tcp", person: caller.person,
      idempotencyKey: caller.idempotencyKey, language: caller.language)
  }

  /// What stands in the way of work, one line each.
  func readiness() async -> [ReadinessCheck] {
    switch await store.availability() {
    case .ready: break
    case .full:
      return [ReadinessCheck(name: "database", isReady: false, remark: "no room left; make room")]
    case .away:
      return [ReadinessCheck(name: "database", isReady: false, remark: "does not answer")]
    }
    guard let standing = try? await store.read(ReadStanding()) else {
      return [ReadinessCheck(name: "database", isReady: false, remark: "cannot be read")]
    }
    return [
      ReadinessCheck(name: "database", isReady: true),
      ReadinessCheck(
        name: "directory", isReady: standing.isListed, remark: "this agency is in none yet"),
      ReadinessCheck(
        name: "whole", isReady: !standing.isHoled,
        remark: "the directory's log has a hole; run guantong reconcile --self --repair"),
      ReadinessCheck(
        name: "confirmed", isReady: gate.isOpen,
        remark: "no peer has confirmed yet where this node stands"),
      ReadinessCheck(
        name: "history", isReady: !standing.isRestored,
        remark: "the database went back in time; see guantong reconcile --resume --dry-run"),
    ]
  }

  func status(
    _ request: API.StatusRequest, in language: Language
  ) async throws -> API.Status {
    let checks = await readiness()
    let contacts = states.all
    return try await office.status(
      request,
      process: Office.Process(
        isReady: checks.allSatisfy(\.isReady),
        notReady: checks.filter { !$0.isReady }.map(\.name),
        faults: contacts.compactMapValues(\.fault),
        clocks: clocks, hosted: desks.keys.all), in: language)
  }

  /// How far the clocks of peers that have answered are ahead of ours.
  var clocks: [AgencyCode: ClockDifference] { states.all.compactMapValues(\.clock) }

  func version() async -> API.Version {
    API.Version(
      version: configuration.build.version, commit: configuration.build.commit,
      formats: BuildDescription.formats, peerProtocol: BuildDescription.peerProtocol,
      postgres: try? await store.serverVersion())
  }

  func sync(_ request: API.SyncRequest, in language: Language) async throws -> API.Sync {
    let peer = try peer(request.peer)
    let outcomes = try await synchronizer.syncNow(with: peer)
    if let peer, outcomes[peer] == nil {
      throw OfficeError(
        .peerUnreachable, ["peer": peer.rawValue, "detail": "reach.noAddress"])
    }
    let caughtUp = request.wait ? try await waitUntilQuiet(outcomes.keys.sorted()) : nil
    let status = try await status(API.StatusRequest(peer: request.peer), in: language)
    var peers: [API.SyncedPeer] = []
    for state in status.peers {
      guard let code = AgencyCode(state.agency), let outcome = outcomes[code] else { continue }
      var received = 0
      var fault: PeerFault?
      switch outcome {
      case .took(let stored, _): received = stored
      case .nothing: break
      case .failed(let why): fault = why
      }
      // Who was reached may have been lost while the other direction was waited for.
      if request.wait { fault = fault ?? states.contact(with: code).fault }
      peers.append(
        API.SyncedPeer(
          agency: state.agency, state: state.state, received: received,
          outgoing: state.outgoing, error: fault?.text(in: language), errorCode: fault?.code))
    }
    return API.Sync(peers: peers, caughtUp: caughtUp)
  }

  /// The last exchanges, with why the last attempt failed where it did since the start.
  func syncLog(
    _ request: API.SyncLogRequest, in language: Language
  ) async throws -> API.SyncLog {
    let failures = states.all.compactMapValues { contact -> Office.LastFailure? in
      guard let at = contact.failedAt, let fault = contact.fault else { return nil }
      return Office.LastFailure(at: at, fault: fault)
    }
    return try await office.syncLog(request, failures: failures, in: language)
  }

  /// Lets a node write again that went back in time, or that no peer has confirmed, by an
  /// operator's decision.
  func resume(_ request: API.ResumeRequest, by acting: Acting) async throws -> API.Resume {
    let isConfirmed = gate.isOpen
    let answer = try await office.resume(request, isConfirmed: isConfirmed, by: acting)
    if !request.dryRun {
      if !isConfirmed { gate.override(reason: request.reason) }
      signals.ring(.restored)
    }
    return answer
  }

  func join(_ request: API.JoinRequest, by acting: Acting) async throws -> API.Join {
    let begun = try await office.beginJoin(
      request, start: try FirstStartFile.read(configuration),
      endpoint: configuration.peerAdvertise, tlsPin: pin, isSample: configuration.isSample,
      by: acting)
    var shown = begun.shown
    shown.state = try await joining.begin(begun)
    return shown
  }

  func cut(_ request: API.LinkRequest) throws -> API.Link {
    guard configuration.isSample else { throw OfficeError(.sampleOnly) }
    link.set(isCut: request.cut)
    return API.Link(cut: request.cut)
  }

  /// The dossier that a text names; nil when none is named.
  ///
  /// A whole id may be of a dossier that is lost here.
  func dossier(_ text: String?) async throws -> DossierID? {
    guard let text, !text.isEmpty else { return nil }
    if let id = DossierID(hex: text) { return id }
    return try await office.dossierID(text)
  }

  /// A peer of the directory by its code; nil when none is named.
  func peer(_ code: String?) throws -> AgencyCode? {
    guard let code, !code.isEmpty else { return nil }
    guard let agency = AgencyCode(code), book.peer(agency) != nil else {
      throw OfficeError(.peerUnknown, ["peer": code])
    }
    return agency
  }

  /// Waits until neither side owes the other anything, for at most the time of one exchange.
  ///
  /// Returns whether that came about; a peer that is lost meanwhile is not waited for.
  private func waitUntilQuiet(_ peers: [AgencyCode]) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(Limits.exchangeSecondsMax)
    while ContinuousClock.now < end {
      let status = try await status(API.StatusRequest(), in: configuration.language)
      let isQuiet = status.peers.allSatisfy { state in
        !peers.contains { $0.rawValue == state.agency }
          || state.outgoing == 0 && state.incoming == 0 || state.lastError != nil
      }
      if isQuiet { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return false
  }
}

/// The file from which the first start takes the agency and its people.
enum FirstStartFile {
  /// Reads it.
  static func read(_ configuration: NodeConfiguration) throws -> API.FirstStart {
    guard
      let data = FileManager.default.contents(atPath: configuration.firstStartPath),
      let start: API.FirstStart = try? JSONValue(parsing: Array(data)).decoded()
    else {
      throw NodeError(
        .configuration, object: configuration.firstStartPath,
        message: "is missing or cannot be read", words: "file.unmade",
        hint: "make the node's files with: guantong init")
    }
    return start
  }
}
