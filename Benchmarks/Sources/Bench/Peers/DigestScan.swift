import Foundation

/// What compares two replicas without a protocol: all rows of both in order, each by its digest.
struct DigestScan {
  let here: Cluster
  let there: Cluster
  let database: String
  /// Where the digests are written.
  let directory: String

  /// The columns that both sides have alike; positions and times of storing are each side's own.
  private static let digests = """
    COPY (SELECT encode(id, 'hex'), md5((dossier, author, sequence, authored_at, header)::text)
    FROM ledger.change_set ORDER BY id) TO STDOUT
    """

  /// Scans both sides at the same time and compares.
  ///
  /// - Returns: the seconds it took, and the lines that are on one side only.
  func run() throws -> (seconds: Double, differing: [String]) {
    let begin = ContinuousClock.now
    let files = ["\(directory)/digests-here", "\(directory)/digests-there"]
    func scan(_ cluster: Cluster, _ file: String) -> String {
      let words = cluster.psql(database).joined(separator: "' '")
      return "'\(words)' -c \"\(Self.digests)\" >'\(file)'"
    }
    let script = """
      set -euo pipefail
      \(scan(here, files[0])) &
      \(scan(there, files[1]))
      wait $!
      cmp -s '\(files[0])' '\(files[1])' || comm -3 '\(files[0])' '\(files[1])'
      """
    let said = try Program.run(["bash", "-c", script])
    let seconds = (ContinuousClock.now - begin).seconds
    for file in files { try? FileManager.default.removeItem(atPath: file) }
    return (seconds, said.split(separator: "\n").map(String.init))
  }
}
