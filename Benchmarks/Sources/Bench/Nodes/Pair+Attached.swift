/// Two nodes in good contact, with dossiers that both have and letters that only wait to be issued.
extension Pair {
  /// Lays them out and starts them.
  func attach(letters count: Int, _ say: (String) -> Void) throws -> [Steps.Letter] {
    try lay("attached-\(count)") {
      say("preparing \(count) letters to be issued, once")
      try found()
      let steps = Steps(of: writer, for: reader)
      _ = try steps.prepare(count, in: steps.open(max(4, count / 100)))
      try untilCaughtUp()
    }
    try startClusters()
    try startNodes()
    return try signedLetters()
  }

  /// The letters of the writer that only have to be issued, in the order of their drafts.
  func signedLetters() throws -> [Steps.Letter] {
    let drafts = """
      SELECT id || ' ' || encode(dossier, 'hex') FROM office.draft WHERE state = 'signed'
      ORDER BY created_at, id;
      """
    return try writerCluster.sql(drafts, in: Self.database).split(separator: "\n").map { row in
      let fields = row.split(separator: " ").map(String.init)
      return Steps.Letter(draft: fields[0], dossier: fields[1])
    }
  }
}
