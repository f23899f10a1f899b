import FoundationEssentials
import Glibc

/// What the kernel has counted of the processors' time: whether anybody else was at work meanwhile.
///
/// A promise about time is kept or broken only where the time was not taken by others.
struct MachineLoad: Sendable {
  /// Ticks of all processors.
  private let all: Int
  /// Those in which there was nothing to do.
  private let idle: Int
  /// Those of this process and of all that descend from it.
  private let own: Int

  /// Counts now; nil where the kernel does not tell.
  static func now() -> MachineLoad? {
    let line = text("/proc/stat")?.split(separator: "\n").first
    guard let ticks = line?.split(separator: " ").dropFirst().compactMap({ Int($0) }),
      ticks.count >= 8
    else { return nil }
    // User, nice, system, idle, waiting for a disk, two kinds of interrupt, and taken by a host.
    return MachineLoad(
      all: ticks.prefix(8).reduce(0, +), idle: ticks[3] + ticks[4], own: ownTicks())
  }

  /// The part of all processors that other programs took since `earlier`, 0…1.
  func othersShare(since earlier: MachineLoad) -> Double {
    let busy = (all - idle) - (earlier.all - earlier.idle) - (own - earlier.own)
    return Double(max(0, busy)) / Double(max(1, all - earlier.all))
  }

  /// The ticks of this process and its descendants that are alive.
  private static func ownTicks() -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var parents: [Int: (parent: Int, ticks: Int)] = [:]
    for pid in names.compactMap({ Int($0) }) {
      // The name, which may hold anything, ends at the last parenthesis.
      guard
        let fields = text("/proc/\(pid)/stat")?.split(separator: ")").last?
          .split(separator: " "), fields.count > 12, let parent = Int(fields[1]),
        let user = Int(fields[11]), let system = Int(fields[12])
      else { continue }
      parents[pid] = (parent, user + system)
    }
    let root = Int(getpid())
    func isOurs(_ pid: Int) -> Bool {
      var pid = pid
      while pid != root, pid > 1, let parent = parents[pid]?.parent { pid = parent }
      return pid == root
    }
    return parents.filter { isOurs($0.key) }.reduce(0) { $0 + $1.value.ticks }
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
