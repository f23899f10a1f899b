import Foundation

/// What waits for a reader after an outage: letters, each issued as one live step.
struct Backlog {
  let bench: Bench
  let pair: Pair
  /// How many letters.
  let count: Int
  /// How many change sets of other dossiers both have already.
  var behind = 0

  private var name: String { "backlog-\(count)" + (behind > 0 ? "-behind-\(behind)" : "") }

  /// Lays both nodes out as they are at the end of the outage: all letters at the writer, none at
  /// the reader, whose node does not run.
  func lay() throws {
    try pair.lay(name) {
      if behind > 0 {
        try pair.layEqual(changeSets: behind, bench.say)
        try pair.startClusters(areMeasured: false)
        try pair.startNodes()
      } else {
        try pair.found()
      }
      bench.say("preparing \(count) letters, once")
      let steps = Steps(of: pair.writer, for: pair.reader)
      let dossiers = try steps.open(max(4, count / 100))
      let letters = try steps.prepare(count, in: dossiers)
      try pair.untilCaughtUp()
      pair.reader.stop()
      try steps.issue(letters)
    }
  }

  /// The most memory of the two processes in MiB, once all has come.
  struct Peaks {
    let reader: Double
    let writer: Double
  }

  /// One catch-up: the reader's process is started, and its start is part of the time.
  func catchUp() throws -> (sample: Sample, peaks: Peaks) {
    try lay()
    try pair.startClusters()
    try pair.writer.start()
    try pair.writer.untilAnswers()
    let arrival = try Arrival(
      of: (pair.writerCluster, Pair.database), at: pair.readerCluster, Pair.database)
    let seconds = try arrival.time { try pair.reader.start() }
    let peaks = try Peaks(reader: pair.reader.peakMemory(), writer: pair.writer.peakMemory())
    try pair.untilCaughtUp()
    let sample = Sample(seconds: seconds, isEqual: try pair.areEqual())
    try pair.stop()
    return (sample, peaks)
  }
}
