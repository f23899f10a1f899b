import FoundationEssentials
import Glibc

/// One input handed to its parser and watched.
///
/// A parser fails when what it takes encodes to other bytes, but for the fields of a later build
/// where a message passes those over (`Outcome.of`), when it hangs, or when it needs more
/// than 64 MiB; a crash ends the program.
package enum Trial {
  #if DEBUG
    /// Processor time from which an input hangs a parser: a second, ten times that where nothing is
    /// optimised.
    package static let timeMax: Duration = .seconds(10)
  #else
    /// Processor time from which an input hangs a parser.
    package static let timeMax: Duration = .seconds(1)
  #endif
  /// Bytes that one input may take: eight times the largest page.
  package static let memoryMax = 64 << 20

  /// What is wrong with an outcome; nil when nothing is.
  package static func flaw(of outcome: Outcome, for bytes: [UInt8]) -> String? {
    switch outcome {
    case .refused, .stable: nil
    case .lawful(let encoded):
      encoded == bytes ? nil : "taken, and encoded to \(encoded.count) other bytes"
    case .unstable(let what): "read again it is something else: \(what)"
    }
  }

  /// Runs an input; nil when all is well.
  package static func flaw(of input: Input) async throws -> String? {
    let (before, began) = (try Memory.startingPeak(), processorTime())
    let outcome = await input.entry.outcome(input.bytes)
    let (peak, took) = (try Memory.peak(), processorTime() - began)
    if let flaw = flaw(of: outcome, for: input.bytes) { return flaw }
    if took >= timeMax { return "took \(took)" }
    if peak - before > memoryMax { return "took \((peak - before) >> 20) MiB" }
    return nil
  }

  private static func processorTime() -> Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

/// The resident memory of this process as the kernel counts it.
enum Memory {
  struct Unknown: Error {}

  /// Begins a new peak at what is resident now, and gives that.
  static func startingPeak() throws -> Int {
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    return try peak()
  }

  /// The most that was resident since the last beginning.
  static func peak() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let number = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Unknown() }
    return number << 10
  }
}
