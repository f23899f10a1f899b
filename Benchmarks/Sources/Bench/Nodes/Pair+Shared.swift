/// Two nodes that share many dossiers, with letters in others that only wait to be issued.
extension Pair {
  /// Lays them out; nothing runs yet.
  func layShared(dossiers: Int, letters: Int, _ say: (String) -> Void) throws {
    try lay("shared-\(dossiers)-\(letters)") {
      say("preparing \(dossiers) shared dossiers and \(letters) letters, once")
      try found()
      // A reader that catches up costs less than one that follows each step.
      reader.stop()
      let steps = Steps(of: writer, for: reader)
      try steps.openAndAdmit(dossiers)
      _ = try steps.prepare(letters, in: steps.open(max(4, letters / 10)))
      try reader.start()
      try reader.untilAnswers()
      try untilCaughtUp()
      for cluster in [writerCluster, readerCluster] {
        try cluster.sql("VACUUM (ANALYZE);", in: Self.database)
      }
    }
  }

  /// The ids of some dossiers that ``layShared(dossiers:letters:_:)`` made, from everywhere among
  /// all, and none in which letters are written.
  func sharedDossiers(_ count: Int) throws -> [String] {
    let question = """
      SELECT encode(dossier, 'hex') FROM casework.dossier WHERE title LIKE '样例 %'
      ORDER BY md5(dossier) LIMIT \(count);
      """
    let found = try writerCluster.sql(question, in: Self.database).split(separator: "\n")
    guard found.count == count else { throw BenchError("there are only \(found.count) dossiers") }
    return found.map(String.init)
  }
}
