import Foundation

/// The moment at which all rows of some work are visible on a side, for us and for peers alike.
///
/// The last document is looked for every few milliseconds by its key, which costs next to nothing;
/// only when it is there are the rows counted.
struct Arrival {
  /// The side that is watched.
  let cluster: Cluster
  /// Its database.
  let database: String
  /// The document that was written last.
  let last: DocumentKey
  /// How many documents and items there must be.
  let counts: String

  static let counting = """
    SELECT (SELECT count(*) FROM casework.document) || ' ' || (SELECT count(*) FROM casework.item);
    """

  /// What is expected of a side where the writing side has all of it.
  init(of origin: (cluster: Cluster, database: String), at cluster: Cluster, _ database: String)
    throws
  {
    self.cluster = cluster
    self.database = database
    let newest = """
      SELECT encode(dossier, 'hex'), author, id FROM casework.document
      ORDER BY authored_at DESC, id DESC LIMIT 1;
      """
    last = try DocumentKey(row: origin.cluster.sql(newest, in: origin.database))
    counts = try origin.cluster.sql(Self.counting, in: origin.database)
  }

  /// How long `begin` and what it sets off take until all is there.
  func time(within seconds: Int = 1_800, _ begin: () throws -> Void) throws -> Double {
    let session = try Session(cluster, database)
    defer { session.close() }
    _ = try session.ask(last.question)
    let start = ContinuousClock.now
    try begin()
    try Program.wait("all rows arrive", seconds: seconds, every: .milliseconds(5)) {
      try session.ask(last.question) == "1"
    }
    try Program.wait("all rows arrive", seconds: seconds, every: .milliseconds(20)) {
      try session.ask(Self.counting) == counts
    }
    return (ContinuousClock.now - start).seconds
  }
}

/// What names a document in the tables of a node.
struct DocumentKey: Sendable {
  let dossier: String
  let author: String
  let id: String

  init(dossier: String, author: String, id: String) {
    self.dossier = dossier
    self.author = author
    self.id = id
  }

  /// Reads a row of psql: dossier, author and id.
  init(row: String) throws {
    let fields = row.split(separator: "|").map(String.init)
    guard fields.count == 3 else { throw BenchError("no document in: \(row)") }
    self.init(dossier: fields[0], author: fields[1], id: fields[2])
  }

  /// Asks whether it is there: 1 or 0.
  var question: String {
    """
    SELECT count(*) FROM casework.document
    WHERE dossier = '\\x\(dossier)' AND author = '\(author)' AND id = '\(id)';
    """
  }
}
