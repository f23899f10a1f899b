import Foundation

/// The processor time that processes have used, from `/proc`.
enum ProcessorTime {
  /// Seconds of some processes and of their children, those that have ended included.
  ///
  /// A cluster's backends are children of its server, so a server stands for its cluster.
  static func seconds(of roots: Set<Int32>) -> Double {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    var ticks = 0.0
    for pid in names.compactMap({ Int32($0) }) {
      guard let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { continue }
      // The name before the last parenthesis may hold spaces.
      let text = String(decoding: bytes, as: UTF8.self)
      let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
      guard fields.count > 15, let parent = Int32(fields[2]),
        roots.contains(pid) || roots.contains(parent)
      else { continue }
      // utime, stime, cutime and cstime, fields 14 to 17 of proc(5).
      ticks += fields[12...15].compactMap { Double($0) }.reduce(0, +)
    }
    // USER_HZ, which Linux fixes for programs.
    return ticks / 100
  }
}
