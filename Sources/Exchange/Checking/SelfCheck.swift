package import Ledger

/// Checks a stretch of dossiers: every stored change set has its bytes, its hashes, its seal and
/// its ancestors, and every projected row equals the fold of the log.
///
/// The rows of the log are read past every cache, those of small dossiers together, so that a
/// hundred of them cost few more statements than one. A dossier with a hole is not folded: its rows
/// are compared after the hole is filled, and until then counted as not compared.
package struct SelfCheck: StoreWork {
  /// What one stretch gave.
  package struct Stretch: Sendable {
    /// What was found in it.
    package var report: SelfCheckReport
    /// The last dossier looked at; nil when there was none left.
    package var last: DossierID?
    /// The dossiers with a hole or a differing row, also those that the report does not name.
    var damaged: [DossierID] = []
  }

  private let after: DossierID?
  private let limit: Int
  private let only: DossierID?
  /// The seals checked so far; a check of what a disk may have changed begins with none.
  package var seals = SealMemory()

  /// Checks the dossiers after one, at most `limit` of them.
  package init(after: DossierID?, limit: Int = Limits.dossiersPerCheckMax) {
    self.after = after
    self.limit = limit
    only = nil
  }

  /// Checks one dossier and no other; `last` is nil when nothing of it is here.
  package init(only dossier: DossierID) {
    after = nil
    limit = 1
    only = dossier
  }

  package func run<T: StoreTransaction & ~Copyable>(
    _ transaction: borrowing T
  ) throws -> Stretch {
    var dossiers =
      if let only { [only] } else { try transaction.dossiers(after: after, limit: limit) }
    let directory = try transaction.directory()
    let summaries = try transaction.summaries(dossiers)
    let sizes = try transaction.logBytes(dossiers)
    if let only, summaries[only] == nil, sizes[only] == nil { dossiers = [] }
    var report = SelfCheckReport()
    var damaged: [DossierID] = []
    for batch in Self.batches(of: dossiers, sizes) {
      let logged = try transaction.logged(batch)
      let logs = batch.map {
        SoundLog(logged[$0] ?? [], of: $0, directory: directory, seals: seals)
      }
      let holes = logs.map { $0.holes(heads: summaries[$0.dossier]?.heads ?? []) }
      let whole = zip(logs, holes).filter { $1.isEmpty }.map { log, _ in log.graph }
      let compared = try transaction.compare(whole, directory: directory)
      for (log, holes) in zip(logs, holes) {
        var part = SelfCheckReport()
        part.changeSetsChecked = logged[log.dossier]?.count ?? 0
        part.holes = holes
        if holes.isEmpty {
          part.rowsChecked = compared[log.dossier]?.rows ?? 0
          part.differing = (compared[log.dossier]?.differences ?? []) + log.leftovers
        } else {
          part.dossiersUncompared = 1
        }
        if !part.isConsistent { damaged.append(log.dossier) }
        report.add(part)
      }
    }
    return Stretch(report: report, last: dossiers.last, damaged: damaged)
  }

  /// The dossiers in their order, as many together as their logs allow; a large one stands alone.
  static func batches(of dossiers: [DossierID], _ sizes: [DossierID: Int]) -> [[DossierID]] {
    var batches: [[DossierID]] = []
    var room = 0
    for dossier in dossiers {
      let size = sizes[dossier] ?? 0
      if batches.isEmpty || size > room {
        batches.append([])
        room = Limits.checkedBytesMax
      }
      batches[batches.count - 1].append(dossier)
      room -= size
    }
    return batches
  }
}

/// The rows of one dossier's log that prove themselves, and the graph they make.
struct SoundLog {
  let dossier: DossierID
  private(set) var graph: DossierGraph
  /// Rows whose bytes are not what their id says, or whose seal is not valid.
  private(set) var broken: [ChangeSetID: ChangeSetOrigin?] = [:]
  /// Rows of parts that are destroyed: nobody should have them.
  var leftovers: [RowDifference] {
    destroyed.sorted { $0.key < $1.key }.map { place, hash in
      RowDifference(
        table: Self.partTable, id: "\(place)", kind: .extra, dossier: dossier, seen: hash)
    }
  }
  /// The places of destroyed parts that have a row, with the digests of these.
  private(set) var destroyed: [PartPlace: Hash256] = [:]
  /// The table of parts.
  static var partTable: String { "ledger.part" }
  /// Sound rows with a missing ancestor.
  private(set) var waiting: [ChangeSetID: StoredChangeSet] = [:]
  private let directory: Directory?

  init(
    _ rows: [LoggedChangeSet], of dossier: DossierID, directory: Directory?,
    seals: SealMemory = SealMemory()
  ) {
    self.dossier = dossier
    self.directory = dossier == directory?.id ? nil : directory
    graph = DossierGraph(dossier)
    var seals = SealVerifier(seals)
    for row in rows {
      if let changeSet = Self.sound(row, of: dossier, directory: directory, &seals) {
        waiting[row.id] = changeSet
      } else {
        let reading = ReceivedChangeSet(headerBytes: row.header, proof: nil, parts: [:])
        broken[row.id] = reading.id == row.id ? reading.origin : .some(nil)
      }
    }
    settle()
    for row in rows where graph.contains(row.id) {
      for (index, part) in row.parts {
        let place = PartPlace(change: row.id, part: index)
        if graph.refuses(part, at: place) { destroyed[place] = part.hash.hash }
      }
    }
  }

  /// Adds a change set that has been judged.
  mutating func add(_ changeSet: StoredChangeSet) {
    broken[changeSet.id] = nil
    waiting[changeSet.id] = changeSet
    settle()
  }

  /// Moves into the graph whatever has its ancestors there.
  private mutating func settle() {
    var ready = waiting.values.filter { graph.missing(of: $0.header).isEmpty }
    var batch: [StoredChangeSet] = []
    var here = Set<ChangeSetID>()
    var followers: [ChangeSetID: [ChangeSetID]] = [:]
    for changeSet in waiting.values {
      for link in changeSet.header.links { followers[link, default: []].append(changeSet.id) }
    }
    while let changeSet = ready.popLast() {
      guard here.insert(changeSet.id).inserted else { continue }
      batch.append(changeSet)
      waiting[changeSet.id] = nil
      for id in followers[changeSet.id] ?? [] {
        guard let follower = waiting[id],
          follower.header.links.allSatisfy({ here.contains($0) || graph.contains($0) })
        else { continue }
        ready.append(follower)
      }
    }
    graph.insert(contentsOf: batch, directory: directory)
  }

  /// What is missing: broken rows, ancestors that are not there, heads once known.
  func holes(heads: [ChangeSetID]) -> [SelfCheckReport.Hole] {
    var holes: [ChangeSetID: SelfCheckReport.Hole] = [:]
    func add(_ id: ChangeSetID, _ author: AgencyCode?, _ sequence: UInt64?) {
      if holes[id]?.author == nil {
        holes[id] = SelfCheckReport.Hole(
          id: id, dossier: dossier, author: author, sequence: sequence)
      }
    }
    for (id, origin) in broken { add(id, origin?.author, origin?.sequence) }
    for changeSet in waiting.values {
      for link in graph.missing(of: changeSet.header) where waiting[link] == nil {
        let isPrevious = link == changeSet.header.previous
        add(
          link, isPrevious ? changeSet.header.author : nil,
          isPrevious ? changeSet.header.sequence - 1 : nil)
      }
    }
    for head in heads where !graph.contains(head) && waiting[head] == nil { add(head, nil, nil) }
    return holes.values.sorted { $0.id < $1.id }
  }

  private static func sound(
    _ row: LoggedChangeSet, of dossier: DossierID, directory: Directory?,
    _ seals: inout SealVerifier
  ) -> StoredChangeSet? {
    guard let proof = row.proof.flatMap({ SealProof(decoding: $0) }),
      let changeSet = StoredChangeSet(headerBytes: row.header, proof: proof, parts: row.parts),
      changeSet.id == row.id, changeSet.dossier == dossier
    else { return nil }
    let header = changeSet.header
    let view: DirectoryView? =
      if let entry = header.directory { directory?.at(entry) } else { directory?.current }
    guard let key = view?.agency(header.author)?.key(header.key)?.verification,
      seals.verify(proof, id: row.id, author: header.author, key: key)
    else { return nil }
    return changeSet
  }
}

/// Fills holes with fetched copies, those of what lacks behind them among them.
///
/// A broken row is replaced, never given up before, and its sound parts stay. As long as a hole is
/// left the row of the dossier stays as it is: it names the heads, which alone tell of an end of a
/// chain that is not here. The rows of the records stay as they are, too: the next check compares
/// them and names what differs, which nobody could while there was a hole.
package struct FillHoles: StoreWork {
  private let peer: AgencyCode
  private let holes: [SelfCheckReport.Hole]
  private let copies: [ReceivedChangeSet]
  private let now: Timestamp

  /// Takes the copies a peer gave for these holes.
  package init(
    peer: AgencyCode, holes: [SelfCheckReport.Hole], copies: [ReceivedChangeSet], now: Timestamp
  ) {
    self.peer = peer
    self.holes = holes
    self.copies = copies
    self.now = now
  }

  /// Returns how many change sets were stored again.
  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Int {
    guard let pinned = try transaction.node().directory else { return 0 }
    let came = Set(copies.map(\.id))
    let wanted = Dictionary(grouping: holes.filter { came.contains($0.id) }, by: \.dossier)
    let directory = try transaction.directory()
    var count = 0
    let summaries = try transaction.summaries(wanted.keys.sorted())
    for (dossier, holes) in wanted.sorted(by: { $0.key < $1.key }) {
      let ids = Set(holes.map(\.id))
      let rows = try transaction.logged(dossier)
      let here = Set(rows.map(\.id)).subtracting(ids)
      // A row that stands under another dossier than its header says is in the way of that one.
      let strays = copies.filter { ids.contains($0.id) && $0.origin?.dossier != dossier }
      if !strays.isEmpty { try transaction.forget(strays.map(\.id), in: dossier) }
      var log = SoundLog(rows, of: dossier, directory: directory)
      var seals = SealVerifier()
      var entries: [LogEntry] = []
      let broken = rows.filter { ids.contains($0.id) }
      var open = copies.filter { $0.origin?.dossier == dossier && !here.contains($0.id) }
      var isMoving = true
      while isMoving {
        isMoving = false
        for copy in open {
          let judge = Judge(pinned: pinned, directory: directory)
          guard
            case .stored(var changeSet) = judge.judge(copy, in: log.graph, seals: &seals).verdict
          else { continue }
          // Whoever gave the copy may not see each part, and nobody else may have it still.
          for row in broken where row.id == copy.id { changeSet.add(row.parts) }
          log.add(changeSet)
          entries.append(LogEntry(changeSet: changeSet, sender: peer, storedAt: now))
          open.removeAll { $0.id == copy.id }
          isMoving = true
        }
      }
      guard !entries.isEmpty else { continue }
      try transaction.forget(entries.map(\.changeSet.id), in: dossier)
      let isWhole = log.holes(heads: summaries[dossier]?.heads ?? []).isEmpty
      try transaction.put(
        entries.map { $0.withoutDestroyed(in: log.graph) }, graphs: isWhole ? [log.graph] : [])
      if isWhole { try transaction.settle(Arrivals(of: log.graph), at: now) }
      count += entries.count
    }
    return count
  }
}

/// Makes what is derived from the log of one dossier again, whole or only what a plan names.
///
/// A dossier with a hole is left alone: what it would say is not known.
package struct RepairRows: StoreWork {
  /// What became of it.
  package struct Outcome: Sendable {
    /// Rows made again.
    package var repaired = 0
    /// Planned rows that are not as the plan saw them any more, and were left alone.
    package var skipped: [RowDifference] = []
  }

  private let dossier: DossierID
  private let planned: [RowDifference]?

  /// Names the dossier, and the rows when not all are meant.
  package init(_ dossier: DossierID, planned: [RowDifference]? = nil) {
    self.dossier = dossier
    self.planned = planned
  }

  package func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Outcome {
    let directory = try transaction.directory()
    let log = SoundLog(
      try transaction.logged(dossier), of: dossier, directory: directory)
    let heads = try transaction.summaries([dossier])[dossier]?.heads ?? []
    guard log.holes(heads: heads).isEmpty else { return Outcome(skipped: planned ?? []) }
    let found =
      try transaction.compare(log.graph, directory: directory).differences + log.leftovers
    let current = Set(found)
    let chosen = planned?.filter(current.contains) ?? found
    let (parts, rows) = (
      chosen.filter { $0.table == SoundLog.partTable },
      chosen.filter { $0.table != SoundLog.partTable }
    )
    if !parts.isEmpty {
      let ids = Set(parts.map(\.id))
      try transaction.erase(log.destroyed.keys.filter { ids.contains("\($0)") }, in: dossier)
    }
    if !rows.isEmpty {
      try transaction.project(log.graph, directory: directory, only: rows)
    }
    return Outcome(
      repaired: chosen.count, skipped: (planned ?? []).filter { !current.contains($0) })
  }
}
