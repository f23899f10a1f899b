import FoundationEssentials
import Subprocess
import SystemPackage

/// One side of the published reference of negentropy version 1.
///
/// It is the reference's own JavaScript harness, run by Node.js out of a copy of its repository;
/// nothing of it is part of this project.
package enum ReferenceNegentropy {
  /// The variable that names the copy of github.com/hoytech/negentropy.
  package static let variable = "GUANTONG_NEGENTROPY"

  /// The harness; nil where the variable is not set or names no copy.
  package static var harness: String? {
    guard let folder = ProcessInfo.processInfo.environment[variable] else { return nil }
    let path = "\(folder)/test/js/harness.js"
    return FileManager.default.isReadableFile(atPath: path) ? path : nil
  }

  /// What the harness says that is none of its protocol.
  package struct Unexpected: Error {
    /// The line.
    package let line: String
  }

  /// What it answers to one line.
  package struct Answer: Sendable {
    /// The next message in hex; nil when it has nothing more to ask.
    package var message: String?
    /// Items that only it has, as it learnt from this message.
    package var have: [String] = []
    /// Items that only the other side has.
    package var need: [String] = []
  }

  /// Speaks with a side that holds these items; `say` takes a line and gives the answer to it:
  /// `initiate`, or `msg,` with a message in hex.
  ///
  /// - Parameters:
  ///   - items: the ids in hex; every timestamp is 0.
  ///   - frameBytesMax: the most bytes of a message; 0 for any number.
  ///   - body: the conversation.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws, or that the harness could not be run.
  package static func withSide<Result: Sendable>(
    holding items: [String], frameBytesMax: Int,
    _ body: (_ say: (String) async throws -> Answer) async throws -> Result
  ) async throws -> Result {
    guard let harness else { throw Unexpected(line: "\(variable) is not set") }
    let run = try await Subprocess.run(
      .name("node"), arguments: [harness],
      environment: .inherit.updating(["FRAMESIZELIMIT": "\(frameBytesMax)"]),
      input: .inputWriter, output: .sequence, error: .currentStandardError
    ) { execution in
      let writer = execution.standardInputWriter
      var lines = execution.standardOutput.strings(
        bufferingPolicy: .maxLineLength(1 << 24)
      ).makeAsyncIterator()
      let list = items.map { "item,0,\($0)\n" }.joined() + "seal\n"
      _ = try await writer.write(list)
      let result = try await body { line in
        _ = try await writer.write("\(line)\n")
        var answer = Answer()
        while let said = try await lines.next() {
          let words = said.split(separator: ",", maxSplits: 1).map(String.init)
          switch words.first {
          case "have": answer.have.append(words[1])
          case "need": answer.need.append(words[1])
          case "msg":
            answer.message = words.count == 2 ? words[1] : ""
            return answer
          case "done": return answer
          default: throw Unexpected(line: said)
          }
        }
        throw Unexpected(line: "the harness has ended")
      }
      try await writer.finish()
      return result
    }
    return run.closureResult
  }
}
