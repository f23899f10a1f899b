import ArgumentParser
import FoundationEssentials
import Office
import TestSupport
import Testing

@testable import guantong

@Suite struct ReconcileTests {
  private static let place = API.ChangeSetPlace(id: "i", dossier: "d", author: "a", sequence: 1)
  private static let row = API.RowDifference(
    table: "casework.document", id: "u", kind: "changed", dossier: "d", seen: "s", due: "t")

  @Test func `without a peer named nobody is asked who has no key in force`() {
    func peer(_ agency: String, _ state: String, dialable: Bool = true) -> API.PeerState {
      API.PeerState(
        agency: agency, state: state, outgoing: 0, incoming: 0, held: 0, rejected: 0, forks: 0,
        dialable: dialable)
    }
    let found = ReconcileCommand.comparable([
      peer("420300-FY", "equal"), peer("420300-JW", "revoked"), peer("420322-JW", "unreachable"),
    ])
    #expect(found.peers == ["420300-FY", "420322-JW"])
    #expect(found.revoked == ["420300-JW"] && found.silent.isEmpty)
    let quiet = ReconcileCommand.comparable([
      peer("420300-FY", "equal", dialable: false), peer("420300-JW", "revoked", dialable: false),
    ])
    #expect(quiet.peers.isEmpty && quiet.silent == ["420300-FY"])
    #expect(quiet.revoked == ["420300-JW"])
  }

  /// What the node says of one peer after the other: whether its ledger is equal, or the refusal.
  enum Said {
    case equal(Bool)
    case refused(Refusal)

    func step(_ peer: String) throws -> ScriptedNode.Step {
      switch self {
      case .equal(let isEqual):
        let answer = API.ReconcilePeer(
          peer: peer, sharedDossiers: 1, equal: isEqual ? 1 : 0, inFlight: 0,
          onlyRemote: isEqual ? [] : [ReconcileTests.place], repaired: 0, consistent: isEqual,
          roundTrips: 1, bytes: 2, milliseconds: 3)
        return ScriptedNode.answer(
          String(decoding: try JSONValue(encoding: answer).encoded(), as: UTF8.self))
      case .refused(let refusal):
        let problem = OfficeError(refusal, ["peer": peer]).problem(in: .en)
        let body = String(decoding: try JSONValue(encoding: problem).encoded(), as: UTF8.self)
        return .say(
          "HTTP/1.1 \(problem.status) No\r\ncontent-type: \(API.problemType)\r\n"
            + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
      }
    }
  }

  @Test(
    arguments: [
      // One is crowded, one away: the others are compared, and the first of them gives the code.
      ([.refused(.unavailable), .equal(true), .refused(.peerUnreachable)], 5),
      ([.refused(.tooManyChanges), .equal(false), .refused(.timeout)], 6),
      // A dossier is not every peer's, and somebody's.
      ([.refused(.notFound), .equal(true), .equal(true)], 0),
      ([.refused(.notFound), .equal(true), .equal(false)], 2),
      ([.refused(.notFound), .refused(.notFound), .refused(.notFound)], 8),
      ([.equal(true), .equal(true), .equal(true)], 0),
    ] as [([Said], Int32)])
  func `a peer that cannot be compared with keeps nobody from the others`(
    _ said: [Said], _ code: Int32
  ) async throws {
    let peers = ["420300-FY", "420300-JCY", "420300-GAJ"]
    let steps = try zip(said, peers).map { try $0.step($1) }
    for format in [[], ["--json"]] {
      try await ScriptedNode.lend(steps) { node, configuration in
        let run = try await Program.run(
          "reconcile",
          words: peers.flatMap { ["--peer", $0] } + format + ["--config", configuration])
        #expect(run.code == code, "\(run.output) \(run.errors)")
        #expect(node.requests.count == 3, "every peer was asked for")
        for (peer, said) in zip(peers, said) {
          // The table lists differences, and what could not be compared.
          if case .equal(true) = said, format.isEmpty { continue }
          #expect(run.output.contains(peer), "and stands in the output")
        }
      }
    }
  }

  @Test func `what one peer said is not lost when the node is gone before the next`() async throws {
    let first = try Said.equal(false).step("420300-FY")
    try await ScriptedNode.lend([first]) { _, configuration in
      let run = try await Program.run(
        "reconcile", "--peer", "420300-FY", "--peer", "420300-JCY", "--config", configuration)
      #expect(run.code == 5)
      #expect(run.output.contains("420300-FY") && !run.output.contains("420300-JCY"))
    }
  }

  @Test func `a plan names what the lists name, and is the same after its file`() async throws {
    let peer = API.ReconcilePeer(
      peer: "420300-JW", sharedDossiers: 3, equal: 2, inFlight: 0, onlyLocal: [Self.place],
      onlyRemote: [Self.place],
      differing: [API.Divergence(dossier: "d", author: "a", sequence: 1, ids: ["x", "y"])],
      repaired: 0, roundTrips: 2, bytes: 3, milliseconds: 4, agency: "420300-FZB")
    let plan = peer.plan(of: nil)
    #expect(plan.changeSets.map(\.sign) == ["+", "-", "*", "*"])
    #expect(plan.agency == "420300-FZB" && plan.peer == "420300-JW" && plan.rows.isEmpty)
    let fault = API.RowDifference(table: "office.audit", id: "seq=1", kind: "changed")
    let own = API.ReconcileSelf(
      changeSetsChecked: 1, rowsChecked: 2, holes: [Self.place], differing: [fault, Self.row],
      repaired: 0, agency: "420300-FZB")
    let ownPlan = own.plan(of: "d")
    #expect(ownPlan.rows == [Self.row], "nothing repairs the audit")
    #expect(ownPlan.changeSets.map(\.sign) == ["-"] && ownPlan.peer == nil)
    try await Scratch.withDirectory { directory in
      for plan in [plan, ownPlan] {
        try PlanFile.write(plan, to: "\(directory)/plan")
        #expect(try PlanFile.read("\(directory)/plan") == plan)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/plan")
        #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
      }
    }
  }

  @Test(arguments: [nil, "", "{}", "[1]", "{\"schema\":\"guantong.reconcile-plan/v2\"}"])
  func `a file that is no plan is refused by its name`(_ content: String?) async throws {
    try await Scratch.withDirectory { directory in
      let path = "\(directory)/plan"
      if let content { try Data(content.utf8).write(to: URL(filePath: path)) }
      let error = #expect(throws: OfficeError.self) { try PlanFile.read(path) }
      #expect(error?.refusal == .file)
      #expect(error?.values["path"] == path)
    }
  }

  @Test func `a long check says every thirty seconds how far it is, or draws a bar`() {
    let began = ContinuousClock.now
    let lines = Written()
    var quiet = ProgressLine(isTerminal: false, at: began) { lines.add($0) }
    for second in 0...70 { quiet.show(0.5, "half", at: began + .seconds(second)) }
    quiet.end()
    #expect(lines.all == ["half\n", "half\n"])
    let drawn = Written()
    var bar = ProgressLine(isTerminal: true, at: began) { drawn.add($0) }
    for tick in 0..<10 { bar.show(0.25, "a", at: began + .milliseconds(50 * tick)) }
    bar.end()
    #expect(drawn.all.count == 4, "three drawings and one wipe")
    #expect(drawn.all[0] == "\r\u{1B}[K[######..................] a")
    #expect(drawn.all.last == "\r\u{1B}[K")
  }

  @Test func `stretches add up, and what is cut is said`() {
    var whole = API.ReconcileSelf(
      changeSetsChecked: 0, rowsChecked: 0, repaired: 0, consistent: true)
    let clean = API.ReconcileSelf(
      changeSetsChecked: 2, rowsChecked: 3, repaired: 0, consistent: true)
    let bad = API.ReconcileSelf(
      changeSetsChecked: 5, rowsChecked: 7,
      differing: Array(repeating: Self.row, count: 600), repaired: 1)
    whole.add(clean)
    #expect(whole.consistent && whole.changeSetsChecked == 2)
    whole.add(bad)
    #expect(!whole.truncated)
    whole.add(bad)
    #expect(!whole.consistent && whole.truncated)
    #expect(whole.differing.count == API.listMax && whole.differingTotal == 1_200)
    #expect(whole.repaired == 2 && whole.rowsChecked == 17)
    let middle = WholeCheck.fraction("80000000" + String(repeating: "0", count: 56))
    #expect(abs(middle - 0.5) < 0.001)
  }

  @Test func `dossiers opened meanwhile push nothing that was damaged out of its repair`()
    async throws
  {
    func stretch(to next: String?, _ holes: Int, repaired: Int = 0) throws -> ScriptedNode.Step {
      let answer = API.ReconcileSelf(
        changeSetsChecked: 1, rowsChecked: 1,
        holes: Array(repeating: Self.place, count: holes), repaired: repaired,
        consistent: holes == 0, holesTotal: holes, next: next)
      return ScriptedNode.answer(
        String(decoding: try JSONValue(encoding: answer).encoded(), as: UTF8.self))
    }
    let steps = try [
      // Looked at up to "b", where something lacks, and to the end.
      stretch(to: "b", 1), stretch(to: nil, 0),
      // By now as many dossiers reach to "a" only.
      stretch(to: "a", 0), stretch(to: "c", 0, repaired: 1),
    ]
    try await ScriptedNode.lend(steps) { node, configuration in
      let command = try ReconcileCommand.parse(
        ["--self", "--repair", "--config", configuration, "--json"])
      let check = WholeCheck(
        options: command.options, request: API.ReconcileSelfRequest(repair: true),
        perSecond: nil)
      let whole = try await check.run(after: nil)
      #expect(whole.repaired == 1 && whole.consistent)
      #expect(node.requests.count == steps.count)
      #expect(node.requests.last?.contains("\"a\"") == true)
    }
  }

  @Test(arguments: [
    (Refusal.nodeUnreachable, true), (.answerLost, true), (.nodeNotRunning, true),
    (.databaseAway, true), (.tooManyChanges, false), (.notFound, false),
  ])
  func `only what was cut off is told where to go on`(_ refusal: Refusal, _ isCutOff: Bool) {
    #expect(WholeCheck.isCutOff(OfficeError(refusal)) == isCutOff)
  }

  @Test(arguments: Language.allCases)
  func `a check of the rest does not call everything whole`(_ language: Language) {
    let words = Words(language: language, isASCII: false)
    var rest = API.ReconcileSelf(
      changeSetsChecked: 0, rowsChecked: 0, repaired: 0, consistent: true)
    let whole = Self.text(rest, words)
    rest.after = "abcd"
    let partial = Self.text(rest, words)
    #expect(whole.contains(words("reconcile.whole")) && !whole.contains("abcd"))
    #expect(partial.contains(words("reconcile.rest", ["after": "abcd"])))
    #expect(!partial.contains("✔ \(words("reconcile.whole"))  "))
  }

  @Test func `what was not compared behind holes is said`() {
    let words = Words(language: .zh, isASCII: false)
    let answer = API.ReconcileSelf(
      changeSetsChecked: 1, rowsChecked: 0, holes: [Self.place], repaired: 0,
      dossiersUncompared: 1)
    let said = words("reconcile.uncompared", ["count": "1"])
    #expect(Self.text(answer, words).contains(said))
  }

  private static func text(_ answer: API.ReconcileSelf, _ words: Words) -> String {
    answer.page(words).lines(paint: Paint(.never, environment: [:], isTerminal: false))
      .joined(separator: "\n")
  }

  /// What was written, in order.
  private final class Written {
    private(set) var all: [String] = []
    func add(_ text: String) { all.append(text) }
  }
}
