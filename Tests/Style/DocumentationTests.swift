import Testing

/// What the documents say about the tree, held against it.
@Suite struct DocumentationTests {
  private let modules = Set(SourceTree.files.compactMap(\.module)).sorted()

  private func file(_ path: String) throws -> SourceFile {
    try #require(SourceTree.files.first { $0.path == path }, "\(path) is missing")
  }

  /// The first cells of the rows of the table under a heading.
  private func rows(_ path: String, under heading: String) throws -> [String] {
    let lines = try file(path).lines
    let start = try #require(lines.firstIndex(of: heading), "\(path) has no \(heading)")
    return lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
      .filter { $0.hasPrefix("| ") }.dropFirst()
      .compactMap { row in
        row.split(separator: "|").first.map { $0.filter { !" `".contains($0) } }
      }
  }

  @Test(arguments: [("README.md", "## Modules"), ("README.zh.md", "## 模块")])
  func `the table of modules names every module`(_ path: String, _ heading: String) throws {
    #expect(try rows(path, under: heading).sorted() == modules)
  }

  @Test func `the gate runs every group of tests`() throws {
    let gate = try file("deploy/test").lines
    let first = try #require(gate.firstIndex { $0.hasPrefix("first_groups() {") })
    let all = try #require(gate.firstIndex { $0.hasPrefix("tests() {") })
    let bodies = [first, all].map { start in
      gate[start...].prefix { $0 != "}" }.joined(separator: " ")
    }
    #expect(bodies[1].contains("first_groups"))
    let groups = bodies.joined(separator: " ").split { !$0.isLetter }.map(String.init)
    let targets = SourceTree.files.compactMap { file -> String? in
      let places = file.path.split(separator: "/")
      let isTest = ["Tests.swift", "Scenario.swift"].contains { file.path.hasSuffix($0) }
      return places.first == "Tests" && isTest
        ? String(places[1]) : nil
    }
    #expect(Set(targets).count >= 10)
    for target in Set(targets).sorted() {
      let group = target.hasSuffix("Tests") ? String(target.dropLast(5)) : target
      #expect(groups.contains(group), "deploy/test does not run \(target)")
    }
  }

  @Test func `both languages tell the state of all eleven parts`() throws {
    #expect(try rows("README.md", under: "## Status").count == 12)
    #expect(try rows("README.zh.md", under: "## 现状").count == 12)
  }

  @Test func `every module has a page of its own`() throws {
    for module in modules where module != "CPostgres" {
      let name = module == "guantong" ? "Guantong" : module
      let page = SourceTree.files.first { $0.path == "Sources/\(module)/\(name).docc/\(name).md" }
      #expect(page?.lines.first?.hasPrefix("# ") == true, "\(module) has no page")
    }
  }

  @Test func `the documentation's topics reach the contract and every decision record`() throws {
    let page = try file("Sources/guantong/Guantong.docc/Guantong.md")
    let reached = Set(
      page.lines.filter { $0.hasPrefix("- <doc:") }.map { String($0.dropFirst(7).dropLast()) })
    let articles = SourceTree.files.map(\.path)
      .filter { $0.hasPrefix("Sources/guantong/Guantong.docc/") && $0.hasSuffix(".md") }
      .compactMap { $0.split(separator: "/").last?.dropLast(3) }.map(String.init)
    #expect(reached == Set(articles).subtracting(["Guantong"]))
  }

  @Test func `decision records are numbered, whole and at most a page`() {
    let records = SourceTree.files.filter { $0.path.contains("Guantong.docc/Decisions/0") }
    #expect(records.count >= 8)
    for (index, record) in records.enumerated() {
      let number = String("000\(index + 1)".suffix(4))
      #expect(record.lines.first?.hasPrefix("# \(number) · ") == true, "\(record.path)")
      let headings = record.lines.filter { $0.hasPrefix("## ") }
      #expect(
        headings == ["## Context", "## Decision", "## Alternatives", "## Consequences"],
        "\(record.path)")
      #expect(record.lines.count <= 70, "\(record.path)")
    }
  }
}
