/// Two nodes that store as many change sets as a work item asks for, two to a dossier.
extension Pair {
  /// Lays them out with equal contents; nothing runs yet.
  func layEqual(changeSets count: Int, _ say: (String) -> Void) throws {
    try lay("equal-\(count)") {
      say("preparing \(count) change sets on both sides, once")
      try found()
      try Steps(of: writer, for: reader).openAndAdmit(count / 2)
      try untilCaughtUp(seconds: 24 * 3_600)
      for cluster in [writerCluster, readerCluster] {
        try cluster.sql("VACUUM (ANALYZE);", in: Self.database)
      }
    }
  }
}
