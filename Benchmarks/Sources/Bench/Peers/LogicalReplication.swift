import Foundation

/// PostgreSQL's own logical replication between two clusters.
struct LogicalReplication {
  let tables: PeerTables

  /// Publishes the tables and subscribes to them.
  func attach() throws {
    try tables.source.sql(
      """
      CREATE PUBLICATION bench FOR TABLE \(PeerTables.tables.joined(separator: ", "))
      WITH (publish = 'insert');
      """, in: tables.database)
    try tables.target.sql(
      """
      CREATE SUBSCRIPTION bench CONNECTION '\(tables.source.connection(tables.database))'
      PUBLICATION bench WITH (copy_data = false);
      """, in: tables.database)
    try untilAttached()
  }

  /// Waits until the source streams to the target and has sent all it has.
  func untilAttached() throws {
    let written = try tables.source.sql("SELECT pg_current_wal_flush_lsn();", in: tables.database)
    let question = """
      SELECT count(*) FROM pg_stat_replication
      WHERE state = 'streaming' AND sent_lsn >= '\(written)';
      """
    try Program.wait("the subscription streams") {
      try tables.source.sql(question, in: tables.database) == "1"
    }
  }

  /// One catch-up after an outage: seconds from enabling the subscription until all is visible.
  ///
  /// Between its runs it rests, so that it takes nothing from the others.
  func catchUp() throws -> Sample {
    try resume()
    try untilAttached()
    try suspend()
    try tables.clear()
    try tables.fill()
    let arrival = try Arrival(
      of: (tables.source, tables.database), at: tables.target, tables.database)
    // The launcher starts no worker within 5 s of the one before (wal_retrieve_retry_interval).
    Thread.sleep(forTimeInterval: 6)
    let seconds = try arrival.time(resume)
    try suspend()
    return Sample(seconds: seconds, isEqual: try tables.areEqual())
  }

  private func resume() throws {
    try tables.target.sql("ALTER SUBSCRIPTION bench ENABLE;", in: tables.database)
  }

  /// The outage.
  private func suspend() throws {
    try tables.target.sql("ALTER SUBSCRIPTION bench DISABLE;", in: tables.database)
    try Program.wait("the subscription rests") {
      try tables.source.sql("SELECT count(*) FROM pg_stat_replication;", in: tables.database) == "0"
    }
  }
}
