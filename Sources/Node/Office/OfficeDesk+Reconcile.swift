import Exchange
import Ledger
import Office

extension OfficeDesk {
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
    let plan = try request.plan.map { try PlannedRepair($0, for: configuration.agency) }
    guard plan == nil || plan?.peer == peer else {
      throw Field.invalid(plan?.peer?.rawValue ?? "-", "plan.peer", peer.rawValue)
    }
    guard plan == nil || request.repair || request.dryRun else {
      throw Field.invalid("false", "repair", "true")
    }
    let dossier = try await dossier(plan?.dossier ?? request.dossier)
    let limit = try Self.limit(request.maxChanges)
    let isRehearsal = request.dryRun
    let isRepair = request.repair && !isRehearsal
    let mode: Reconciliation.Mode =
      isRepair
      ? .repair(changesMax: limit) : isRehearsal ? .rehearse(changesMax: limit) : .compare
    let settle = Duration.seconds(max(0, request.settleSeconds ?? Limits.settleSeconds))
    let report = try await session.reconcile(
      mode: mode, settle: settle, dossier: dossier, planned: plan?.changeSets,
      counting: .whenEqual, patience: Limits.comparisonPatience)
    if let fault = report.errors.first(where: { $0.code == .maxChanges }) {
      throw OfficeError(.tooManyChanges, ["changes": "\(fault.count)", "limit": "\(limit)"])
    }
    if report.errors.contains(where: { $0.code == .notShared }) {
      throw OfficeError(.notFound, ["id": dossier?.hex ?? ""])
    }
    if isRepair {
      try await noteRepair(
        of: peer.rawValue, dossier, count: report.repaired, request.reason, by: acting)
    }
    var answer = API.ReconcilePeer(
      report, agency: configuration.agency, in: acting.language)
    answer.dryRun = isRehearsal
    answer.skipped = plan?.entries(report.skipped) ?? []
    return answer
  }

  func reconcileSelf(
    _ request: API.ReconcileSelfRequest, by acting: Acting
  ) async throws -> API.ReconcileSelf {
    let plan = try request.plan.map { try PlannedRepair($0, for: configuration.agency) }
    guard plan?.peer == nil else {
      throw Field.invalid(plan?.peer?.rawValue ?? "", "plan.peer", "null")
    }
    guard plan == nil || request.repair || request.dryRun else {
      throw Field.invalid("false", "repair", "true")
    }
    var checking = SelfChecking(
      repairs: false, dossier: try await dossier(plan?.dossier ?? request.dossier),
      isRehearsal: request.dryRun, plan: plan?.own,
      settled: { [settled = synchronizer.desk.settled] in settled(Aftermath($0)) })
    if request.stretch, plan == nil, checking.dossier == nil {
      checking.stretch = SelfChecking.Stretch(after: try Self.position(request.after))
    }
    let limit = try Self.limit(request.maxChanges)
    let isRepair = request.repair && !request.dryRun
    if request.repair || request.dryRun {
      let changes = if let plan { plan.own.count } else { try await check(checking).found }
      guard changes <= limit else {
        throw OfficeError(.tooManyChanges, ["changes": "\(changes)", "limit": "\(limit)"])
      }
      checking.repairs = true
      checking.changesMax = limit
    }
    let report = try await check(checking)
    if plan == nil {
      let holed = Set(report.holes.map(\.dossier)).sorted()
      try await office.note(holes: holed, in: checking.extent)
    }
    if isRepair {
      try await noteRepair(
        of: "self", checking.dossier, count: report.repaired, request.reason, by: acting)
    }
    // The audit belongs to no dossier, and to the last stretch.
    let isWhole = checking.dossier == nil && plan == nil && report.last == nil
    let audit = isWhole ? try await office.auditCheck() : (lines: 0, fault: nil)
    var answer = API.ReconcileSelf(
      report, auditLines: audit.lines, auditFault: audit.fault, agency: configuration.agency)
    answer.dryRun = request.dryRun
    answer.after = checking.stretch?.after?.hex
    return answer
  }

  /// Keeps a repair in the audit, with who asked for it and why.
  private func noteRepair(
    of what: String, _ dossier: DossierID?, count: Int, _ reason: String?, by acting: Acting
  ) async throws {
    let why = reason.map { ": \($0)" } ?? ""
    try await office.record(
      "reconcile", on: dossier.map { "\(what) \($0.hex)" } ?? what,
      detail: "repaired \(count)\(why)", by: acting)
  }

  private func check(_ checking: SelfChecking) async throws -> SelfCheckReport {
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
    // A rehearsal brings no attachment over: what it would fetch is not known without fetching.
    let pieces = AttachmentChecking(
      repairs: checking.repairs && !checking.isRehearsal, dossier: checking.dossier,
      plan: checking.plan, stretch: checking.stretch)
    report.add(try await pieces.run(over: store) { _ = await attachments.bring($0) })
    return report
  }

  /// How many changes a repair may make.
  private static func limit(_ given: Int?) throws -> Int {
    guard let given else { return API.repairChangesMax }
    guard given >= 0 else { throw Field.invalid("\(given)", "max_changes", "≥ 0") }
    return given
  }

  /// The dossier after which a stretch begins.
  private static func position(_ text: String?) throws -> DossierID? {
    guard let text, !text.isEmpty else { return nil }
    guard let dossier = DossierID(hex: text) else {
      throw Field.invalid(text, "after", "64 hex")
    }
    return dossier
  }
}

extension SelfChecking {
  /// What it looks at, beginning where it does.
  fileprivate var extent: CheckedExtent {
    if let dossier { return .dossier(dossier) }
    return stretch?.after == nil ? .fromStart : .further
  }
}

extension API.ReconcilePeer {
  /// The report of an exchange as the API shows it, its faults in the language of the reader.
  init(_ report: ReconcileReport, agency: AgencyCode, in language: Language) {
    self.init(
      peer: report.peer.rawValue, sharedDossiers: report.sharedDossiers, equal: report.equal,
      inFlight: report.inFlight, onlyLocal: report.onlyLocal.map { API.ChangeSetPlace($0) },
      onlyRemote: report.onlyRemote.map { API.ChangeSetPlace($0) },
      differing: report.differing.map { place in
        API.Divergence(
          dossier: place.dossier.hex, author: place.author.rawValue,
          sequence: Int(clamping: place.sequence), ids: place.ids.map(\.hex))
      },
      errors: report.errors.map { fault in
        API.ReconcileError(
          code: fault.code.rawValue,
          detail: Catalogue.text(
            "comparison.\(fault.code.rawValue)", fault.values, in: language))
      },
      repaired: report.repaired, consistent: report.isConsistent, roundTrips: report.roundTrips,
      bytes: report.bytes, milliseconds: report.milliseconds, truncated: report.isTruncated,
      agency: agency.rawValue, onlyLocalTotal: report.onlyLocalTotal,
      onlyRemoteTotal: report.onlyRemoteTotal, differingTotal: report.differingTotal)
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

extension API.RowDifference {
  fileprivate init(_ row: RowDifference) {
    self.init(
      table: row.table, id: row.id, kind: row.kind.rawValue, dossier: row.dossier?.hex ?? "",
      seen: row.seen?.hex ?? "", due: row.due?.hex ?? "")
  }
}

extension API.ReconcileSelf {
  /// The report of the check as the API shows it, the audit's first fault before the rows.
  init(
    _ report: SelfCheckReport, auditLines: Int, auditFault: API.RowDifference?,
    agency: AgencyCode? = nil
  ) {
    let rows = report.differing.prefix(API.listMax).map { API.RowDifference($0) }
    let faults = [auditFault].compactMap(\.self)
    self.init(
      changeSetsChecked: report.changeSetsChecked, rowsChecked: report.rowsChecked + auditLines,
      holes: report.holes.prefix(API.listMax).map { API.ChangeSetPlace($0) },
      differing: faults + rows,
      repaired: report.repaired, consistent: report.isConsistent && auditFault == nil,
      truncated: report.isTruncated || report.holes.count > API.listMax
        || report.differing.count > API.listMax,
      agency: agency?.rawValue ?? "", holesTotal: report.holesTotal,
      differingTotal: report.differingTotal + faults.count,
      skippedHoles: report.skippedHoles.map { API.ChangeSetPlace($0) },
      skippedRows: report.skippedRows.map { API.RowDifference($0) }, next: report.last?.hex,
      dossiersUncompared: report.dossiersUncompared)
  }
}
