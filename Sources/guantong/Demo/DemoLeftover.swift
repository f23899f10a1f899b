import FoundationEssentials
import Glibc

/// Ends what a killed run of a demo left.
///
/// Its nodes end by themselves, because their standard input ended with it; this waits for that,
/// and asks the ones that are slow. Clusters of nodes that were killed are stopped by the next
/// start of their node. The demo itself is never ended: whoever starts one holds the directory.
enum DemoLeftover {
  /// Waits until no node of an earlier run of this directory is there; called with its lock.
  static func stop(in place: DemoPlace) async {
    let sheets = [DemoSheet.ready, DemoSheet.starting].compactMap { name in
      try? DemoSheet.read(in: place.directory, name)
    }
    // Nobody is to take the old sheet for one of the demo that starts now.
    try? FileManager.default.removeItem(atPath: "\(place.directory)/\(DemoSheet.ready)")
    let processes = sheets.flatMap { sheet in
      sheet.agencies.map { ($0.pid, $0.config) }
    }
    for (pid, word) in processes where isOurs(pid, word) { kill(pid, SIGTERM) }
    let end = ContinuousClock.now + .seconds(40)
    while processes.contains(where: { isOurs($0.0, $0.1) }), ContinuousClock.now < end {
      do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
    }
    for (pid, word) in processes where isOurs(pid, word) { kill(pid, SIGKILL) }
  }

  /// Whether a process is still the one that was noted: its command line has the word.
  static func isOurs(_ pid: Int32, _ word: String) -> Bool {
    guard pid > 1, pid != getpid(),
      let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
    else { return false }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.first.map { $0.hasSuffix("guantong") } == true && words.contains(word)
  }
}
