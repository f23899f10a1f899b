import Foundation

/// What every work item needs to know of the run.
struct Bench {
  /// The guantong under measurement, built for release.
  let program: String
  /// Where clusters, nodes and their copies are.
  let directory: String
  /// The first of the ports of nodes.
  let portBase: Int
  /// The part of the full size.
  let scale: Double
  /// How many times each side runs after its warm-up.
  let pairs: Int
  /// Whether every work item runs: what takes hours is then smaller.
  let isEverything: Bool

  /// A number of the full size, scaled; at least `least`.
  func scaled(_ full: Int, least: Int) -> Int {
    max(least, Int((Double(full) * scale).rounded()))
  }

  /// The two nodes.
  func makePair(hasLine: Bool = false) -> Pair {
    Pair(in: directory, program: program, portBase: portBase, hasLine: hasLine)
  }

  /// Two clusters for a peer, made anew and running.
  func withPeerTables<Result>(
    _ name: String, _ body: (PeerTables) throws -> Result
  ) throws -> Result {
    let place = "\(directory)/peers"
    let tables = PeerTables(
      source: Cluster(directory: "\(place)/a", walLevel: "logical"),
      target: Cluster(directory: "\(place)/b", walLevel: "logical"), database: name)
    let clusters = [tables.source, tables.target]
    for cluster in clusters { try cluster.stop() }
    try? FileManager.default.removeItem(atPath: place)
    for cluster in clusters {
      try cluster.make()
      try cluster.start()
    }
    defer { for cluster in clusters { try? cluster.stop() } }
    return try body(tables)
  }

  /// Tells how far it is, on standard error.
  func say(_ words: String) {
    FileHandle.standardError.write(Data("── \(words)\n".utf8))
  }
}
