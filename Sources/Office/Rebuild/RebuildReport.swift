import Exchange
import Ledger
import Postgres
import Replica

/// Reads the report of a rebuild from the log, so that it is true at every moment.
struct RebuildReport {
  let agency: AgencyCode
  let note: RebuildNote

  /// What was in the database alone: no peer ever had it.
  ///
  /// Drafts; the audit; settings, with the secret of the keyed hashes of persons; the calendar;
  /// receipts of others, as proofs of delivery; invitations; the quarantine and the alarms.
  static let neverBack = [
    "draft", "audit", "setting", "calendar", "receipt", "invitation", "alarm",
  ]

  func written(in transaction: borrowing OfficeTransaction) throws -> API.Rebuild {
    let node = try transaction.node()
    let directory = try transaction.directory()
    let routing = Routing(node: node.agency, view: directory?.current)
    var report = API.Rebuild(
      agency: agency.rawValue, directory: node.directory?.hex ?? "", since: note.since,
      resumed: note.resumedAt != nil, dossiers: 0, changeSets: 0, own: 0,
      neverBack: Self.neverBack)
    try count(&report, local: routing.local, directory: node.directory, in: transaction.sql)
    report.peers = try peers(routing, directory: node.directory, in: transaction.sql)
    report.onlyHere = try onlyHere(of: routing.local, in: transaction)
    report.sealedParts = try sealedParts(of: routing.local, in: transaction)
    report.attachments = try transaction.incompleteAttachments(after: nil, limit: API.listMax)
      .map { listed in
        API.LostAttachment(
          changeSet: listed.place.change.hex, dossier: listed.dossier.hex, part: listed.place.part,
          position: listed.place.position, have: listed.have, pieces: listed.content.cut.count)
      }
    let longest =
      [
        report.onlyHere.count, report.sealedParts.count, report.attachments.count,
      ].max() ?? 0
    report.truncated = longest >= API.listMax
    report.onlyHere = Array(report.onlyHere.prefix(API.listMax))
    return report
  }

  private func count(
    _ report: inout API.Rebuild, local: [AgencyCode], directory: DossierID?,
    in transaction: borrowing Transaction
  ) throws {
    let row = try transaction.firstRow(
      """
      SELECT count(DISTINCT dossier), count(*), count(*) FILTER (WHERE author = ANY(\(local)))
      FROM ledger.change_set WHERE dossier IS DISTINCT FROM \(directory)
      """)
    guard let row else { return }
    (report.dossiers, report.changeSets, report.own) = try row.values(
      Int.self, Int.self, Int.self)
  }

  private func peers(
    _ routing: Routing, directory: DossierID?, in transaction: borrowing Transaction
  ) throws -> [API.RebuildPeer] {
    var shown: [String: API.RebuildPeer] = [:]
    for peer in routing.peers {
      let endpoint = routing.view?.particulars(of: peer)?.endpoint ?? ""
      shown[peer.rawValue] = API.RebuildPeer(agency: peer.rawValue, dialable: !endpoint.isEmpty)
    }
    for witness in note.witnesses {
      shown[witness.agency] = API.RebuildPeer(
        agency: witness.agency, answered: witness.answered, at: witness.at,
        secondNode: witness.secondNode)
    }
    let local = routing.local
    let rows = try transaction.rows(
      """
      SELECT sender, count(*), count(*) FILTER (WHERE author = ANY(\(local))),
        count(DISTINCT dossier)
      FROM ledger.change_set
      WHERE sender IS NOT NULL AND dossier IS DISTINCT FROM \(directory) GROUP BY sender
      """)
    for row in rows {
      let (code, count, own, dossiers) = try row.values(
        String.self, Int.self, Int.self, Int.self)
      var peer = shown[code] ?? API.RebuildPeer(agency: code)
      (peer.changeSets, peer.own, peer.dossiers) = (count, own, dossiers)
      shown[code] = peer
    }
    return shown.values.sorted { $0.agency < $1.agency }
  }

  /// Gaps in the own numbers, change sets that others name and nobody gave, and deliveries that
  /// were announced and never came.
  private func onlyHere(
    of local: [AgencyCode], in transaction: borrowing OfficeTransaction
  ) throws -> [API.OnlyHere] {
    var lost: [API.OnlyHere] = []
    for author in local {
      lost += try Series.gaps(of: author, in: transaction.sql).map { gap in
        API.OnlyHere(
          kind: gap.isOfDossiers ? "dossierNumber" : "documentNumber", what: gap.first,
          through: gap.count > 1 ? gap.last : nil, count: gap.count)
      }
    }
    let held = try transaction.heldNotices(limit: API.listMax).filter { $0.reason == .ancestor }
    let withheld = note.witnesses.flatMap(\.withheld)
    let named = Set(
      held.flatMap(\.missing) + withheld.compactMap { ChangeSetID(hex: $0.id) })
    let stored = try transaction.locate(named.sorted())
    var told: Set<ChangeSetID> = []
    for notice in held {
      for id in notice.missing where stored[id] == nil && told.insert(id).inserted {
        lost.append(
          API.OnlyHere(
            kind: "changeSet", what: id.hex, dossier: notice.origin?.dossier.hex,
            witness: notice.id.hex))
      }
    }
    for witness in note.witnesses {
      for place in witness.withheld {
        guard let id = ChangeSetID(hex: place.id), stored[id] == nil,
          told.insert(id).inserted
        else { continue }
        lost.append(
          API.OnlyHere(
            kind: "changeSet", what: place.id, dossier: place.dossier, witness: witness.agency))
      }
      if witness.announced > 0 {
        lost.append(
          API.OnlyHere(
            kind: "deliveries", what: witness.agency, count: witness.announced,
            witness: witness.agency))
      }
    }
    return lost
  }

  /// Parts of own change sets that are not here: they were sealed to agencies that lack them too.
  ///
  /// A destroyed part is not lost.
  private func sealedParts(
    of local: [AgencyCode], in transaction: borrowing OfficeTransaction
  ) throws -> [API.LostPart] {
    var lost: [API.LostPart] = []
    for author in local {
      var after: DossierID?
      repeat {
        let page = try transaction.dossiers(
          writtenBy: author, after: after, limit: Limits.rebuildDossiersPerRead)
        let graphs = try transaction.graphs(page)
        for dossier in page {
          guard let graph = graphs[dossier] else { continue }
          for changeSet in graph.changeSets(of: author) {
            for part in graph.missingParts(of: changeSet) {
              lost.append(
                API.LostPart(
                  changeSet: changeSet.id.hex, dossier: dossier.hex, part: part))
            }
          }
        }
        after = page.last
      } while after != nil && lost.count < API.listMax
    }
    return Array(lost.prefix(API.listMax))
  }
}
