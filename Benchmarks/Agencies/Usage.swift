import Foundation

/// What this process has used so far.
enum Usage {
  /// Processor time, in microseconds.
  static var processor: Double { Double(clock()) }

  /// Memory that it holds, in MiB.
  static var memory: Double {
    let status = String(
      decoding: FileManager.default.contents(atPath: "/proc/self/status") ?? Data(), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? .nan) / 1_024
  }

  /// Does something and tells the processor time it took, in microseconds.
  static func measured<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, microseconds: Double) {
    let began = processor
    let result = try body()
    return (result, processor - began)
  }
}
