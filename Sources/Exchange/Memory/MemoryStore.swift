package import Ledger
import Synchronization

/// A mistake a store could make; tests give one to a store in memory to see that it is found.
package enum StoreMistake: String, Sendable, CaseIterable {
  /// What waited for a change set is not found when it comes.
  case losesHeld
  /// A number is given that was given before.
  case repeatsNumber
  /// The cursor is kept although the transaction failed.
  case keepsCursorOfFailedWork
  /// A graph kept between transactions misses the newest change set.
  case staleGraph
  /// Lines queued for a newcomer are dropped.
  case dropsLinesOfNewcomers
  /// A row made once is never made again, though what it says has changed.
  case keepsOldRows
  /// A log of which the last row is gone is taken for whole.
  case overlooksHole
}

/// A store in memory: the same answers as PostgreSQL, for the simulation and for tests.
///
/// What a transaction wrote is undone when its work throws or a planned crash strikes it, so a
/// crash loses exactly what was not committed. `fold` stands for the projection, so that this
/// module does not depend on Casework.
package final class MemoryStore: Store {
  /// Folds one dossier into rows.
  package typealias Fold = @Sendable (DossierGraph, Directory?) throws -> MemoryProjection

  private struct State {
    var contents = MemoryContents()
    var fault: StoreFault?
  }

  private let state = Mutex(State())
  private let fold: Fold
  private let mistake: StoreMistake?

  /// Makes an empty store; `mistake` is for tests of tests.
  package init(making mistake: StoreMistake? = nil, fold: @escaping Fold) {
    self.fold = fold
    self.mistake = mistake
  }

  package func write<W: StoreWork>(_ work: W) async throws -> W.Result {
    try writeNow(work)
  }

  package func read<W: StoreWork>(_ work: W) async throws -> W.Result {
    try readNow(work)
  }

  package func rehearse<W: StoreWork>(_ work: W) async throws -> W.Result {
    try writeNow(work, isKept: false)
  }

  /// The same as `write`, for callers that are not asynchronous.
  package func writeNow<W: StoreWork>(_ work: W) throws -> W.Result {
    try writeNow(work, isKept: true)
  }

  private func writeNow<W: StoreWork>(_ work: W, isKept: Bool) throws -> W.Result {
    try state.withLock { state in
      let session = MemorySession(
        contents: state.contents, fold: fold, isReadOnly: false,
        fault: state.fault, mistake: mistake)
      state.contents = MemoryContents()
      defer {
        state.contents = session.contents
        state.fault = session.fault
      }
      let result: W.Result
      do {
        result = try work.run(MemoryTransaction(session: session))
        try session.strikeCommit()
        if !isKept { session.undo() }
      } catch {
        session.undo()
        throw error
      }
      try session.strikeAnswer()
      return result
    }
  }

  /// The same as `read`, for callers that are not asynchronous.
  package func readNow<W: StoreWork>(_ work: W) throws -> W.Result {
    let contents = state.withLock { $0.contents }
    let session = MemorySession(
      contents: contents, fold: fold, isReadOnly: true, fault: nil, mistake: mistake)
    return try work.run(MemoryTransaction(session: session))
  }

  package func belongsToContent(_ error: any Error) -> Bool {
    (error as? ExchangeError)?.code == .corrupt
  }

  /// Plans what the store suffers next, told by `.unavailable`; nil is the restart.
  package func suffer(_ fault: StoreFault?) {
    state.withLock { $0.fault = fault }
  }

  /// Whether the store has crashed and was not restarted.
  package var isDown: Bool { state.withLock { $0.fault == .crash(afterWrites: 0) } }

  /// Everything durable, for what tests compare.
  package var contents: MemoryContents {
    state.withLock { $0.contents }
  }

  /// Changes what is durable behind the store's back, as a superuser would; what the store kept
  /// between transactions is dropped.
  package func tamper(_ change: (inout MemoryContents) -> Void) {
    state.withLock { state in
      change(&state.contents)
      state.contents.graphs = [:]
      state.contents.directory = nil
      state.contents.directoryAhead = []
    }
  }
}

/// The working copy of one transaction, with the way back.
final class MemorySession {
  var contents: MemoryContents
  let fold: MemoryStore.Fold
  let isReadOnly: Bool
  private(set) var fault: StoreFault?
  let mistake: StoreMistake?
  private var journal: [(inout MemoryContents) -> Void] = []

  init(
    contents: consuming MemoryContents, fold: @escaping MemoryStore.Fold, isReadOnly: Bool,
    fault: StoreFault?, mistake: StoreMistake?
  ) {
    self.mistake = mistake
    self.contents = contents
    self.fold = fold
    self.isReadOnly = isReadOnly
    self.fault = fault
  }

  /// Throws where a write was planned to fail.
  private func strike() throws {
    switch fault {
    case .crash(let left):
      if left <= 0 { throw ExchangeError(.unavailable, "the store has crashed") }
      fault = .crash(afterWrites: left - 1)
    case .failure(let left):
      if left > 0 {
        fault = .failure(afterWrites: left - 1)
        return
      }
      fault = nil
      throw ExchangeError(.unavailable, "a write failed")
    case .crashAtCommit, .crashAfterCommit, .failureAtCommit, nil: return
    }
  }

  /// Throws where the commit was planned to fail, or the store to crash before it.
  func strikeCommit() throws {
    switch fault {
    case .crashAtCommit:
      fault = .crash(afterWrites: 0)
      throw ExchangeError(.unavailable, "the store crashed before it committed")
    case .failureAtCommit:
      fault = nil
      throw ExchangeError(.unavailable, "a commit failed")
    case .crash, .crashAfterCommit, .failure, nil: try strike()
    }
  }

  /// Throws where the store was planned to crash with everything committed.
  func strikeAnswer() throws {
    guard fault == .crashAfterCommit else { return }
    fault = .crash(afterWrites: 0)
    throw ExchangeError(.unavailable, "the store crashed after it committed")
  }

  /// Refuses a write of a reader or after the crash.
  func beginWrite() throws {
    if isReadOnly { throw ExchangeError(.readOnly, "a reading transaction") }
    try strike()
  }

  /// Sets one value and notes how to set it back.
  func set<Value>(_ path: WritableKeyPath<MemoryContents, Value>, _ value: Value) {
    let former = contents[keyPath: path]
    journal.append { $0[keyPath: path] = former }
    contents[keyPath: path] = value
  }

  /// Sets what a table says about a key in the same way.
  ///
  /// The path to a table is a constant. One that went on to the key would be made at every call,
  /// which takes longer than what is done with it.
  func set<Key, Value>(
    _ table: WritableKeyPath<MemoryContents, [Key: Value]>, _ key: Key, _ value: Value?
  ) {
    let former = contents[keyPath: table][key]
    journal.append { $0[keyPath: table][key] = former }
    contents[keyPath: table][key] = value
  }

  func undo() {
    let cursors = contents.cursors
    defer { if mistake == .keepsCursorOfFailedWork { contents.cursors = cursors } }
    for step in journal.reversed() { step(&contents) }
    journal = []
  }
}
