import Crypto
import Testing

/// The rules over the whole tree; each failure lists the lines to mend.
@Suite struct TreeTests {
  private func expectNone(_ violations: [Violation], _ location: SourceLocation = #_sourceLocation)
  {
    #expect(
      violations.isEmpty,
      "\n\(violations.map(\.description).joined(separator: "\n"))", sourceLocation: location)
  }

  private func swift(in folder: String) -> [SourceFile] {
    SourceTree.swift.filter { $0.path.hasPrefix(folder) }
  }

  @Test func `the tree is found and read`() {
    #expect(SourceTree.files.contains { $0.path == "Package.swift" })
    #expect(swift(in: "Sources/").count > 100)
    #expect(SourceTree.files.contains { $0.path == "deploy/test" })
  }

  @Test func `no line is longer than a hundred columns`() {
    let endings = [".swift", ".sql", ".proto"]
    let scripts = ["Benchmarks/run", "Benchmarks/micro", "Benchmarks/growth"]
    expectNone(
      SourceTree.files.filter { file in
        !file.isGenerated
          && (endings.contains { file.path.hasSuffix($0) } || file.path.hasPrefix("deploy/")
            || scripts.contains(file.path))
      }.flatMap(Rules.longLines))
  }

  @Test func `no file is longer than six hundred lines`() {
    expectNone(SourceTree.swift.flatMap(Rules.longFile))
  }

  @Test func `no function is longer than seventy lines`() {
    expectNone(SourceTree.swift.flatMap(Rules.longFunctions))
  }

  @Test func `nothing says that it is unfinished`() {
    let folders = [
      "Sources/", "Tests/", "Benchmarks/", "Schema/", "deploy/", ".ci/", "Package.swift",
    ]
    expectNone(
      SourceTree.files.filter { file in
        !file.isGenerated && folders.contains { file.path.hasPrefix($0) }
          && !file.path.contains("/Vectors/")
      }.flatMap(Rules.unfinished))
  }

  @Test func `names of types and files say what they are`() {
    expectNone(SourceTree.swift.flatMap(Rules.emptyTypeNames))
    expectNone(SourceTree.swift.flatMap(Rules.emptyFileNames))
  }

  @Test func `every declaration for other modules is documented by a sentence`() {
    let requirements = Rules.wellKnownRequirements
      .union(SourceTree.swift.flatMap(Rules.requirements))
    expectNone(
      (swift(in: "Sources/") + swift(in: "Tests/"))
        .flatMap { Rules.undocumented($0, requirements: requirements) })
  }

  @Test func `nothing is visible outside the package`() {
    expectNone(SourceTree.swift.flatMap(Rules.outsideAccess))
  }

  @Test func `only the module Postgres has unsafe code`() {
    expectNone(
      swift(in: "Sources/").filter { $0.module != "Postgres" }.flatMap(Rules.unsafeCode))
  }

  @Test func `libraries do not print`() {
    expectNone(
      swift(in: "Sources/").filter { $0.module != "guantong" }.flatMap(Rules.printing))
  }

  @Test func `imports follow the arrows of the layers`() {
    expectNone(SourceTree.swift.flatMap(Rules.layers))
    expectNone(SourceTree.swift.flatMap(Rules.foundation))
  }

  @Test func `the protocol has no clock, no chance, no files and no tasks of its own`() {
    expectNone(SourceTree.swift.flatMap(Rules.impurities))
  }

  @Test func `tests are named by sentences and can fail`() {
    let tests = swift(in: "Tests/")
    let checks = Set(tests.flatMap(Rules.checks))
    expectNone(tests.flatMap { Rules.tests($0, checks: checks) })
  }

  @Test func `tests do not sleep`() {
    expectNone(swift(in: "Tests/").flatMap(Rules.sleeps))
  }

  @Test func `no file names a folder of one machine`() {
    expectNone(SourceTree.files.flatMap(Rules.machinePaths))
  }

  @Test func `generated code belongs to the schema as it is`() throws {
    let record = try #require(
      SourceTree.files.first { $0.path == "Sources/Wire/generated.sha256" })
    let recorded = record.lines.filter { !$0.isEmpty }.map { line in
      line.split(separator: " ").map(String.init)
    }
    let schemas = SourceTree.files.filter {
      $0.path.hasPrefix("Schema/wire/") && $0.path.hasSuffix(".proto")
    }
    #expect(schemas.count >= 3)
    #expect(
      recorded.compactMap(\.last).sorted()
        == schemas.map { String($0.path.dropFirst("Schema/wire/".count)) })
    for schema in schemas {
      let digest = SHA256.hash(data: schema.bytes).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
      #expect(
        recorded.contains { $0.first == digest && schema.path.hasSuffix("/\($0.last ?? "")") },
        "\(schema.path) changed: run Schema/wire/generate")
    }
  }
}
