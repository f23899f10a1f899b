import Foundation

/// Several agencies in one directory, each with a node and a private cluster.
final class Province {
  /// One agency.
  struct Member {
    let node: AgencyNode
    let cluster: Cluster
  }

  /// All of them; the first is the registrar, and writes.
  let members: [Member]
  private let directory: String

  /// Agencies below a directory; nothing is made yet.
  init(of count: Int, in directory: String, program: String, portBase: Int) {
    self.directory = directory
    members = (0..<count).map { index in
      let code = index == 0 ? "420300-FZB" : "4203\(index < 10 ? "0" : "")\(index)-JW"
      let place = "\(directory)/\(index)"
      return Member(
        node: AgencyNode(
          code, in: "\(place)/node", program: program,
          ports: (portBase + 20 + index, portBase + 50 + index)),
        cluster: Cluster(directory: "\(place)/pg", walLevel: "replica"))
    }
  }

  var writer: AgencyNode { members[0].node }
  var readers: ArraySlice<Member> { members.dropFirst() }

  /// Makes all from nothing; afterwards they run and are in one directory.
  func found() throws {
    try stop()
    try? FileManager.default.removeItem(atPath: directory)
    for member in members {
      try member.cluster.make()
      try member.cluster.start()
      try member.cluster.sql("CREATE DATABASE \(Pair.database)", in: "postgres")
      try member.node.make(member.cluster, isRegistrar: member.node === writer)
      try member.node.start()
      try member.node.untilAnswers()
    }
    for reader in readers { try writer.admit(reader.node) }
    for member in members { try member.node.untilReady() }
  }

  /// Waits until every reader stores all that the writer does.
  func untilCaughtUp(seconds: Int = 7_200) throws {
    let all = try members[0].cluster.sql(Pair.counting, in: Pair.database)
    for reader in readers {
      try Program.wait("\(reader.node.code) has caught up", seconds: seconds) {
        try reader.cluster.sql(Pair.counting, in: Pair.database) == all
      }
    }
  }

  /// Whether all have the same rows of documents and items.
  func areEqual() throws -> Bool {
    try PeerTables.tables.map(RowChecksum.question).allSatisfy { question in
      let own = try members[0].cluster.sql(question, in: Pair.database)
      return try readers.allSatisfy { try $0.cluster.sql(question, in: Pair.database) == own }
    }
  }

  /// Stops all that runs.
  func stop() throws {
    for member in members { member.node.stop() }
    for member in members { try member.cluster.stop() }
  }
}
