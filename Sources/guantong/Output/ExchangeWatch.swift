import Office
import UnixSignals

/// `sync log --follow`: looks at the exchanges again and again until somebody presses Ctrl-C.
struct ExchangeWatch {
  let options: GlobalOptions
  /// Only with this peer.
  let peer: String?
  /// Entries shown of the first look.
  let limit: Int?

  /// That somebody pressed Ctrl-C.
  private struct Interrupted: Error {}

  /// Shows what is new until it is interrupted or the node does not answer.
  ///
  /// - Throws: `Ending` when it was interrupted.
  func run() async throws {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await look() }
        group.addTask {
          for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
            throw Interrupted()
          }
        }
        defer { group.cancelAll() }
        _ = try await group.next()
      }
    } catch is Interrupted {
      throw Ending(outcome: .cancelled)
    }
  }

  private func look() async throws {
    let printer = options.printer
    let shown = try Field.page(nil, limit).limit
    var news = ExchangeNews()
    var hasHead = false
    while true {
      // More than is shown at first, so that a busy moment is told whole.
      var log = try await options.call(
        API.syncLog, API.SyncLogRequest(peer: peer, limit: Office.Limits.pageMax))
      let isFirst = news.isFirst
      let (fresh, hasGap) = news.take(log)
      log.entries = isFirst ? Array(fresh.suffix(shown)) : fresh
      log.truncated = hasGap
      if isFirst || !log.entries.isEmpty {
        if printer.format == .json {
          try printer.json(log)
        } else {
          let lines = printer.lines(of: log.page(printer.words))
          printer.write(Array(lines.dropFirst(hasHead ? 1 : 0)))
          hasHead = hasHead || printer.format != .table || !log.entries.isEmpty
        }
      }
      try await Task.sleep(for: .seconds(2))
    }
  }
}

/// Which entries of one look after the other are new.
struct ExchangeNews {
  /// What tells an entry from the others; how much it counts may shrink when something is taken.
  private struct Mark: Hashable {
    let at: String
    let peer: String
    let kind: String
    let code: String?
    let number: Int?

    init(_ entry: API.SyncEntry) {
      (at, peer, kind) = (entry.at, entry.peer, entry.kind)
      (code, number) = (entry.code, entry.number)
    }
  }

  private var seen: Set<Mark> = []
  /// What is older was beyond a look: it comes in sight again when something newer is gone.
  private var floor: String?
  /// Whether there was no look yet.
  private(set) var isFirst = true

  /// Takes a look.
  ///
  /// - Parameter log: the newest entries, the newest at the end.
  /// - Returns: those that no look before it had, and whether some may have been missed since.
  mutating func take(_ log: API.SyncLog) -> (fresh: [API.SyncEntry], hasGap: Bool) {
    let fresh = log.entries.filter { entry in
      !seen.contains(Mark(entry)) && (floor.map { entry.at >= $0 } ?? true)
    }
    let hasGap = !isFirst && log.truncated && fresh.count == log.entries.count
    if log.truncated, let oldest = log.entries.first?.at {
      floor = max(floor ?? oldest, oldest)
    }
    seen = Set(log.entries.map { Mark($0) })
    isFirst = false
    return (fresh, hasGap)
  }
}
