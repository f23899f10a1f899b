import Casework
import Exchange
import Ledger
import Synchronization

/// What was made of dossiers as of a day, kept in memory for as long as each is as it was.
///
/// A dossier says the same as of every day from one event of it to the next. So what was made of it
/// as of one of those days answers for all of them, and a later question folds only the dossiers
/// that changed since, or in which something happened between its day and the days asked before.
/// Nothing is lost with it: whatever is not kept is folded again.
final class KeptByDay<Basis: Equatable & Sendable, Value: Sendable>: Sendable {
  /// What some dossiers, counted together, said at different times.
  private struct Entry {
    let states: [DossierState]
    /// The days on which something happened in one of them, ascending.
    let events: [CivilDate]
    /// By the number of events up to then; the one asked for last stands last.
    var values: [(events: Int, value: Value)] = []
    var weight: Int

    /// How many events there were by the end of a day.
    func past(_ day: CivilDate) -> Int {
      events.indices.partitioningIndex(where: { events[$0] > day })
    }
  }

  private struct State {
    var basis: Basis?
    /// How often the basis was another one.
    var epoch = 0
    /// By the first dossier of those that count together.
    var entries: [DossierID: Entry] = [:]
    var byteCount = 0
  }

  private let state = Mutex(State())
  private let bytesMax: Int
  private let weight: @Sendable (Value) -> Int

  /// Keeps nothing yet; `weight` says how many bytes a value takes.
  init(
    bytesMax: Int = Limits.keptBytesMax, weight: @escaping @Sendable (Value) -> Int
  ) {
    self.bytesMax = bytesMax
    self.weight = weight
  }

  /// How many bytes what is kept counts.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// Forgets what rests on another basis: a calendar, terms or rules.
  ///
  /// - Returns: what names the basis to ``value(of:asOf:at:where:fold:make:)``.
  func epoch(of basis: Basis) -> Int {
    state.withLock { state in
      if state.basis != basis { state = State(basis: basis, epoch: state.epoch + 1) }
      return state.epoch
    }
  }

  /// What dossiers say as of a day: as it is kept, else made of them and kept.
  ///
  /// - Parameters:
  ///   - states: dossiers that count together, each as the own transaction sees it.
  ///   - day: the last day that is known of.
  ///   - epoch: what names the basis that the value rests on beside them.
  ///   - holds: whether a value that is kept is still right.
  ///   - fold: folds the dossiers.
  ///   - make: makes the value of them.
  /// - Returns: the value.
  /// - Throws: what folding throws.
  func value(
    of states: [DossierState], asOf day: CivilDate, at epoch: Int,
    where holds: (Value) -> Bool = { _ in true }, fold: () throws -> [FoldedDossier],
    make: ([FoldedDossier]) -> Value
  ) rethrows -> Value {
    if let known = known(states, day, epoch), holds(known) { return known }
    let folded = try fold()
    let value = make(folded)
    keep(value, of: states, folded.reduce(into: []) { $0.formUnion($1.eventDays) }, day, epoch)
    return value
  }

  private func known(_ states: [DossierState], _ day: CivilDate, _ epoch: Int) -> Value? {
    guard let first = states.first?.dossier else { return nil }
    return state.withLock { state in
      guard state.epoch == epoch, let entry = state.entries[first], entry.states == states
      else { return nil }
      let past = entry.past(day)
      guard let index = entry.values.lastIndex(where: { $0.events == past }) else { return nil }
      let found = entry.values[index]
      if index < entry.values.count - 1 {
        state.entries[first]?.values.remove(at: index)
        state.entries[first]?.values.append(found)
      }
      return found.value
    }
  }

  /// Keeps a value where there is room; of each dossier only those of the days asked for last.
  private func keep(
    _ value: Value, of states: [DossierState], _ days: Set<CivilDate>, _ day: CivilDate,
    _ epoch: Int
  ) {
    guard let first = states.first?.dossier else { return }
    state.withLock { state in
      guard state.epoch == epoch else { return }
      let former = state.entries.removeValue(forKey: first)
      state.byteCount -= former?.weight ?? 0
      var entry: Entry
      if let former, former.states == states {
        entry = former
      } else {
        entry = Entry(states: states, events: days.sorted(), weight: 0)
      }
      let past = entry.past(day)
      entry.values.removeAll { $0.events == past }
      entry.values.append((past, value))
      if entry.values.count > Limits.keptDaysMax { entry.values.removeFirst() }
      entry.weight =
        Limits.keptEntryBytes * (1 + entry.states.count)
        + MemoryLayout<CivilDate>.stride * entry.events.count
        + entry.values.reduce(0) { $0 + weight($1.value) }
      guard state.byteCount + entry.weight <= bytesMax else { return }
      state.byteCount += entry.weight
      state.entries[first] = entry
    }
  }
}
