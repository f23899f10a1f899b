package import Ledger

extension MemoryTransaction {
  private func outbox(_ reader: AgencyCode) -> MemoryContents.Outbox {
    session.contents.outboxes[reader] ?? MemoryContents.Outbox()
  }

  package func enqueue(_ lines: [OutboxLine]) throws {
    try session.beginWrite()
    let kept = session.mistake == .dropsLinesOfNewcomers ? lines.filter { !$0.isRepeated } : lines
    let laned = zip(kept, OutboxLine.areUrgent(kept))
    for (reader, lines) in Dictionary(grouping: laned, by: \.0.reader) {
      var outbox = outbox(reader)
      var queued = Set(outbox.queued)
      for (line, isUrgent) in lines where !queued.contains(line.id) {
        guard line.isRepeated || !outbox.seen.contains(line.id) else { continue }
        outbox.queued.append(line.id)
        queued.insert(line.id)
        if isUrgent { outbox.urgent.insert(line.id) }
      }
      session.set(\.outboxes, reader, outbox)
    }
  }

  package func position(of reader: AgencyCode) throws -> OutboxPosition {
    let outbox = outbox(reader)
    let receipt = outbox.receipts.max {
      ($0.number, $1.untaken.count) < ($1.number, $0.untaken.count)
    }
    var last = outbox.numbered.last
    if session.mistake == .repeatsNumber, outbox.numbered.count % 7 == 3 {
      last = outbox.numbered.dropLast().last
    }
    return OutboxPosition(
      number: last?.number ?? 0, runningHash: last?.runningHash ?? .zero,
      receipted: receipt?.number ?? 0, receiptedAt: receipt?.storedAt,
      untaken: receipt?.untaken.count ?? 0)
  }

  package func queued(
    for reader: AgencyCode, after: ChangeSetID?, limit: Int
  ) throws -> [QueuedLine] {
    var queued = outbox(reader).queued[...]
    if let after {
      guard let place = queued.firstIndex(of: after) else { return [] }
      queued = queued[(place + 1)...]
    }
    return queued.prefix(limit).map { QueuedLine(id: $0, dossier: place(of: $0)) }
  }

  package func queued(
    for reader: AgencyCode, of dossiers: [DossierID], limit: Int
  ) throws -> [ChangeSetID] {
    let wanted = Set(dossiers)
    var lines: [DossierID: [ChangeSetID]] = [:]
    for id in outbox(reader).queued {
      if let dossier = place(of: id), wanted.contains(dossier) {
        lines[dossier, default: []].append(id)
      }
    }
    return Array(dossiers.flatMap { lines[$0] ?? [] }.prefix(limit))
  }

  package func urgent(for reader: AgencyCode) throws -> [ChangeSetID] {
    let outbox = outbox(reader)
    guard !outbox.urgent.isEmpty else { return [] }
    let steps = outbox.queued.filter(outbox.urgent.contains)
    let chosen = Set(
      first(Limits.urgentDossiersMax, of: steps)
        + first(Limits.urgentDossiersMax, of: steps.reversed()))
    let lines = outbox.queued.filter { place(of: $0).map(chosen.contains) ?? false }
    var counts: [DossierID: Int] = [:]
    for line in lines { place(of: line).map { counts[$0, default: 0] += 1 } }
    return lines.filter { line in
      place(of: line).map { counts[$0, default: 0] <= Limits.urgentLinesPerDossierMax } ?? false
    }
  }

  private func place(of id: ChangeSetID) -> DossierID? {
    session.contents.rows[id]?.changeSet.dossier
  }

  /// The first dossiers that lines are of.
  private func first(_ count: Int, of lines: [ChangeSetID]) -> [DossierID] {
    var found: [DossierID] = []
    for line in lines where found.count < count {
      guard let dossier = place(of: line), !found.contains(dossier) else { continue }
      found.append(dossier)
    }
    return found
  }

  package func isQueued(for reader: AgencyCode) throws -> Bool {
    !outbox(reader).queued.isEmpty
  }

  package func owes(
    _ ids: [ChangeSetID], to reader: AgencyCode, above number: UInt64
  ) throws -> Set<ChangeSetID> {
    let outbox = outbox(reader)
    let owed = Set(outbox.queued).union(
      outbox.numbered.lazy.filter { $0.number > number }.map(\.id))
    return owed.intersection(ids)
  }

  package func unqueue(_ ids: [ChangeSetID], for reader: AgencyCode) throws {
    try session.beginWrite()
    var outbox = outbox(reader)
    let gone = Set(ids)
    outbox.queued.removeAll { gone.contains($0) }
    outbox.urgent.subtract(gone)
    session.set(\.outboxes, reader, outbox)
  }

  package func idle(_ readers: [AgencyCode]) throws -> [AgencyCode: OutboxPosition] {
    try readers.reduce(into: [:]) { idle, reader in
      if outbox(reader).queued.isEmpty { idle[reader] = try position(of: reader) }
    }
  }

  package func number(_ lines: [AgencyCode: [NumberedLine]]) throws {
    try session.beginWrite()
    for (reader, lines) in lines {
      var outbox = outbox(reader)
      let numbered = Set(lines.map(\.id))
      outbox.queued.removeAll { numbered.contains($0) }
      outbox.urgent.subtract(numbered)
      outbox.seen.formUnion(numbered)
      outbox.numbered += lines
      session.set(\.outboxes, reader, outbox)
    }
  }

  package func numbered(
    for reader: AgencyCode, after number: UInt64, limit: Int
  ) throws -> [NumberedLine] {
    Array(outbox(reader).numbered.lazy.filter { $0.number > number }.prefix(limit))
  }

  package func readersWaiting() throws -> [AgencyCode] {
    try session.contents.outboxes.keys.sorted().filter { reader in
      let position = try position(of: reader)
      return try isQueued(for: reader) || position.receipted < position.number
    }
  }

  package func restartOutbox(_ id: OutboxID) throws {
    try session.beginWrite()
    var node = try node()
    node.outbox = id
    session.set(\.node, node)
    for reader in session.contents.outboxes.keys.sorted() {
      var fresh = MemoryContents.Outbox()
      fresh.queued = outbox(reader).queued
      fresh.urgent = outbox(reader).urgent
      fresh.former = outbox(reader).numbered.last
      session.set(\.outboxes, reader, fresh)
    }
  }

  package func formerEnd(for reader: AgencyCode) throws -> OutboxEnd {
    let last = outbox(reader).former
    return OutboxEnd(number: last?.number ?? 0, runningHash: last?.runningHash ?? .zero)
  }

  package func keep(_ receipt: KeptReceipt) throws {
    try session.beginWrite()
    var outbox = outbox(receipt.reader)
    outbox.receipts.append(receipt)
    session.set(\.outboxes, receipt.reader, outbox)
  }

  package func receipts(of id: ChangeSetID) throws -> [ReceiptTrail] {
    session.contents.outboxes.keys.sorted().compactMap { reader in
      let outbox = outbox(reader)
      let proofs = outbox.numbered.filter { $0.id == id }.flatMap { line in
        outbox.receipts
          .filter { $0.number >= line.number && !$0.untaken.contains(line.number) }
          .map { (line: line, receipt: $0) }
      }
      let first = proofs.min {
        ($0.receipt.number, $0.receipt.storedAt, $0.line.number)
          < ($1.receipt.number, $1.receipt.storedAt, $1.line.number)
      }
      guard let (line, receipt) = first else { return nil }
      let before = outbox.numbered.last { $0.number < line.number }?.runningHash ?? .zero
      let lines = outbox.numbered.filter { $0.number >= line.number && $0.number <= receipt.number }
      return ReceiptTrail(receipt: receipt, before: before, lines: lines)
    }
  }

  package func cursor(of peer: AgencyCode) throws -> Cursor? {
    session.contents.cursors[peer]
  }

  package func cursors() throws -> [Cursor] {
    session.contents.cursors.values.sorted { $0.peer < $1.peer }
  }

  package func move(_ cursor: Cursor) throws {
    try session.beginWrite()
    session.set(\.cursors, cursor.peer, cursor)
  }

  package func settle(_ arrivals: Arrivals, at time: Timestamp) throws {
    try session.beginWrite()
    for (peer, cursor) in session.contents.cursors {
      var settled = cursor
      settled.untaken.removeAll { arrivals.cover($0) }
      guard settled.untaken != cursor.untaken else { continue }
      settled.receivedAt = time
      session.set(\.cursors, peer, settled)
    }
  }

  package func raise(_ alarms: [Alarm]) throws {
    try session.beginWrite()
    var kept = session.contents.alarms
    for alarm in alarms
    where !kept.contains(where: {
      $0.peer == alarm.peer && $0.kind == alarm.kind && $0.subject == alarm.subject
    }) {
      let alike = kept.count { $0.peer == alarm.peer && $0.kind == alarm.kind }
      guard alike < Limits.alarmsPerPeerAndKindMax else { continue }
      kept.append(alarm)
    }
    session.set(\.alarms, kept)
  }

  package func alarms(limit: Int) throws -> [Alarm] {
    Array(session.contents.alarms.reversed().prefix(limit))
  }

  package func logBytes(_ dossiers: [DossierID]) throws -> [DossierID: Int] {
    var result: [DossierID: Int] = [:]
    for (dossier, rows) in try logged(dossiers) where !rows.isEmpty {
      result[dossier] = rows.reduce(0) { total, row in
        row.parts.values.reduce(total + row.header.count + (row.proof?.count ?? 0)) {
          $0 + $1.content.count
        }
      }
    }
    return result
  }

  package func logged(_ dossiers: [DossierID]) throws -> [DossierID: [LoggedChangeSet]] {
    var result: [DossierID: [LoggedChangeSet]] = [:]
    for dossier in dossiers {
      result[dossier] = (session.contents.log[dossier] ?? []).compactMap { id in
        guard let row = session.contents.rows[id] else { return nil }
        return LoggedChangeSet(
          id: id, header: row.changeSet.headerBytes, proof: row.changeSet.proof.encoded(),
          parts: row.changeSet.parts, sender: row.sender)
      }
    }
    return result
  }

  package func forget(_ ids: [ChangeSetID], in dossier: DossierID) throws {
    try session.beginWrite()
    let gone = Set(ids)
    for id in ids { session.set(\.rows, id, nil) }
    session.set(\.log, dossier, (session.contents.log[dossier] ?? []).filter { !gone.contains($0) })
    session.set(\.graphs, dossier, nil)
    if dossier == session.contents.node?.directory {
      session.set(\.directory, nil)
      session.set(\.directoryAhead, [])
    }
  }

  package func compare(
    _ graphs: [DossierGraph], directory: Directory?
  ) throws -> [DossierID: (rows: Int, differences: [RowDifference])] {
    var result: [DossierID: (rows: Int, differences: [RowDifference])] = [:]
    for graph in graphs { result[graph.id] = try compared(graph, directory: directory) }
    return result
  }

  private func compared(
    _ graph: DossierGraph, directory: Directory?
  ) throws -> (rows: Int, differences: [RowDifference]) {
    let derived = try session.fold(graph, directory).rows
    let kept = session.contents.projections[graph.id]?.rows ?? []
    var differences: [RowDifference] = []
    for row in derived {
      let other = kept.first { $0.table == row.table && $0.id == row.id }
      guard other != row else { continue }
      differences.append(
        RowDifference(
          table: row.table, id: row.id, kind: other == nil ? .missing : .changed,
          dossier: graph.id, seen: other?.digest, due: row.digest))
    }
    for row in kept where !derived.contains(where: { $0.table == row.table && $0.id == row.id }) {
      differences.append(
        RowDifference(
          table: row.table, id: row.id, kind: .extra, dossier: graph.id, seen: row.digest))
    }
    return (derived.count, differences)
  }

  package func project(
    _ graph: DossierGraph, directory: Directory?, only rows: [RowDifference]
  ) throws {
    try session.beginWrite()
    let whole = try session.fold(graph, directory)
    let planned = Set(rows.map { [$0.table, $0.id] })
    func isPlanned(_ row: MemoryRow) -> Bool { planned.contains([row.table, row.id]) }
    let former = session.contents.projections[graph.id]
    let kept = (former?.rows ?? []).filter { !isPlanned($0) } + whole.rows.filter(isPlanned)
    session.set(
      \.projections, graph.id,
      MemoryProjection(rows: kept, digest: whole.digest, attachments: whole.attachments))
  }

  package func digest(of dossier: DossierID) throws -> Hash256? {
    session.contents.projections[dossier]?.digest
  }
}
