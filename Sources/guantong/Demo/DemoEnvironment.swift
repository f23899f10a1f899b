import FoundationEssentials
import Subprocess

/// The environment of what the demo starts.
enum DemoEnvironment {
  /// What differs from that of this process: the `GUANTONG_…` of whoever started it are meant for
  /// another node, and would come before the files of the demo.
  static func changes(
    setting own: [Environment.Key: String],
    inherited names: [String] = Array(ProcessInfo.processInfo.environment.keys)
  ) -> [Environment.Key: String?] {
    var changes: [Environment.Key: String?] = [:]
    for name in names where name.hasPrefix("GUANTONG_") {
      guard let key = Environment.Key(rawValue: name) else { continue }
      changes.updateValue(nil, forKey: key)
    }
    for (key, value) in own { changes.updateValue(value, forKey: key) }
    return changes
  }
}
