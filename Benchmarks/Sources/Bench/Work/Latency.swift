import Foundation

/// W2: how long after its commit at one side a step is visible at the other, at 50 steps a second.
struct Latency {
  let bench: Bench

  private static let full = 1_500
  private static let pause = Duration.milliseconds(20)
  /// Steps at the beginning that only warm up.
  private static let warming = 50

  private var count: Int { bench.scaled(Self.full, least: 100) + Self.warming }

  func run() throws -> [WorkResult] {
    try bench.withPeerTables("replicated") { tables in
      let pair = bench.makePair()
      defer { try? pair.stop() }
      _ = try pair.attach(letters: count, bench.say)
      try tables.make(like: pair)
      try LogicalReplication(tables: tables).attach()
      var (ours, theirs): ([[Double]], [[Double]]) = ([], [])
      var areEqual = true
      for round in 0...bench.pairs {
        let own = try issue(pair.attach(letters: count, bench.say), pair)
        try pair.untilCaughtUp()
        areEqual = try pair.areEqual() && areEqual
        let other = try insert(tables)
        try LogicalReplication(tables: tables).untilAttached()
        areEqual = try tables.areEqual() && areEqual
        bench.say("W2 round \(round): \(own.percentile(0.5)) and \(other.percentile(0.5)) ms")
        // The first round of both only warms up.
        if round > 0 { (ours, theirs) = (ours + [own], theirs + [other]) }
      }
      return try [(0.5, "p50", 5.0), (0.99, "p99", 25.0)].map { part, name, most in
        try WorkResult(
          "W2", "\(name), commit to visible, 50 steps/s", beside: "logical replication",
          unit: "ms", ours: ours.map { $0.percentile(part) },
          theirs: theirs.map { $0.percentile(part) }, areEqual: areEqual, goal: "≤ \(most) ms",
          isMet: { median, _ in median <= most })
      }
    }
  }

  /// Milliseconds from side to side of our steps.
  private func issue(_ letters: [Steps.Letter], _ pair: Pair) throws -> [Double] {
    let documents = letters.map {
      DocumentKey(dossier: $0.dossier, author: pair.writer.code, id: $0.draft)
    }
    let connection = try pair.writer.connection()
    return try watch(
      documents, (pair.writerCluster, Pair.database), (pair.readerCluster, Pair.database)
    ) { index in try Steps.issue(letters[index], over: connection) }
  }

  /// Milliseconds from side to side of the peer's steps.
  private func insert(_ tables: PeerTables) throws -> [Double] {
    let documents = (0..<count).map { _ in PeerSteps.document() }
    let session = try Session(tables.source, tables.database)
    defer { session.close() }
    return try watch(
      documents, (tables.source, tables.database), (tables.target, tables.database)
    ) { index in _ = try session.ask(PeerSteps.insertion(of: documents[index], seed: index)) }
  }

  private func watch(
    _ documents: [DocumentKey], _ here: (Cluster, String), _ there: (Cluster, String),
    _ step: (Int) throws -> Void
  ) throws -> [Double] {
    let start = ContinuousClock.now + .milliseconds(500)
    let near = VisibleDocuments(documents, on: here.0, here.1, from: start, every: Self.pause)
    let far = VisibleDocuments(documents, on: there.0, there.1, from: start, every: Self.pause)
    for index in documents.indices {
      let due = start + Self.pause * index
      Thread.sleep(forTimeInterval: max(0, (due - .now).seconds))
      try step(index)
    }
    let latencies = try zip(near.all(), far.all()).map { max(0, ($1 - $0).seconds * 1_000) }
    return Array(latencies.dropFirst(Self.warming))
  }
}
