import Foundation

/// Two agencies, each with a node and a private cluster, that are in one directory.
///
/// Whatever takes long to prepare is kept as a copy of all files, so that every run begins at the
/// same place: `live` is where they run, `stock` holds the copies.
final class Pair {
  private let directory: String
  /// The agency that writes, and founded the directory.
  let writer: AgencyNode
  /// The agency that reads.
  let reader: AgencyNode
  /// The database of the first.
  let writerCluster: Cluster
  /// The database of the second.
  let readerCluster: Cluster
  /// The ports of the line over which the reader dials the writer, and of the writer.
  private let line: (near: Int, far: Int)?

  /// Names the two; with a line whoever runs them opens it before.
  init(in directory: String, program: String, portBase: Int, hasLine: Bool = false) {
    self.directory = directory
    let line = hasLine ? (near: portBase + 3, far: portBase + 1) : nil
    self.line = line
    let live = "\(directory)/live"
    writer = AgencyNode(
      "420300-FZB", in: "\(live)/a/node", program: program, ports: (portBase + 1, portBase + 11),
      dialled: line?.near)
    reader = AgencyNode(
      "420300-JW", in: "\(live)/b/node", program: program, ports: (portBase + 2, portBase + 12))
    writerCluster = Cluster(directory: "\(live)/a/pg", walLevel: "replica")
    readerCluster = Cluster(directory: "\(live)/b/pg", walLevel: "replica")
  }

  /// Opens the line, which counts what the reader asks of the writer.
  func openLine() throws -> CountingLine {
    guard let line else { throw BenchError("the two have no line between them") }
    return try CountingLine(at: line.near, to: line.far)
  }

  private var live: String { "\(directory)/live" }

  /// The published address of the line is in the copy, too.
  private func stock(_ name: String) -> String {
    "\(directory)/stock/\(name)" + (line.map { "-over-\($0.near)" } ?? "")
  }

  /// The database of nodes.
  static let database = "guantong"

  /// Brings the copy of that name to life, after making it by `prepare` when there is none.
  ///
  /// Afterwards nothing runs yet.
  func lay(_ name: String, prepare: () throws -> Void) throws {
    if !FileManager.default.fileExists(atPath: stock(name)) {
      try prepare()
      try stop()
      try FileManager.default.createDirectory(
        atPath: "\(directory)/stock", withIntermediateDirectories: true)
      try Program.run(["cp", "-a", live, "\(stock(name)).part"])
      try FileManager.default.moveItem(atPath: "\(stock(name)).part", toPath: stock(name))
    }
    try stop()
    try? FileManager.default.removeItem(atPath: live)
    try Program.run(["cp", "-a", stock(name), live])
    // What was just copied is on its way to the disk: the run shall not wait for it.
    try Program.run(["sync"])
  }

  /// Makes both from nothing and lets the second join the first; they run afterwards.
  func found() throws {
    try stop()
    try? FileManager.default.removeItem(atPath: live)
    for (node, cluster) in [(writer, writerCluster), (reader, readerCluster)] {
      try cluster.make()
      try cluster.start(isMeasured: false)
      try cluster.sql("CREATE DATABASE \(Self.database)", in: "postgres")
      try node.make(cluster, isRegistrar: node === writer)
      try node.start()
      try node.untilAnswers()
    }
    try writer.admit(reader)
    try writer.untilReady()
    try reader.untilReady()
  }

  /// Starts both clusters.
  func startClusters(areMeasured: Bool = true) throws {
    try writerCluster.start(isMeasured: areMeasured)
    try readerCluster.start(isMeasured: areMeasured)
  }

  /// Starts both nodes and waits until they may write.
  func startNodes() throws {
    try writer.start()
    try reader.start()
    try writer.untilAnswers()
    try reader.untilAnswers()
    try writer.untilReady()
    try reader.untilReady()
  }

  /// Stops all that runs.
  func stop() throws {
    writer.stop()
    reader.stop()
    try writerCluster.stop()
    try readerCluster.stop()
  }

  /// Whether both have the same rows of documents and items, and store as many change sets.
  func areEqual() throws -> Bool {
    let questions = PeerTables.tables.map(RowChecksum.question) + [Self.counting]
    return try questions.allSatisfy { question in
      try writerCluster.sql(question, in: Self.database)
        == readerCluster.sql(question, in: Self.database)
    }
  }

  /// Waits until the reader stores all that the writer does.
  func untilCaughtUp(seconds: Int = 7_200) throws {
    let all = try writerCluster.sql(Self.counting, in: Self.database)
    try Program.wait("the reader has caught up", seconds: seconds, every: .milliseconds(500)) {
      try readerCluster.sql(Self.counting, in: Self.database) == all
    }
  }

  /// Asks how many change sets a node stores.
  static let counting = "SELECT count(*) FROM ledger.change_set;"
}
