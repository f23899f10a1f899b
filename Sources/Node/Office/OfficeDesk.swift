import Exchange
import FoundationEssentials
import Ledger
import Office
import Replica

/// What the office API asks of the process itself: connections, comparisons, joining, readiness.
struct OfficeDesk: Sendable {
  let office: Office
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
        name: "confirmed", isReady: gate.isOpen,
        remark: "no peer has confirmed yet where this node stands"),
      ReadinessCheck(
        name: "history", isReady: !standing.isRestored,
        remark: "the database went back in time; see guantong reconcile --resume --dry-run"),
    ]
  }

  func status(_ request: API.StatusRequest) async throws -> API.Status {
    let checks = await readiness()
    let contacts = states.all
    return try await office.status(
      request,
      process: Office.Process(
        isReady: checks.allSatisfy(\.isReady),
        notReady: checks.filter { !$0.isReady }.map(\.name),
        failures: contacts.compactMapValues(\.lastError),
        clocks: contacts.compactMapValues(\.clock)))
  }

  func version() async -> API.Version {
    API.Version(
      version: configuration.build.version, commit: configuration.build.commit,
      formats: BuildDescription.formats, peerProtocol: BuildDescription.peerProtocol)
  }

  func sync(_ request: API.SyncRequest) async throws -> API.Sync {
    let peer = try peer(request.peer)
    let outcomes = try await synchronizer.syncNow(with: peer)
    if let peer, outcomes[peer] == nil {
      throw OfficeError(
        .peerUnreachable, ["peer": peer.rawValue, "detail": "reach.noAddress"])
    }
    if request.wait {
      try await waitUntilQuiet(Array(outcomes.keys))
    }
    let status = try await status(API.StatusRequest(peer: request.peer))
    var peers: [API.SyncedPeer] = []
    for state in status.peers {
      guard let code = AgencyCode(state.agency), let outcome = outcomes[code] else { continue }
      var received = 0
      var error: String?
      switch outcome {
      case .took(let stored, _): received = stored
      case .nothing: break
      case .failed(let words): error = words
      }
      peers.append(
        API.SyncedPeer(
          agency: state.agency, state: state.state, received: received,
          outgoing: state.outgoing, error: error))
    }
    return API.Sync(peers: peers)
  }

  func reconcilePeer(
    _ request: API.ReconcilePeerRequest, by acting: Acting
  ) async throws -> API.ReconcilePeer {
    guard let peer = try peer(request.peer) else {
      throw OfficeError(.missingValue, ["field": "peer"])
    }
    guard let session = await synchronizer.session(with: peer) else {
      throw OfficeError(
        .peerUnreachable, ["peer": peer.rawValue, "detail": "reach.noAddress"])
    }
    let dossier = try await dossier(request.dossier)
    let limit = try Self.limit(request.maxChanges)
    let isRepair = request.repair && !request.dryRun
    let settle = Duration.seconds(max(0, request.settleSeconds ?? Limits.settleSeconds))
    let report = try await session.reconcile(
      mode: isRepair ? .repair(changesMax: limit) : .compare, settle: settle, dossier: dossier)
    if let fault = report.errors.first(where: { $0.code == "max-changes" }) {
      let changes = String(fault.detail.prefix { $0.isNumber })
      throw OfficeError(.tooManyChanges, ["changes": changes, "limit": "\(limit)"])
    }
    if report.errors.contains(where: { $0.code == "not-shared" }) {
      throw OfficeError(.notFound, ["id": request.dossier ?? ""])
    }
    if isRepair {
      try await office.record(
        "reconcile", on: Self.subject(peer.rawValue, dossier),
        detail: "repaired \(report.repaired)", by: acting)
    }
    return API.ReconcilePeer(report)
  }

  func reconcileSelf(
    _ request: API.ReconcileSelfRequest, by acting: Acting
  ) async throws -> API.ReconcileSelf {
    let dossier = try await dossier(request.dossier)
    let limit = try Self.limit(request.maxChanges)
    let isRepair = request.repair && !request.dryRun
    if isRepair {
      let found = try await check(repairs: false, dossier)
      guard found.found <= limit else {
        throw OfficeError(.tooManyChanges, ["changes": "\(found.found)", "limit": "\(limit)"])
      }
    }
    let report = try await check(repairs: isRepair, dossier)
    if isRepair {
      try await office.record(
        "reconcile", on: Self.subject("self", dossier), detail: "repaired \(report.repaired)",
        by: acting)
    }
    // The audit belongs to no dossier.
    if dossier != nil { return API.ReconcileSelf(report, auditLines: 0, auditFault: nil) }
    let audit = try await office.auditCheck()
    return API.ReconcileSelf(report, auditLines: audit.lines, auditFault: audit.fault)
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

  private func check(repairs: Bool, _ dossier: DossierID?) async throws -> SelfCheckReport {
    let checking = SelfChecking(repairs: repairs, dossier: dossier)
    var report = try await checking.run(over: store, now: { office.clock.now }) {
      peer, question in
      guard let session = await synchronizer.session(with: peer),
        let answer = try await session.ask(question)
      else {
        throw NodeError(
          .peerUnreachable, object: peer.rawValue, message: "gave no usable answer",
          words: "reach.unusable")
      }
      return answer
    }
    report.add(
      try await AttachmentChecking(repairs: repairs, dossier: dossier).run(over: store) {
        _ = await attachments.bring($0)
      })
    return report
  }

  /// How many changes a repair may make.
  private static func limit(_ given: Int?) throws -> Int {
    guard let given else { return Limits.repairChangesMax }
    guard given >= 0 else { throw Field.invalid("\(given)", "max_changes", "≥ 0") }
    return given
  }

  /// What the audit calls a repair's object.
  private static func subject(_ name: String, _ dossier: DossierID?) -> String {
    dossier.map { "\(name) \($0.hex)" } ?? name
  }

  /// The dossier that a text names; nil when none is named.
  ///
  /// A whole id may be of a dossier that is lost here.
  private func dossier(_ text: String?) async throws -> DossierID? {
    guard let text, !text.isEmpty else { return nil }
    if let id = DossierID(hex: text) { return id }
    return try await office.dossierID(text)
  }

  /// A peer of the directory by its code; nil when none is named.
  private func peer(_ code: String?) throws -> AgencyCode? {
    guard let code, !code.isEmpty else { return nil }
    guard let agency = AgencyCode(code), book.peer(agency) != nil else {
      throw OfficeError(.peerUnknown, ["peer": code])
    }
    return agency
  }

  /// Waits until neither side owes the other anything, for at most the time of one exchange.
  private func waitUntilQuiet(_ peers: [AgencyCode]) async throws {
    let end = ContinuousClock.now + .seconds(Limits.exchangeSecondsMax)
    while ContinuousClock.now < end {
      let status = try await status(API.StatusRequest())
      let isQuiet = status.peers.allSatisfy { state in
        !peers.contains { $0.rawValue == state.agency }
          || state.outgoing == 0 && state.incoming == 0 || state.lastError != nil
      }
      if isQuiet { return }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}

extension API.ReconcilePeer {
  /// The report of an exchange as the API shows it.
  init(_ report: ReconcileReport) {
    self.init(
      peer: report.peer.rawValue, sharedDossiers: report.sharedDossiers, equal: report.equal,
      inFlight: report.inFlight, onlyLocal: report.onlyLocal.map { API.ChangeSetPlace($0) },
      onlyRemote: report.onlyRemote.map { API.ChangeSetPlace($0) },
      differing: report.differing.map { place in
        API.Divergence(
          dossier: place.dossier.hex, author: place.author.rawValue,
          sequence: Int(clamping: place.sequence), ids: place.ids.map(\.hex))
      },
      errors: report.errors.map { API.ReconcileError(code: $0.code, detail: $0.detail) },
      repaired: report.repaired, consistent: report.isConsistent, roundTrips: report.roundTrips,
      bytes: report.bytes, milliseconds: report.milliseconds, truncated: report.isTruncated)
  }
}

extension API.ChangeSetPlace {
  fileprivate init(_ entry: ReconcileReport.Entry) {
    self.init(
      id: entry.id.hex, dossier: entry.dossier.hex, author: entry.author.rawValue,
      sequence: Int(clamping: entry.sequence))
  }

  fileprivate init(_ hole: SelfCheckReport.Hole) {
    self.init(
      id: hole.id.hex, dossier: hole.dossier.hex, author: hole.author?.rawValue ?? "",
      sequence: Int(clamping: hole.sequence ?? 0))
  }
}

extension API.ReconcileSelf {
  /// The report of the check as the API shows it, the audit's first fault before the rows.
  init(_ report: SelfCheckReport, auditLines: Int, auditFault: API.RowDifference?) {
    let rows = report.differing.prefix(API.listMax).map {
      API.RowDifference(table: $0.table, id: $0.id, kind: $0.kind.rawValue)
    }
    self.init(
      changeSetsChecked: report.changeSetsChecked, rowsChecked: report.rowsChecked + auditLines,
      holes: report.holes.prefix(API.listMax).map { API.ChangeSetPlace($0) },
      differing: [auditFault].compactMap(\.self) + rows,
      repaired: report.repaired, consistent: report.isConsistent && auditFault == nil,
      truncated: report.isTruncated || report.holes.count > API.listMax
        || report.differing.count > API.listMax)
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
        message: "is missing or cannot be read", words: "file.unreadable",
        hint: "make the node's files with: guantong init")
    }
    return start
  }
}
