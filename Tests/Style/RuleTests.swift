import Testing

/// Every rule against a text that breaks it and one that only looks so.
@Suite struct RuleTests {
  private func lines(
    _ rule: (SourceFile) -> [Violation], at path: String = "Sources/Ledger/Sample.swift",
    _ text: String
  ) -> [Int] {
    rule(SourceFile(path: path, text)).map(\.line)
  }

  @Test func `code is told from comments, strings and raw names`() {
    let text = SwiftText(
      Array(
        ##"""
        let a = "one { \(two("three") + four) five" // six
        /* seven /* eight */ nine */ func `ten eleven`() { #"twelve \(thirteen) \#(fourteen)"# }
        let b = """
          fifteen "sixteen" \(seventeen)
          """; eighteen()
        """##.utf8))
    #expect(
      text.lines.map { SwiftText.words($0).map(String.init) } == [
        ["let", "a", "two", "four"], ["func", "`__________`", "fourteen"],
        ["let", "b"], ["seventeen"], ["eighteen"],
      ])
  }

  @Test func `a line of a hundred and one columns is too long, counted in characters`() {
    let text = String(repeating: "字", count: 100) + "\n" + String(repeating: "字", count: 101)
    #expect(lines(Rules.longLines, text) == [2])
  }

  @Test func `the six hundred and first line is one too many`() {
    let lawful = String(repeating: "//\n", count: 600)
    #expect(lines(Rules.longFile, lawful).isEmpty)
    #expect(lines(Rules.longFile, lawful + "//\n") == [601])
  }

  @Test(arguments: [(68, [Int]()), (69, [3])])
  func `a function may be seventy lines with its braces`(_ inner: Int, _ expected: [Int]) {
    let body = String(repeating: "    step(\"}\") { }\n", count: inner)
    let text =
      "protocol P {\n  func r() -> Int\n  func f(_ a: Int = { 1 }()) {\n\(body)  }\n  func s()\n}\n"
    #expect(lines(Rules.longFunctions, text) == expected)
  }

  @Test func `initializers count as functions and their calls do not`() {
    let many = String(repeating: "    step()\n", count: 70)
    #expect(lines(Rules.longFunctions, "  package init?() {\n\(many)  }\n") == [1])
    #expect(lines(Rules.longFunctions, "  self.init(a)\n  let f = {\n\(many)  }\n").isEmpty)
  }

  @Test(arguments: Rules.unfinishedWords.sorted() + ["try" + "!"])
  func `a word of unfinished work is found wherever it stands`(_ word: String) {
    #expect(
      lines(Rules.unfinished, "let a = 1\n// \(word.uppercased()): later\n") == [2]
        || word.hasPrefix("try"))
    #expect(lines(Rules.unfinished, "\n\nlet a = \(word) f()") == [3])
    #expect(
      lines(Rules.unfinished, "let \(word)bornness = 1, mktempXXXXXX = 2").isEmpty
        || word.hasPrefix("try"))
  }

  @Test(arguments: [
    "struct PeerManager {", "package final class JSONUtils: A {", "typealias X_Data = Int",
  ])
  func `an empty ending of a type name is found`(_ text: String) {
    #expect(lines(Rules.emptyTypeNames, text) == [1])
  }

  @Test(arguments: [
    "struct Informant {", "let struct_ = Data()", "// class PeerManager", "class func loadData()",
  ])
  func `what only looks like an empty name passes`(_ text: String) {
    #expect(lines(Rules.emptyTypeNames, text).isEmpty)
  }

  @Test func `a file or folder named after nothing is found`() {
    #expect(lines(Rules.emptyFileNames, at: "Sources/Ledger/Utils/A.swift", "") == [1])
    #expect(lines(Rules.emptyFileNames, at: "Sources/Ledger/Helpers+Int.swift", "") == [1])
    #expect(lines(Rules.emptyFileNames, at: "Sources/Ledger/DataKey.swift", "").isEmpty)
  }

  @Test(arguments: [
    "package func a() {}", "/// Does it\npackage struct A {",
    "  @inlinable package init() {",
    "// One.\npackage let a = 1", "///\npackage var b: Int", "package static func c()",
    "package nonisolated final class D",
  ])
  func `a package declaration without a sentence is found`(_ text: String) {
    #expect(lines({ Rules.undocumented($0) }, text).count == 1)
  }

  @Test(arguments: [
    "/// Does it.\npackage func a() {}",
    "/// Does it.\n///\n/// More\n@frozen\n@A(b)\npackage enum A {",
    "/// Does it\n/// well.\npackage struct A {", "package import Ledger", "let package = Package(",
    "func a() {}", "\"package func\"",
  ])
  func `a documented declaration and what is none pass`(_ text: String) {
    #expect(lines({ Rules.undocumented($0) }, text).isEmpty)
  }

  @Test func `public declarations are found and the word elsewhere is not`() {
    #expect(
      lines(Rules.outsideAccess, "public struct A {\n  static public let b = 1\n}") == [1, 2])
    #expect(lines(Rules.outsideAccess, "case public\nlet a = public.key\nfile.open(a)").isEmpty)
  }

  @Test func `unsafe code is found and names that contain the word are not`() {
    #expect(lines(Rules.unsafeCode, "let a = unsafe b()\n@safe struct A {") == [1, 2])
    #expect(lines(Rules.unsafeCode, "sql(unsafeIdentifier: a) // unsafe\n\"unsafe\"").isEmpty)
  }

  @Test func `printing is found in code only`() {
    #expect(
      lines(Rules.printing, "print(a)\n// print(a)\nfootprint(a)\nlet fingerprint = 1") == [1])
  }

  @Test func `an import up the layers is found`() {
    #expect(
      lines(Rules.layers, at: "Sources/Exchange/A.swift", "import Ledger\nimport Casework") == [2])
    #expect(lines(Rules.layers, at: "Sources/Ledger/A.swift", "package import Replica") == [1])
    #expect(lines(Rules.layers, at: "Sources/Casework/A.swift", "import NIOCore") == [1])
    #expect(
      lines(Rules.layers, at: "Sources/Node/A.swift", "import Office\nimport NIOCore").isEmpty)
    #expect(lines(Rules.layers, at: "Sources/Core/A.swift", "") == [1])
    #expect(
      lines(Rules.layers, at: "Sources/Ledger/A.swift", "internal import struct Wire.A").isEmpty)
  }

  @Test func `Foundation is found where it costs too much`() {
    #expect(lines(Rules.foundation, at: "Sources/Postgres/A.swift", "import Foundation") == [1])
    #expect(
      lines(Rules.foundation, at: "Sources/Ledger/A.swift", "import FoundationEssentials").isEmpty)
  }

  @Test func `a clock in a pure module is found`() {
    #expect(lines(Rules.impurities, "let now = Date()") == [1])
    #expect(lines(Rules.impurities, at: "Sources/Node/A.swift", "let now = Date()").isEmpty)
    #expect(lines(Rules.impurities, "let a: UpdateDate // Date()").isEmpty)
  }

  @Test(arguments: [
    "@Test func f() { #expect(true) }", "@Test func `short name`() { #expect(true) }",
    "@Test func `a name of four words`() { run() }",
    "@Test(arguments: [1])\nfunc `a name of four words`(_ a: Int) {\n  run(a)\n}",
  ])
  func `a test without a sentence or without a check is found`(_ text: String) {
    #expect(lines({ Rules.tests($0) }, at: "Tests/A/A.swift", text).count == 1)
  }

  @Test func `a check in a function that the test calls counts`() {
    let text = "func agrees() {\n  #expect(true)\n}\n@Test func `one and two`() {\n  agrees()\n}"
    let file = SourceFile(path: "Tests/A/A.swift", text)
    #expect(Rules.checks(file) == ["agrees"])
    #expect(Rules.tests(file, checks: ["agrees"]).isEmpty)
    #expect(Rules.tests(file).map(\.line) == [4])
  }

  @Test func `a documented requirement documents what fulfils it`() {
    let text =
      "protocol P {\n  /// Says it.\n  func say()\n  func hide()\n"
      + "  /// Takes it.\n  init?(taking it: Int)\n}\nfunc other()"
    let names = Set(Rules.requirements(SourceFile(path: "Sources/Ledger/P.swift", text)))
    #expect(names == ["say", "init(taking it"])
    let file = SourceFile(
      path: "Sources/Ledger/Q.swift",
      "package func say() {}\npackage func hide() {}\npackage init?(taking it: Int) {")
    #expect(Rules.undocumented(file, requirements: names).map(\.line) == [2])
  }

  @Test func `a test with a sentence and a check passes`() {
    let text = "@Test(\n  .database\n)\nfunc `one and two are three`() {\n  #expect(1 + 2 == 3)\n}"
    #expect(lines({ Rules.tests($0) }, at: "Tests/A/A.swift", text).isEmpty)
  }

  @Test func `a pause is found, unless a loop asks a condition around it`() {
    let pause = "  try await Task.sleep(for: a)\n"
    #expect(lines(Rules.sleeps, "func f() {\n\(pause)}\n\"sleep 1\"\nlet asleep = 1") == [2])
    #expect(lines(Rules.sleeps, "while !isThere {\n\(pause)}\n\(pause)") == [4])
  }

  @Test func `a folder of one machine is found`() {
    let folder = "/ho" + "me/clerk/guantong"
    #expect(lines(Rules.machinePaths, "cd \(folder)\n\"\(folder)\"\n<\(folder)>") == [1, 2])
    #expect(lines(Rules.machinePaths, "https://guantong.example\(folder) /peer/v1/fetch").isEmpty)
  }
}
