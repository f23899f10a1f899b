import Exchange
import Glibc
import Office
import SystemPackage
import UnixSignals

/// `reconcile --self` over everything: stretch by stretch, so that neither the node nor this
/// program holds more than one stretch and a list that is cut.
///
/// The first pass only looks. A repair then goes to the stretches where something was found, each
/// of which the node checks again.
struct WholeCheck {
  let options: GlobalOptions
  /// What is asked of every stretch; `stretch` and `after` are filled in here.
  let request: API.ReconcileSelfRequest
  /// The most dossiers a second; nil for as many as the node can.
  let perSecond: Int?

  /// Where an interrupted check has come to.
  private struct Interrupted: Error {}

  /// Checks from the beginning, or from after a dossier.
  ///
  /// - Returns: the sum of all stretches.
  /// - Throws: `Ending` when it was interrupted, after it has said where to go on.
  func run(after: String?) async throws -> API.ReconcileSelf {
    let place = Place(after)
    do {
      return try await withThrowingTaskGroup(of: API.ReconcileSelf?.self) { group in
        group.addTask { try await walk(place) }
        group.addTask {
          for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
            throw Interrupted()
          }
          return nil
        }
        defer { group.cancelAll() }
        while let answer = try await group.next() {
          if let answer { return answer }
        }
        throw Interrupted()
      }
    } catch {
      // Whoever is refused is told what to do; going on would pass over what was found.
      // With --json the error stream has the problem alone.
      let hasRoom = options.printer.format != .json || error is Interrupted
      if hasRoom, let last = await place.last, Self.isCutOff(error) {
        Printer.complain([options.printer.words("reconcile.stopped", ["after": last])])
      }
      if error is Interrupted { throw Ending(outcome: .cancelled) }
      throw error
    }
  }

  /// Whether a check ended before it had seen everything, for a reason that lies outside of it.
  static func isCutOff(_ error: any Error) -> Bool {
    if error is Interrupted { return true }
    return (error as? OfficeError)?.refusal.outcome == .unreachable
  }

  private func walk(_ place: Place) async throws -> API.ReconcileSelf {
    var whole = API.ReconcileSelf(
      changeSetsChecked: 0, rowsChecked: 0, repaired: 0, consistent: true)
    whole.dryRun = request.dryRun
    whole.after = await place.last
    var damaged: [(after: String?, upTo: String?)] = []
    var found = 0
    var progress = ProgressLine(isTerminal: isatty(STDERR_FILENO) == 1) { text in
      _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
    }
    defer { progress.end() }
    var after = await place.last
    while true {
      let began = ContinuousClock.now
      let part = try await ask(after, repairs: false)
      found += part.holesTotal + part.differingTotal
      if !part.consistent { damaged.append((after, part.next)) }
      if part.consistent || !isRepair { whole.add(part) }
      guard let next = part.next else { break }
      after = next
      await place.move(to: next)
      let facts = [
        "percent": String(Int(Self.fraction(next) * 100)), "found": String(found),
        "changeSets": String(whole.changeSetsChecked), "after": next,
      ]
      progress.show(Self.fraction(next), options.printer.words("reconcile.progress", facts))
      try await pause(since: began)
    }
    guard isRepair, !damaged.isEmpty else { return whole }
    let limit = request.maxChanges ?? API.repairChangesMax
    guard found <= limit else {
      throw OfficeError(.tooManyChanges, ["changes": "\(found)", "limit": "\(limit)"])
    }
    // Whoever is cut off from here on begins again: nothing says which stretches are mended.
    await place.move(to: nil)
    for (first, upTo) in damaged {
      // Dossiers that were opened meanwhile push what was damaged out of the first stretch.
      var after = first
      repeat {
        let rest = max(0, limit - whole.repaired)
        let part = try await ask(after, repairs: true, changesMax: rest)
        whole.add(part)
        after = part.next
      } while Self.isBefore(after, upTo)
    }
    return whole
  }

  /// Whether a stretch that ended after one dossier has not come to another; nil is behind all.
  ///
  /// Ids are hexadecimal and of one length, so their texts have the order of their bytes.
  private static func isBefore(_ reached: String?, _ end: String?) -> Bool {
    guard let reached else { return false }
    return end.map { reached < $0 } ?? true
  }

  private var isRepair: Bool { request.repair || request.dryRun }

  private func ask(
    _ after: String?, repairs: Bool, changesMax: Int? = nil
  ) async throws -> API.ReconcileSelf {
    var request = request
    request.stretch = true
    request.after = after
    if let changesMax { request.maxChanges = changesMax }
    if !repairs { (request.repair, request.dryRun) = (false, false) }
    return try await options.call(API.reconcileSelf, request, timeout: .seconds(900))
  }

  private func pause(since began: ContinuousClock.Instant) async throws {
    guard let perSecond else { return }
    let due = Duration.seconds(Double(Exchange.Limits.dossiersPerCheckMax) / Double(perSecond))
    try await Task.sleep(until: began + due, clock: .continuous)
  }

  /// How far along a dossier is: ids are hashes, so their first digits are spread evenly.
  static func fraction(_ dossier: String) -> Double {
    Double(UInt32(dossier.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
  }

  /// The last dossier that was checked, for whoever goes on.
  private actor Place {
    private(set) var last: String?

    init(_ last: String?) { self.last = last }

    func move(to dossier: String?) { last = dossier }
  }
}

extension API.ReconcileSelf {
  /// Adds a further stretch; the lists stay cut, the totals are whole.
  mutating func add(_ other: API.ReconcileSelf) {
    changeSetsChecked += other.changeSetsChecked
    rowsChecked += other.rowsChecked
    dossiersUncompared += other.dossiersUncompared
    repaired += other.repaired
    holesTotal += other.holesTotal
    differingTotal += other.differingTotal
    consistent = consistent && other.consistent
    agency = other.agency
    holes = Array((holes + other.holes).prefix(API.listMax))
    differing = Array((differing + other.differing).prefix(API.listMax))
    truncated =
      truncated || other.truncated || holes.count < holesTotal
      || differing.count < differingTotal
  }
}
