import Foundation

/// The tables of the peers: those that a node keeps for documents and items, made from the node's
/// own definition, in a database on each of two private clusters.
struct PeerTables {
  /// Where rows are written.
  let source: Cluster
  /// Where they should appear.
  let target: Cluster
  /// The name of the database on both.
  let database: String

  static let tables = ["casework.document", "casework.item"]

  /// The same in another database, so that what one peer does is nothing to the others.
  func inOther(_ database: String) -> PeerTables {
    PeerTables(source: source, target: target, database: database)
  }

  /// Makes the database and the tables on both sides as the nodes of `pair` have them, whose first
  /// cluster runs.
  func make(like pair: Pair) throws {
    let definition = try Program.run(
      [
        "\(Program.postgres)/pg_dump", "--schema-only", "--no-owner", "--no-privileges",
        "--no-comments", "-h", pair.writerCluster.directory, "-U", "postgres",
      ] + Self.tables.flatMap { ["-t", $0] } + [Pair.database])
    for cluster in [source, target] {
      try cluster.sql("CREATE DATABASE \(database)", in: "postgres")
      try cluster.sql("CREATE SCHEMA casework;\n\(definition)", in: database)
    }
  }

  /// Copies the rows of the writer of `pair` into a stock at the source, from which
  /// ``fill()`` makes transactions.
  func stock(from pair: Pair) throws {
    try source.sql(Self.stocking, in: database)
    for table in ["document", "item"] {
      let from =
        pair.writerCluster.psql(Pair.database) + ["-c", "COPY casework.\(table) TO STDOUT"]
      let into = source.psql(database) + ["-c", "COPY stock.\(table) FROM STDIN"]
      try Self.pipe(from, into)
    }
    try source.sql("ANALYZE stock.document; ANALYZE stock.item;", in: database)
  }

  /// Writes the stock into the tables, one transaction for each document with its items.
  ///
  /// This is preparation and measured nowhere, so it does not wait for the disk.
  func fill() throws {
    try source.sql("SET synchronous_commit = off; CALL stock.fill();", in: database)
    try source.sql("CHECKPOINT;", in: database)
  }

  /// Empties the tables on both sides, without telling any trigger.
  func clear() throws {
    for cluster in [source, target] {
      try cluster.sql(
        """
        SET session_replication_role = replica;
        TRUNCATE \(Self.tables.joined(separator: ", "));
        """, in: database)
    }
    try target.sql("CHECKPOINT;", in: database)
  }

  /// Whether both sides have the same rows.
  func areEqual() throws -> Bool {
    try Self.tables.allSatisfy { table in
      let question = RowChecksum.question(table)
      return try source.sql(question, in: database) == target.sql(question, in: database)
    }
  }

  /// Runs one program into another.
  static func pipe(_ from: [String], _ into: [String]) throws {
    func quoted(_ words: [String]) -> String {
      words.map { "'\($0.replacingOccurrences(of: "'", with: "'\\''"))'" }.joined(separator: " ")
    }
    try Program.run(["bash", "-o", "pipefail", "-c", "\(quoted(from)) | \(quoted(into))"])
  }

  private static let stocking = """
    CREATE SCHEMA stock;
    CREATE TABLE stock.document (LIKE casework.document INCLUDING ALL);
    CREATE TABLE stock.item (LIKE casework.item INCLUDING ALL);
    CREATE INDEX ON stock.item (document);
    CREATE PROCEDURE stock.fill() LANGUAGE plpgsql AS $$
    DECLARE
      place record;
    BEGIN
      FOR place IN SELECT dossier, author, id FROM stock.document ORDER BY authored_at, id LOOP
        INSERT INTO casework.document SELECT * FROM stock.document AS s
          WHERE s.dossier = place.dossier AND s.author = place.author AND s.id = place.id;
        INSERT INTO casework.item SELECT * FROM stock.item AS s WHERE s.document = place.id;
        COMMIT;
      END LOOP;
    END $$;
    """
}
