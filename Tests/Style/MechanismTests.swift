import Testing

/// The table of mechanisms, held against the tests and the commands there are.
@Suite struct MechanismTests {
  private struct Row {
    let name: String
    let commands: [String]
    let test: String
    let left: String
  }

  /// How many mechanisms there are.
  private static let count = 37

  private func rows() throws -> [Row] {
    let path = "Sources/Office/Office.docc/Mechanisms.md"
    let page = try #require(SourceTree.files.first { $0.path == path })
    return page.lines.filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      let cells = line.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      return Row(
        name: cells.first ?? "", commands: cells.count > 2 ? Self.quoted(cells[2]) : [],
        test: cells.count > 3 ? cells[3] : "", left: cells.count > 4 ? cells[4] : "")
    }
  }

  /// What stands between pairs of backticks.
  private static func quoted(_ text: String) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
  }

  /// The tests by name, each with the files that declare one of this name.
  private let tests: [String: [String]] = {
    var found: [String: [String]] = [:]
    for file in SourceTree.swift where file.path.hasPrefix("Tests/") {
      for line in file.lines {
        let parts = line.split(separator: "`", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].hasSuffix("func ") else { continue }
        found[String(parts[1]), default: []].append(file.path)
      }
    }
    return found
  }()

  /// The words of every command that has none below it, as the declarations nest them.
  private let commands: Set<String> = {
    var names: [String: String] = [:]
    var below: [String: [String]] = [:]
    for file in SourceTree.swift where file.path.hasPrefix("Sources/guantong/") {
      let text = file.lines.joined(separator: " ")
      let type = file.path.split(separator: "/").last.map { String($0.dropLast(6)) } ?? ""
      guard let name = Self.between(text, "commandName: \"", "\"") else { continue }
      names[type] = name
      let list = Self.between(text, "subcommands: [", "]") ?? ""
      below[type] = list.split { !$0.isLetter }.map(String.init).filter { $0 != "self" }
    }
    func leaves(of type: String, after words: [String]) -> [String] {
      guard let next = below[type], !next.isEmpty else { return [words.joined(separator: " ")] }
      return next.flatMap { leaves(of: $0, after: words + [names[$0] ?? "?"]) }
    }
    return Set(leaves(of: "Guantong", after: []))
  }()

  private static func between(_ text: String, _ start: String, _ end: String) -> String? {
    guard let from = text.firstRange(of: start)?.upperBound,
      let to = text[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(text[from..<to])
  }

  /// The codes of the tables of casework: forms, kinds, stages, levels.
  private let codes: Set<String> = Set(
    SourceTree.swift.filter { $0.path.hasPrefix("Sources/Casework/Codes/") }.flatMap(\.lines)
      .filter { $0.hasPrefix("  case ") }
      .flatMap { $0.split { !$0.isLetter }.dropFirst().map(String.init) })

  @Test func `every mechanism has its row`() throws {
    #expect(try rows().map(\.name) == (1...Self.count).map(String.init))
  }

  @Test func `every command of a mechanism is one, and its code stands in a table`() throws {
    #expect(commands.count > 100 && commands.contains("document attachment get"))
    for row in try rows() {
      #expect(!row.commands.isEmpty, "\(row.name)")
      for command in row.commands {
        let words = command.split(separator: " ").map(String.init)
        let verb = words.prefix { !$0.hasPrefix("-") }
        #expect(commands.contains(verb.joined(separator: " ")), "\(row.name): \(command)")
        let option = words.dropFirst(verb.count)
        guard let value = option.last else { continue }
        let options = [
          "--form", "--kind", "--stage", "--level", "--source", "--purpose", "--channel",
        ]
        #expect(option.count == 2 && options.contains(option.first ?? ""), "\(command)")
        #expect(codes.contains(value), "\(row.name): \(command)")
      }
    }
  }

  @Test func `every test of a mechanism is one of several agencies, or there is none yet`() throws {
    let groups = ["Tests/OfficeTests/", "Tests/Scenarios/"]
    let names = Set(
      tests.filter { test in
        test.value.contains { path in groups.contains { path.hasPrefix($0) } }
      }.keys)
    #expect(names.count > 100)
    for row in try rows() {
      let own = names.filter { $0.hasPrefix("row \(row.name):") }
      #expect(!row.left.isEmpty, "\(row.name) says what is left out, or —")
      guard row.test != "not yet" else {
        #expect(own.isEmpty, "\(row.name) has a test")
        #expect(row.left != "—", "\(row.name) says what is missing")
        continue
      }
      let name = Self.quoted(row.test).first ?? ""
      #expect(row.test == "`\(name)`" && names.contains(name), "\(row.name): \(row.test)")
      #expect(own.isEmpty || own.contains(name), "\(row.name) has a test of its own")
    }
  }

  @Test func `every race has its row, and a test that there is`() throws {
    let path = "Sources/Casework/Casework.docc/Races.md"
    let page = try #require(SourceTree.files.first { $0.path == path })
    let rows = page.lines.filter { $0.hasPrefix("| K") }
    #expect(
      rows.map { String($0.dropFirst(2).prefix { $0 != " " }) } == (1...18).map { "K\($0)" })
    for row in rows {
      let named = Self.quoted(row)
      #expect(named.count == 1 && named.allSatisfy { tests[$0] != nil }, "\(row)")
    }
  }
}
