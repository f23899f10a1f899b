import Office
import Testing

@testable import guantong

@Suite struct OutputTests {
  private static let zh = Words(language: .zh, isASCII: false)
  private static let en = Words(language: .en, isASCII: true)
  private static let plain = Paint(.never, environment: [:], isTerminal: false)

  private static let status = API.Status(
    agency: "420300-FZB", name: "样例市委依法治市办", now: "2026-11-23T13:05:11.000000Z",
    node: API.NodeState(
      version: "0.1.0", startedAt: "2026-11-23T13:00:00.000000Z", ready: true, sample: true,
      directory: "00"),
    peers: [
      API.PeerState(
        agency: "420300-JW", name: "市纪委监委", state: "equal", outgoing: 0, incoming: 0, held: 0,
        rejected: 0, forks: 0, lastReceivedAt: "2026-11-23T13:05:03.000000Z"),
      API.PeerState(
        agency: "420300-FY", name: "市法院", state: "behind", outgoing: 214, incoming: 0, held: 1,
        rejected: 2, forks: 0, lastReceivedAt: nil, lastError: "a\tb\nc"),
    ])

  @Test(arguments: [
    ("中文", 4), ("a中", 3), ("é", 1), ("e\u{301}", 1), ("𠮷", 2), ("（）", 4), ("●", 1),
    ("〔2023〕", 8), ("", 0), ("한", 2), ("ｱ", 1), ("\u{200B}", 0),
  ])
  func `display width follows East Asian width`(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func `truncating never exceeds the columns, also in the middle of a wide character`() {
    #expect(DisplayWidth.truncated("中文字", to: 6) == "中文字")
    #expect(DisplayWidth.truncated("中文字", to: 5) == "中文…")
    #expect(DisplayWidth.truncated("中文字", to: 4) == "中…")
  }

  @Test func `a table lines up in Chinese`() {
    let lines = Self.status.page(Self.zh).lines(paint: Self.plain)
    #expect(
      lines == [
        "贯通 · 样例市委依法治市办 (420300-FZB)  [样例数据]   2026-11-23 21:05:11 +08:00",
        "代码       机关        状态    最近收到  待发  待收  待补  拒收  分叉",
        "420300-JW  市纪委监委  ● 一致  8 秒前       0     0     0     0     0",
        "420300-FY  市法院      ▲ 落后  从未       214     0     1     2     0",
      ])
  }

  @Test func `an ASCII page in English has no other sign in its cells`() {
    let lines = Self.status.page(Self.en).lines(paint: Self.plain)
    #expect(lines[1].hasPrefix("code       agency"))
    #expect(lines[2].contains("+ equal"))
    #expect(lines[3].contains("! behind"))
  }

  @Test func `scenario S14 a clock that is wrong is told below the peers`() {
    var status = Self.status
    status.peers[0].clockAheadSeconds = 3 * 86_400
    status.peers[0].clockFlagged = true
    status.peers[1].clockAheadSeconds = -7
    let lines = status.page(Self.en).lines(paint: Self.plain)
    #expect(lines.dropLast().last?.hasPrefix("! the clock of 420300-JW is 3 d ahead") == true)
    #expect(lines.last?.hasPrefix("the clock of 420300-FY is 7 s behind ours") == true)
  }

  @Test func `edge E25 deadlines say that their lamps are doubtful where a clock is wrong`() {
    var list = API.DeadlineList(on: "2023-10-10")
    let sure = list.page(Self.zh).lines(paint: Self.plain)
    list.clockAheadSeconds = -3 * 86_400
    let doubtful = list.page(Self.zh).lines(paint: Self.plain)
    #expect(doubtful.dropLast() == sure[...])
    #expect(doubtful.last == "▲ 本机时间与对方相差 3 天,期限提示可能不准,不影响办理")
  }

  @Test func `tab-separated values hold names, codes and raw times`() {
    let lines = Self.status.page(Self.zh, wide: true).programLines { $0.tabbed() }
    #expect(
      lines == [
        "code\tagency\tstate\tlast_received_at\toutgoing\tincoming\theld\trejected\tforks\t"
          + "last_error\tclock_ahead_seconds",
        "420300-JW\t市纪委监委\tequal\t2026-11-23T13:05:03.000000Z\t0\t0\t0\t0\t0\t\t",
        "420300-FY\t市法院\tbehind\t\t214\t0\t1\t2\t0\ta b c\t",
      ])
  }

  @Test func `comma-separated values are quoted and never run as a formula`() {
    let table = Table(
      columns: [Table.Column(name: "a", title: "A"), Table.Column(name: "b", title: "B")],
      rows: [
        [Table.Cell("=cmd()"), Table.Cell("x,\"y\"\nz")], [Table.Cell("-5"), Table.Cell("")],
      ])
    #expect(table.commaSeparated() == ["a,b", "'=cmd(),\"x,\"\"y\"\"\nz\"", "-5,"])
  }

  @Test(arguments: [
    ("x\"\u{301},=1+1", "\"x\"\"\u{301},=1+1\""), ("x,\u{301}=1", "\"x,\u{301}=1\""),
    ("\r\n=1+1", "\"'\r\n=1+1\""), ("\n=1", "\"'\n=1\""), ("=\u{200D}1", "'=\u{200D}1"),
    ("@\u{FE0F}a", "'@\u{FE0F}a"), ("＝1+1", "'＝1+1"), ("＋1", "'＋1"), ("－1", "'－1"),
    ("＠a", "'＠a"), ("a=1", "a=1"), ("+86", "+86"),
  ])
  func `no sign with a mark after it leaves its cell or runs`(
    _ text: String, _ written: String
  ) {
    let table = Table(columns: [Table.Column(name: "a", title: "A")], rows: [[Table.Cell(text)]])
    #expect(table.commaSeparated().map { Array($0.utf8) } == ["a", written].map { Array($0.utf8) })
  }

  @Test func `figures for a spreadsheet begin with the mark and run no formula`() throws {
    let figures = API.Figures(
      year: 2023, asOf: "2023-12-31", ruleVersion: 1, dossiers: 2,
      figures: [
        API.Figure(
          code: "amount", unit: "fen", value: 4_260_000_000, text: "4260.00",
          byRegion: API.RegionCounts(["420324": 0, "420300": 4_260_000_000])),
        API.Figure(
          code: "rectRate.=cmd()", unit: "rate", numerator: 61, denominator: 64, text: "95.31"),
      ])
    let printer = Printer(format: .csv, words: Self.zh, paint: Self.plain, isTerminal: false)
    #expect(
      printer.sheetLines(of: figures.page(Self.zh)) == [
        "\u{FEFF}figure,name,region,value,measure,numerator,denominator",
        "amount,执行到位金额,,4260.00,万元,,", "amount,,420300,4260.00,万元,,",
        "amount,,420324,0.00,万元,,", "rectRate.=cmd(),整改率 (=cmd()),,95.31,%,61,64",
      ])
    let late = API.Overdue(
      asOf: "2023-12-31",
      lines: [
        API.OverdueLine(
          dossier: "00", number: "=1+1", record: "id", type: "item", unit: "420300-SFJ",
          state: "issued", days: 3, reasons: ["overdue"], text: "+86")
      ])
    #expect(
      printer.sheetLines(of: late.page(Self.zh)).last
        == "'=1+1,420300-SFJ,,3,issued,,overdue,+86,id")
  }

  @Test func `matrix, deductions and plans are sheets, each cell in its column`() throws {
    let printer = Printer(format: .csv, words: Self.zh, paint: Self.plain, isTerminal: false)
    let matrix = API.Matrix(
      year: 2023, asOf: "2023-12-31", ruleVersion: 1, dossiers: 1, unreadable: 0,
      kinds: ["judicial", "discipline"],
      cells: [
        API.MatrixCell(from: "judicial", to: "judicial", value: 2, figure: "a"),
        API.MatrixCell(from: "judicial", to: "discipline", value: 1, figure: "b"),
      ])
    #expect(
      printer.sheetLines(of: matrix.page(Self.zh)) == [
        "\u{FEFF}from,judicial,discipline", "judicial,2,1", "discipline,0,0",
      ])
    let deductions = API.Deductions(
      asOf: "2023-12-31", units: [API.DeductionUnit(unit: "U", assessed: 1, points: 105)],
      lines: [
        API.DeductionLine(
          unit: "U", rule: "overdue", points: 105, record: "id", days: 3, text: "=1+1",
          assessmentNumber: "样〔2023〕1号", stage: "published", said: "disputed")
      ])
    #expect(
      printer.sheetLines(of: deductions.page(Self.zh)).last
        == "U,overdue,1.05,3,,'=1+1,样〔2023〕1号,published,disputed,id")
    let plans = API.Plans(
      year: 2023, asOf: "2023-12-31", planned: 1,
      items: [
        API.PlanLine(
          item: "id", plan: "p", number: "样〔2023〕1号", author: "A", position: 1, text: "督察",
          unit: "U", coUnits: ["B"], approval: "批", overlaps: ["other"])
      ])
    #expect(
      printer.sheetLines(of: plans.page(Self.zh)).last
        == "样〔2023〕1号,1,A,U,B,,批,,,other,督察,id")
    let told = plans.page(Self.en)
    #expect(told.blocks.count == 3)
  }

  @Test func `the JSON of status is the contract's`() throws {
    let text = String(decoding: try JSONValue(encoding: Self.status).encoded(), as: UTF8.self)
    #expect(
      text.hasPrefix(
        """
        {"schema":"guantong.status/v1","agency":"420300-FZB","name":"样例市委依法治市办",\
        "now":"2026-11-23T13:05:11.000000Z","node":{"version":"0.1.0",\
        "started_at":"2026-11-23T13:00:00.000000Z","ready":true,"not_ready":[],"sample":true,\
        "directory":"00"},"peers":[{"agency":"420300-JW","name":"市纪委监委","state":"equal",\
        "outgoing":0,"incoming":0,"held":0,"rejected":0,"forks":0,\
        "last_received_at":"2026-11-23T13:05:03.000000Z","last_error":null,\
        "last_error_code":null,"clock_ahead_seconds":null,"clock_flagged":false,"dialable":true},
        """.filter { !$0.isNewline }))
    #expect(text.contains("\"last_received_at\":null"))
  }

  @Test func `the JSON of both reconciliations is the contract's`() throws {
    let place = API.ChangeSetPlace(id: "i", dossier: "d", author: "a", sequence: 1)
    let peer = API.ReconcilePeer(
      peer: "420300-JW", sharedDossiers: 3, equal: 2, inFlight: 0, onlyLocal: [place],
      differing: [API.Divergence(dossier: "d", author: "a", sequence: 1, ids: ["x", "y"])],
      errors: [API.ReconcileError(code: "c", detail: "t")], repaired: 0, roundTrips: 2, bytes: 3,
      milliseconds: 4)
    #expect(
      String(decoding: try JSONValue(encoding: peer).encoded(), as: UTF8.self) == """
        {"schema":"guantong.reconcile/v1","peer":"420300-JW","shared_dossiers":3,"equal":2,\
        "in_flight":0,"only_local":[{"id":"i","dossier":"d","author":"a","sequence":1}],\
        "only_remote":[],"differing":[{"dossier":"d","author":"a","sequence":1,\
        "ids":["x","y"]}],"errors":[{"code":"c","detail":"t"}],"repaired":0,\
        "consistent":false,"round_trips":2,"bytes":3,"milliseconds":4,"truncated":false,\
        "agency":"","only_local_total":1,"only_remote_total":0,"differing_total":1,\
        "dry_run":false,"skipped":[]}
        """)
    let own = API.ReconcileSelf(
      changeSetsChecked: 1, rowsChecked: 2, holes: [place],
      differing: [API.RowDifference(table: "casework.document", id: "u", kind: "changed")],
      repaired: 0)
    #expect(
      String(decoding: try JSONValue(encoding: own).encoded(), as: UTF8.self) == """
        {"schema":"guantong.reconcile-self/v1","change_sets_checked":1,"rows_checked":2,\
        "holes":[{"id":"i","dossier":"d","author":"a","sequence":1}],\
        "differing":[{"table":"casework.document","id":"u","kind":"changed","dossier":"",\
        "seen":"","due":""}],"repaired":0,"consistent":false,"truncated":false,"agency":"",\
        "holes_total":1,"differing_total":1,"dry_run":false,"skipped_holes":[],\
        "skipped_rows":[],"next":null,"dossiers_uncompared":0,"after":null}
        """)
  }

  @Test func `a healed agency is told in pipes too, though there is nothing to list`() {
    let report = API.ReconcileSelf(
      changeSetsChecked: 1, rowsChecked: 2, holes: [], differing: [], repaired: 3,
      consistent: true, agency: "420300-FY")
    let page = DemoHeal.Healed(report: report).page(Self.zh)
    #expect(
      page.programLines { $0.tabbed() } == [
        "agency\t420300-FY", "consistent\ttrue", "repaired\t3", "holes\t0", "differing\t0",
      ])
    #expect(page.lines(paint: Self.plain).last == "不一致  0")
  }

  @Test func `a hole of an unknown author says so to people`() {
    let known = API.ChangeSetPlace(id: "i", dossier: "d", author: "420300-JW", sequence: 7)
    let unknown = API.ChangeSetPlace(id: "j", dossier: "d", author: "", sequence: 0)
    let report = API.ReconcileSelf(
      changeSetsChecked: 1, rowsChecked: 0, holes: [known, unknown], differing: [], repaired: 0)
    let lines = report.page(Self.zh).lines(paint: Self.plain)
    #expect(lines.contains { $0.hasSuffix("i(420300-JW 第 7 件)") }, "\(lines)")
    #expect(lines.contains { $0.hasSuffix("j(作者未知)") }, "\(lines)")
    let programs = report.page(Self.en).programLines { $0.tabbed() }
    #expect(programs.last?.hasSuffix("\tj") == true, "\(programs)")
  }

  @Test func `comparisons with several peers are one table that names the peer`() {
    let place = API.ChangeSetPlace(id: "i", dossier: "d", author: "a", sequence: 1)
    var away = API.ReconcilePeer(unreached: "420300-FY")
    away.errors = [API.ReconcileError(code: "GT-5001", detail: "it did not answer")]
    let here = API.ReconcilePeer(
      peer: "420300-JW", sharedDossiers: 1, equal: 0, inFlight: 0, onlyLocal: [place],
      repaired: 0, roundTrips: 1, bytes: 1, milliseconds: 1)
    let page = API.ReconcilePeer.page(of: [away, here], Self.en)
    #expect(
      page.programLines { $0.tabbed() } == [
        "peer\tsign\tdossier\tauthor\tsequence\tchange_set",
        "420300-FY\t!\t\tGT-5001\t0\tit did not answer", "420300-JW\t+\td\ta\t1\ti",
      ])
    let people = page.lines(paint: Self.plain)
    #expect(people.count == 5)
    #expect(people[0].contains("420300-FY") && people[1].contains("420300-JW"))
    #expect(!away.consistent)
  }

  @Test func `an empty list says so to people and keeps its names for programs`() {
    let page = API.HeldList(held: []).page(Self.zh)
    #expect(page.lines(paint: Self.plain, empty: Self.zh("list.empty")) == ["没有条目"])
    #expect(page.programLines { $0.tabbed() }.count == 1)
    let equal = API.ReconcilePeer(
      peer: "420300-JW", sharedDossiers: 1, equal: 1, inFlight: 0, repaired: 0, consistent: true,
      roundTrips: 1, bytes: 1, milliseconds: 1)
    #expect(equal.page(Self.zh).lines(paint: Self.plain, empty: "x").count == 1)
  }

  @Test func `a verdict says in every format whether the root is pinned`() throws {
    var verified: Verified = try JSONValue(
      parsing: """
        {"schema":"guantong.verify/v1","valid":false,"received":[],"root_pinned":false,\
        "warnings":[],"reason":"seal"}
        """.utf8
    ).decoded()
    #expect(
      verified.page(Self.en).programLines { $0.tabbed() } == ["valid\tfalse", "reason\tseal"])
    verified.valid = true
    verified.warnings = ["root-not-pinned"]
    let lines = verified.page(Self.en).programLines { $0.tabbed() }
    #expect(lines.prefix(3) == ["valid\ttrue", "root_pinned\tfalse", "warnings\troot-not-pinned"])
    #expect(try JSONValue(encoding: verified)["root_pinned"] == .bool(false))
    let people = verified.page(Self.zh).lines(paint: Self.plain)
    #expect(people.contains { $0.contains("未核对名录根") })
    #expect(!people.contains { $0.contains("root-not-pinned") })
  }

  @Test(
    arguments: [
      ([:], false, false), (["FORCE_COLOR": "1"], false, true), (["NO_COLOR": "1"], true, false),
      (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false), ([:], true, true),
      (["TERM": "dumb"], true, false), (["NO_COLOR": ""], true, true),
    ] as [([String: String], Bool, Bool)])
  func `colours follow the flag, the environment and the terminal`(
    _ environment: [String: String], _ isTerminal: Bool, _ isOn: Bool
  ) {
    #expect(Paint(.auto, environment: environment, isTerminal: isTerminal).isOn == isOn)
    #expect(Paint(.always, environment: environment, isTerminal: isTerminal).isOn)
    #expect(!Paint(.never, environment: environment, isTerminal: isTerminal).isOn)
  }

  @Test func `colours do not shift columns`() {
    let paint = Paint(.always, environment: [:], isTerminal: true)
    let coloured = Self.status.page(Self.zh).lines(paint: paint)
    let bare = coloured.map { $0.replacing(/\u{1B}\[[0-9]*m/, with: "") }
    #expect(bare == Self.status.page(Self.zh).lines(paint: Self.plain))
  }

  @Test func `words of an item and of a person on the command line`() {
    let item = ItemWord(
      argument: "unit=420300-SFJ;with=420300-FY,420300-JW;due=2023-11-30;text=a;b=c")
    #expect(item?.item.text == "a;b=c")
    #expect(item?.item.coUnits == ["420300-FY", "420300-JW"])
    #expect(item?.item.kind == "resolution")
    #expect(ItemWord(argument: "unit=x") == nil)
    #expect(ItemWord(argument: "unti=x;text=y") == nil)
    #expect(ItemWord(argument: "text=a;amount=x") == nil)
    #expect(PersonWord(argument: "name=甲;roles=handler,deputy")?.person.roles.count == 2)
    #expect(MeasureWord(argument: "party") == nil)
  }
}
