import Foundation

/// One connection to a database that stays open, for questions that are asked thousands of times.
///
/// It is a psql on two pipes: a question costs a round trip on the socket and two on the pipes.
final class Session {
  private static let mark = "--answered--"
  private let process: Process
  private let input: FileHandle
  private let output: FileHandle
  private var unread: [UInt8] = []

  init(_ cluster: Cluster, _ database: String) throws {
    let (questions, answers) = (Pipe(), Pipe())
    process = Program.process(cluster.psql(database))
    process.standardInput = questions
    process.standardOutput = answers
    try process.run()
    input = questions.fileHandleForWriting
    output = answers.fileHandleForReading
  }

  /// Asks and waits for the answer, without its last line feed.
  func ask(_ statements: String) throws -> String {
    try input.write(contentsOf: Data("\(statements)\n\\echo \(Self.mark)\n".utf8))
    let end = Array("\(Self.mark)\n".utf8)
    while !unread.ends(with: end) {
      let bytes = output.availableData
      guard !bytes.isEmpty else { throw BenchError("psql ended at: \(statements)") }
      unread += bytes
    }
    let answer = unread.dropLast(end.count + 1)
    defer { unread = [] }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Ends it.
  func close() {
    try? input.close()
    process.waitUntilExit()
  }
}

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool {
    count >= other.count && suffix(other.count).elementsEqual(other)
  }
}
