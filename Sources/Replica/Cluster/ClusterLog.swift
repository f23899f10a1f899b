/// The last lines that the cluster or one of its programs said, and what they mean.
struct ClusterLog: Sendable {
  private var lines: [String] = []

  init() {}

  init(output: String) {
    for line in output.split(whereSeparator: \.isNewline) { append(String(line)) }
  }

  mutating func append(_ line: String) {
    lines.append(line.filter { !$0.isNewline })
    if lines.count > Limits.clusterLogLinesKept { lines.removeFirst() }
  }

  /// The programs run with `LC_ALL=C`, so that the words are the same everywhere.
  var isDiskFull: Bool { lines.contains { $0.contains("No space left on device") } }

  func explanation(of object: String) -> ReplicaError {
    if isDiskFull {
      return ReplicaError(
        .diskFull, object: object, reason: "the disk is full", hint: "make room and start again")
    }
    if lines.contains(where: { $0.contains("Permission denied") }) {
      return ReplicaError(
        .wrongModes, object: object, reason: lastFailure,
        hint: "the cluster's files belong to the user that runs it, mode 0700")
    }
    return ReplicaError(.clusterFailed, object: object, reason: lastFailure)
  }

  private var lastFailure: String {
    lines.last { $0.contains("FATAL") || $0.contains("PANIC") || $0.contains("error:") }
      ?? lines.last ?? "ended without a word"
  }
}
