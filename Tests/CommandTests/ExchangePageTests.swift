import FoundationEssentials
import Glibc
import Office
import TestSupport
import Testing

@testable import guantong

/// What commands show of an agency, of what could not be taken, and of the last exchanges.
@Suite(.timeLimit(.minutes(2))) struct ExchangePageTests {
  private static let zh = Words(language: .zh, isASCII: false)
  private static let en = Words(language: .en, isASCII: true)
  private static let moment = "2026-11-23T13:05:11.000000Z"

  private func text(_ page: Page) -> String {
    page.lines(paint: Paint(.never, environment: [:], isTerminal: false)).joined(separator: "\n")
  }

  private func step(_ answer: some Encodable) throws -> ScriptedNode.Step {
    ScriptedNode.answer(
      String(decoding: try JSONValue(encoding: answer).encoded(), as: UTF8.self))
  }

  @Test func `an agency is shown with its office and every key`() {
    let agency = API.Agency(
      code: "420300-JW", name: "市纪委监委", level: "city", kind: "disciplineBody",
      state: "suspended", people: 6)
    let keys = [
      API.AgencyKey(
        key: "ab12", fingerprint: "ab", state: "withdrawn", known: true, since: Self.moment,
        entry: "e", withdrawnAt: Self.moment, withdrawnBy: "f"),
      API.AgencyKey(key: "cd34", fingerprint: "cd", state: "active", entry: "g"),
    ]
    let shown = API.ShownAgency(
      agency: agency, since: Self.moment, registrar: true, governor: true,
      governors: ["420300-FZB", "420300-JW"], threshold: 2, hosts: ["420300-GSL"], keys: keys)
    let zh = text(shown.page(Self.zh))
    for word in [
      "市纪委监委", "市级", "停用", "登记机关、治理机关", "420300-GSL", "已停用", "算法较新,需升级",
      "2026-11-23 21:05:11 +08:00", "420300-FZB 420300-JW 中 2 家", "rotate-key",
    ] {
      #expect(zh.contains(word), "\(word)")
    }
    let en = text(shown.page(Self.en))
    for word in ["registrar and governor", "withdrawn", "of a newer suite", "city"] {
      #expect(en.contains(word), "\(word)")
    }
    let rows = shown.page(Self.en).programLines { $0.tabbed() }
    #expect(rows.contains("agency_level\tcity") && rows.contains("office\tboth"))
    #expect(rows.contains("fingerprint\tstate\tsince\twithdrawn_at"))
    #expect(rows.contains("ab12\twithdrawn\t\(Self.moment)\t\(Self.moment)"))
  }

  @Test(arguments: [
    "ancestor", "directory-entry", "seal", "open-part", "unknown-format", "unknown-suite",
    "unknown-membership",
  ])
  func `a held change set says what it waits for and what to do`(_ reason: String) {
    let shown = API.ShownHeld(
      id: "abcd", author: "420300-FY", dossier: "ef", sequence: 3, reason: reason,
      since: Self.moment,
      copies: [
        API.HeldCopy(from: "420300-JW", reason: reason, since: Self.moment, bytes: 16_384)
      ], missing: [API.HeldMissing(id: "0123", state: "held")], asked: ["420300-JW"])
    let zh = text(shown.page(Self.zh))
    #expect(zh.contains("已到,自身待补") && zh.contains("16384") && !zh.contains("hold."))
    let en = text(shown.page(Self.en))
    #expect(en.contains("here, and waits itself") && !en.contains("hold."))
    #expect(en.contains("held retry abcd") == !reason.hasPrefix("unknown"))
  }

  @Test(arguments: [
    ("no-grant", "admits it"), ("key-withdrawn", "signing key"), ("directory-older", "registrar"),
    ("rejected-ancestor", "rejected list"), ("header-field", "tell 420300-FY"),
  ])
  func `a rejected change set says why, and whose turn it is`(_ reason: String, _ next: String) {
    let shown = API.ShownRejected(
      id: "abcd", reason: reason, marked: true, author: "420300-FY", dossier: "ef", sequence: 3,
      deliveries: [
        API.RejectedDelivery(
          from: "420300-JW", reason: reason, since: Self.moment, bytes: 77, digest: "99aa")
      ])
    let en = text(shown.page(Self.en))
    #expect(en.contains(next) && en.contains("77") && en.contains("99aa"))
    #expect(en.contains("refused for good") && !en.contains("given up"))
    let zh = text(shown.page(Self.zh))
    #expect(zh.contains("永久拒收") && !zh.contains("rejection.") && !zh.contains("column."))
    let forgotten = API.ShownRejected(
      id: "abcd", reason: reason, marked: true, author: "", dossier: "", sequence: 0)
    #expect(text(forgotten.page(Self.zh)).contains("不再保留"))
    let names = text(forgotten.page(Self.en)).contains("its author")
    #expect(names == (reason != "rejected-ancestor"), "whoever has to act is named")
  }

  @Test(
    arguments: [
      (errors: [nil, nil], code: 0), (errors: [], code: 0), (errors: ["away"], code: 5),
      (errors: [nil, "away"], code: 3),
    ] as [(errors: [String?], code: Int32)])
  func `held retry ends with whom it did not reach`(_ errors: [String?], _ code: Int32)
    async throws
  {
    let answer = API.HeldRetry(
      judged: 4, stored: 1, rejected: 0, waiting: 3,
      peers: errors.map { error in
        API.AskedPeer(agency: "420300-FY", asked: 3, stored: 0, held: 0, error: error)
      })
    try await ScriptedNode.lend([step(answer)]) { _, configuration in
      let run = try await Program.run(
        "held", "retry", "--format", "table", "--config", configuration)
      #expect(run.code == code)
      #expect(run.output.contains("judged 4 again: 1 stored, 0 rejected, 3 still wait"))
      #expect(run.output.contains("no peer to ask") == errors.isEmpty)
    }
  }

  @Test func `held retry takes a change set or a peer, and says when nothing waits`() async throws {
    let both = try await Program.run("held", "retry", "ab", "--peer", "420300-FY")
    #expect(both.code == 64 && both.errors.contains("either a change set or --peer"))
    let none = API.HeldRetry(judged: 0, stored: 0, rejected: 0, waiting: 0)
    #expect(text(none.page(Self.zh)) == "没有待补的变更集")
    #expect(text(none.page(Self.en)) == "nothing waits")
  }

  @Test(
    arguments: [
      ["agency", "show", "420300-XX"], ["held", "show", "00000000"], ["held", "retry", "00000000"],
      ["rejected", "show", "00000000"],
    ], Language.allCases)
  func `what is not there ends with 8 and says so in the language of the reader`(
    _ words: [String], _ language: Language
  ) async throws {
    let problem = OfficeError(.notFound, ["id": words[2]]).problem(in: language)
    let body = String(decoding: try JSONValue(encoding: problem).encoded(), as: UTF8.self)
    let refusal = ScriptedNode.Step.say(
      "HTTP/1.1 \(problem.status) No\r\ncontent-type: \(API.problemType)\r\n"
        + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
    try await ScriptedNode.lend([refusal]) { node, configuration in
      let run = try await Program.run(
        words[0],
        words: Array(words.dropFirst())
          + ["--lang", language.rawValue, "--config", configuration])
      #expect(run.code == 8 && run.output.isEmpty)
      #expect(run.errors.contains(language == .zh ? "无此件" : "no such thing"))
      #expect(run.errors.contains(words[2]))
      let asked = try #require(node.requests.first).lowercased()
      #expect(asked.contains("guantong-language: \(language.rawValue)"))
    }
  }

  @Test(arguments: Language.allCases)
  func `a peer that nobody knows has no exchanges, and a limit is a number`(
    _ language: Language
  ) async throws {
    let problem = OfficeError(.peerUnknown, ["peer": "420300-XX"]).problem(in: language)
    let body = String(decoding: try JSONValue(encoding: problem).encoded(), as: UTF8.self)
    let refusal = ScriptedNode.Step.say(
      "HTTP/1.1 \(problem.status) No\r\ncontent-type: \(API.problemType)\r\n"
        + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
    for follow in [[], ["--follow"]] {
      try await ScriptedNode.lend([refusal]) { _, configuration in
        let run = try await Program.run(
          "sync", "log", "--peer", "420300-XX", "--lang", language.rawValue,
          words: follow + ["--config", configuration])
        #expect(run.code == 8 && run.output.isEmpty)
        #expect(run.errors.contains(language == .zh ? "没有这个对端" : "no such peer"))
      }
    }
    let run = try await Program.run("sync", "log", "--limit", "x", "--lang", language.rawValue)
    #expect(run.code == 64 && run.output.isEmpty)
  }

  private static func entry(
    _ second: Int, _ peer: String, _ kind: String = "received", code: String? = nil
  ) -> API.SyncEntry {
    API.SyncEntry(
      at: "2026-11-23T13:05:\(second).000000Z", peer: peer, kind: kind, count: 2, code: code)
  }

  @Test func `the exchanges have words for their kinds and reasons`() {
    var confirmed = Self.entry(13, "420300-FY", "confirmed")
    (confirmed.number, confirmed.untaken) = (7, 1)
    let log = API.SyncLog(
      entries: [
        Self.entry(11, "420300-FY"), confirmed,
        Self.entry(14, "420300-FY", "held", code: "ancestor"),
        Self.entry(15, "420300-FY", "rejected", code: "no-grant"),
        Self.entry(16, "420300-FY", "alarm", code: "withholding"),
        Self.entry(17, "", "operator", code: "reconcile"),
      ])
    let zh = text(log.page(Self.zh))
    for word in ["收到入库", "至第 7 号,其中 1 件", "缺前序", "作者不是成员", "漏号或回退", "对账修复"] {
      #expect(zh.contains(word), "\(word)")
    }
    let en = text(log.page(Self.en))
    for word in ["up to number 7, 1 of them", "an ancestor is missing", "repair"] {
      #expect(en.contains(word), "\(word)")
    }
    let rows = log.page(Self.en).programLines { $0.tabbed() }
    #expect(rows.first == "at\tpeer\tkind\tcount\treason")
    #expect(rows[3] == "2026-11-23T13:05:14.000000Z\t420300-FY\theld\t2\tancestor")
  }

  @Test func `what was shown is not new, nor what comes in sight again behind it`() {
    let entries = (11...14).map { Self.entry($0, "420300-FY") }
    var news = ExchangeNews()
    #expect(news.isFirst)
    let first = news.take(API.SyncLog(entries: Array(entries[1...2]), truncated: true))
    #expect(first.fresh == Array(entries[1...2]) && !first.hasGap && !news.isFirst)
    // Something newer is gone, so an older entry is in sight that no look had.
    let older = news.take(API.SyncLog(entries: Array(entries[0...1]), truncated: true))
    #expect(older.fresh.isEmpty && !older.hasGap)
    var shrunk = entries[1]
    shrunk.count = 1
    let next = news.take(API.SyncLog(entries: [shrunk, entries[3]]))
    #expect(next.fresh == [entries[3]])
    let busy = news.take(
      API.SyncLog(entries: [Self.entry(20, "420300-JW")], truncated: true))
    #expect(busy.fresh.count == 1 && busy.hasGap)
  }

  @Test func `following the exchanges shows each once, and Ctrl-C ends it with 130`() async throws {
    let (old, new) = (Self.entry(11, "420300-FY"), Self.entry(12, "420300-JW"))
    let steps =
      try [step(API.SyncLog(entries: [old]))]
      + Array(repeating: step(API.SyncLog(entries: [old, new])), count: 30)
    try await Scratch.withDirectory { directory in
      try await ScriptedNode.lend(steps) { node, configuration in
        let words = ["sync", "log", "--follow", "--config", configuration]
        let end = try await Program.whileRunning(words, log: "\(directory)/log") { running in
          while running.isAlive, node.requests.count < 3 {
            try await Task.sleep(for: .milliseconds(20))
          }
          running.send(SIGINT)
          let hasEnded = await running.hasEnded(within: .seconds(20))
          return (hasEnded, running.said)
        }
        #expect(end.result.0 && end.code == 130 && end.signal == nil)
        let lines = end.result.1.split(separator: "\n")
        #expect(lines.count == 3 && lines.first == "at\tpeer\tkind\tcount\treason")
        #expect(lines.dropFirst().first?.contains("420300-FY") == true)
        #expect(lines.last?.contains("420300-JW") == true)
      }
    }
  }
}
