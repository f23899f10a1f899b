package import Logging
import Synchronization

/// Writes log lines as JSON, one object a line.
///
/// `time`, `level`, `message` and `logger` come first, then the metadata. Callers log codes, ids,
/// counts and peers, never a title, a name or a text of a case.
package struct LogLines: LogHandler {
  /// The lowest level written.
  package var logLevel: Logger.Level
  /// What every line of this logger carries.
  package var metadata: Logger.Metadata = [:]
  /// Gives what a line carries by the task that writes it.
  package var metadataProvider: Logger.MetadataProvider?

  private let label: String
  private let time: TransportTime
  private let sink: @Sendable (String) -> Void

  /// Makes a handler.
  ///
  /// - Parameters:
  ///   - label: the logger's label.
  ///   - level: the lowest level written.
  ///   - time: the clock of the lines.
  ///   - sink: takes each whole line, newline included; called from any thread.
  package init(
    label: String, level: Logger.Level, time: TransportTime = .system,
    sink: @escaping @Sendable (String) -> Void
  ) {
    self.label = label
    logLevel = level
    self.time = time
    self.sink = sink
  }

  /// What every line carries under one key.
  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one line.
  package func log(event: LogEvent) {
    var fields = metadata
    fields.merge(metadataProvider?.get() ?? [:]) { _, new in new }
    fields.merge(event.metadata ?? [:]) { _, new in new }
    var line = "{\"time\":\(JSONText.quoted(time.text))"
    line += ",\"level\":\(JSONText.quoted(event.level.rawValue))"
    line += ",\"message\":\(JSONText.quoted(event.message.description))"
    line += ",\"logger\":\(JSONText.quoted(label))"
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      line += ",\(JSONText.quoted(key)):\(JSONText.quoted("\(value)"))"
    }
    sink(line + "}\n")
  }
}
