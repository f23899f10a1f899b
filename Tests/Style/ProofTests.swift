import Testing

/// The table of promises and their proofs, held against the tests there are.
@Suite struct ProofTests {
  private struct Row {
    let name: String
    let proof: String
    let last: String
  }

  private func rows() throws -> [Row] {
    let path = "Sources/guantong/Guantong.docc/Proofs.md"
    let page = try #require(SourceTree.files.first { $0.path == path })
    return page.lines.filter { $0.hasPrefix("| S") || $0.hasPrefix("| T") }.map { line in
      let cells = line.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      return Row(
        name: cells.first ?? "", proof: cells.count > 2 ? cells[2] : "",
        last: cells.count > 3 ? cells[3] : "")
    }
  }

  private let tests = Set(
    SourceTree.swift.filter { $0.path.hasPrefix("Tests/") }.flatMap(\.lines).compactMap { line in
      let parts = line.split(separator: "`", omittingEmptySubsequences: false)
      return parts.count >= 3 && parts[0].hasSuffix("func ") ? String(parts[1]) : nil
    })

  @Test func `every scenario and every threat has its row`() throws {
    let expected = (1...22).map { "S\($0)" } + (1...17).map { "T\($0)" }
    #expect(try rows().map(\.name) == expected)
  }

  /// How the names of the tests of a promise begin: `scenario S6 `, `security T3 `.
  private static func mark(of promise: String) -> String {
    "\(promise.hasPrefix("S") ? "scenario" : "security") \(promise) "
  }

  @Test func `the scenarios S1 to S18 and the threats T1 to T14 have proofs named after them`()
    throws
  {
    let proofs = Dictionary(uniqueKeysWithValues: try rows().map { ($0.name, $0.proof) })
    for promise in (1...18).map({ "S\($0)" }) + (1...14).map({ "T\($0)" }) {
      let proof = try #require(proofs[promise])
      #expect(proof.hasPrefix("`\(Self.mark(of: promise))"), "\(promise): \(proof)")
    }
  }

  @Test func `a proof begins with its promise, and so does no test of another`() throws {
    let rows = try rows()
    for row in rows where row.proof.hasPrefix("`") {
      #expect(row.proof.dropFirst().hasPrefix(Self.mark(of: row.name)), "\(row.proof)")
    }
    let marks = rows.map { Self.mark(of: $0.name) }
    for test in tests where test.hasPrefix("scenario ") || test.hasPrefix("security ") {
      #expect(marks.contains { test.hasPrefix($0) }, "\(test)")
    }
  }

  @Test func `every proof is a test that exists, or says that there is none yet`() throws {
    #expect(tests.count > 500)
    for row in try rows() {
      let isTest = row.proof.hasPrefix("`") && row.proof.hasSuffix("`")
      let name = String(row.proof.dropFirst().dropLast())
      #expect(isTest ? tests.contains(name) : row.proof.hasPrefix("not yet"), "\(row.name)")
      #expect(row.last == "—" || row.last.hasSuffix(" s"), "\(row.name)")
      #expect(isTest || row.last == "—", "\(row.name)")
    }
  }
}
