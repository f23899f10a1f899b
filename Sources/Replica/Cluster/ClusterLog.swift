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

  /// Whether the disk was full, by what the server and its programs say of themselves.
  ///
  /// They run with `LC_ALL=C`, so that the words are the same everywhere, and end a message with
  /// the system's own, or with how much of a block they could still write. The error of a statement
  /// is none of theirs: whoever sends statements also chooses words of it.
  var isDiskFull: Bool {
    lines.contains { line in
      !line.hasPrefix("ERROR:")
        && (line.hasSuffix(": No space left on device")
          || line.contains(/: wrote only [0-9]+ of [0-9]+ bytes( at block [0-9]+)?$/))
    }
  }

  /// What the end of the cluster, or of a program that works in a directory, means.
  ///
  /// Not everything that fails for want of room says so: where there is none left, that is why.
  func explanation(of object: String, in directory: String) -> ReplicaError {
    if isDiskFull || Files.isFull(directory) {
      return ReplicaError(
        .diskFull, object: object, reason: "the disk is full", words: "replica.full",
        hint: "make room and start again")
    }
    guard let fault = lastFailure else {
      return ReplicaError(
        .clusterFailed, object: object, reason: "ended without a word", words: "replica.silent")
    }
    if lines.contains(where: { $0.contains("Permission denied") }) {
      return ReplicaError(
        .wrongModes, object: object, reason: fault, words: "replica.denied",
        values: ["fault": fault],
        hint: "the cluster's files belong to the user that runs it, mode 0700")
    }
    return ReplicaError(
      .clusterFailed, object: object, reason: fault, words: "replica.said",
      values: ["fault": fault])
  }

  private var lastFailure: String? {
    lines.last { $0.contains("FATAL") || $0.contains("PANIC") || $0.contains("error:") }
      ?? lines.last
  }
}
