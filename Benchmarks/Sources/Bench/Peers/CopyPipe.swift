/// The physical limit: binary COPY of both tables out of one database and into the other.
struct CopyPipe {
  let tables: PeerTables

  /// One transfer of all rows that the source has.
  func transfer() throws -> Sample {
    try tables.clear()
    try tables.fill()
    let arrival = try Arrival(
      of: (tables.source, tables.database), at: tables.target, tables.database)
    let seconds = try arrival.time {
      for table in PeerTables.tables {
        try PeerTables.pipe(
          tables.source.psql(tables.database)
            + ["-c", "COPY \(table) TO STDOUT (FORMAT binary)"],
          tables.target.psql(tables.database)
            + ["-c", "COPY \(table) FROM STDIN (FORMAT binary)"])
      }
    }
    return Sample(seconds: seconds, isEqual: try tables.areEqual())
  }
}
