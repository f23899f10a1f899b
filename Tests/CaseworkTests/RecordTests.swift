import Casework
import Ledger
import TestSupport
import Testing

/// Fixed ids: the time is always the same, the last byte tells them apart.
func recordID(_ number: UInt8) -> RecordID {
  RecordID(
    timestamp: Timestamp(microseconds: 1_678_147_200_000_000),
    random: [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
}

@Suite struct `records have one lawful form` {
  let letter = Document(
    form: .referral, number: "样法办函〔2023〕4号",
    to: [AgencyCode("420300-JW")].compactMap { $0 },
    title: "移送问题线索", body: "现将问题线索移送你单位。", items: [recordID(3), recordID(4)],
    attachments: [], dueOn: CivilDate("2023-04-14"), drafter: recordID(1), signer: recordID(2),
    issuedOn: CivilDate(days: 19_423), purpose: .discipline)

  @Test func `a document comes back as it was written`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let record = Record(id: recordID(9), author: fzb, .document(letter))
    guard case .record(let read) = CaseRecord.read(record) else {
      Issue.record("not read")
      return
    }
    #expect(read.content == .document(letter))
    #expect(read.hash == CaseRecord.hash(body: record.body))
  }

  @Test func `every content comes back as it was written`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let date = CivilDate(days: 19_423)
    let measure = try #require(Measure(.party, "warning"))
    let contents: [CaseRecord.Content] = [
      .dossier(Dossier(kind: .clue, number: "420300-FZB-XS-2023-0004", title: "线索")),
      .dossier(
        Dossier(kind: .petition, title: "反映办证超期", channel: .visit, demandKind: .appeal)),
      .dossier(Dossier(kind: .demonstration, title: "示范创建", level: .provincial, batch: 2)),
      .item(
        Item(document: recordID(9), number: 1, kind: .cluePoint, text: "超期", category: "delay")),
      .act(
        Act(
          on: recordID(9), .document, verb: .return, actor: recordID(1), role: .sectionHead,
          date: date, reason: "incomplete", note: "补齐后重新移送")),
      .act(
        Act(
          on: recordID(9), .document, verb: .agreeWithdraw, actor: nil, role: nil, date: date,
          automatic: true)),
      .result(
        Result(
          kind: .sanction, on: date, caseFiled: recordID(8), measures: [measure],
          personKey: "P-001", actor: recordID(1), role: .caseOffice, clue: recordID(9))),
      .result(
        Result(
          kind: .score, on: date, actor: recordID(1), role: .deputy,
          rating: Rating(rank: 2, ranked: 14, score: 9_550, unit: fzb))),
      .result(
        Result(
          kind: .survey, on: date, actor: recordID(1), role: .deputy, rating: Rating(score: 0))),
    ]
    for content in contents {
      let record = Record(id: recordID(7), author: fzb, content)
      guard case .record(let read) = CaseRecord.read(record) else {
        Issue.record("not read: \(content)")
        continue
      }
      #expect(read.content == content)
    }
  }

  @Test func `a rating that states nothing is another form and refused`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let plain = Result(
      kind: .survey, on: CivilDate(days: 19_423), actor: recordID(1), role: .deputy)
    var record = Record(id: recordID(9), author: fzb, .result(plain))
    // Field 16, a message of no bytes.
    record.body += [0x82, 0x01, 0x00]
    guard case .flawed(let flaw) = CaseRecord.read(record) else {
      Issue.record("an empty rating was taken")
      return
    }
    #expect(flaw.reason == .malformed && flaw.detail == "rating")
  }

  @Test func `one byte more is another form and refused`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let record = Record(id: recordID(9), author: fzb, .document(letter))
    // A byte that is no field, and the fields 1, 2 and 18 once more, of no bytes.
    let additions: [[UInt8]] = [[0xF8], [0x0A, 0x00], [0x12, 0x00], [0x92, 0x01, 0x00]]
    for more in additions {
      var longer = record
      longer.body += more
      guard case .flawed(let flaw) = CaseRecord.read(longer) else {
        Issue.record("\(more) was taken")
        continue
      }
      #expect(flaw.reason == .malformed && flaw.detail == "form")
    }
  }

  @Test(arguments: ["绝密", "机密", "秘密", "topSecret", "secret", "confidential", "机密★10年"])
  func `a state secret is refused by name`(level: String) {
    guard case .stateSecret = Classification.reading(level) else {
      Issue.record("\(level) was not refused")
      return
    }
  }

  @Test(arguments: [
    ("机密★10年", "机密"), ("份号 000001\n绝 密 ★ 长期", "绝密"), ("关于某事项 秘密★", "秘密"),
    ("附件(机密★20年).pdf", "机密"), ("工作秘密★5年,另附机密★5年件", "机密"),
  ])
  func `the mark of a state secret is found in a text`(text: String, level: String) {
    #expect(Classification.stateSecretMark(in: text) == level)
  }

  @Test(arguments: [
    "", "★", "保守国家秘密法", "不得处理机密信息", "工作秘密★5年", "★机密", "五★级", "机密 10年★",
  ])
  func `what only speaks of secrecy carries no mark`(text: String) {
    #expect(Classification.stateSecretMark(in: text) == nil)
  }

  @Test func `levels that are no state secret are read by code and by name`() {
    #expect(Classification.reading("workSecret") == .level(.workSecret))
    #expect(Classification.reading("工作秘密") == .level(.workSecret))
    #expect(Classification.reading("whatever") == .unknown)
  }

  @Test func `a text with a NUL is void`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    var bad = letter
    bad.title = "a\u{0}b"
    let record = Record(id: recordID(9), author: fzb, .document(bad))
    guard case .flawed(let flaw) = CaseRecord.read(record) else {
      Issue.record("a NUL was taken")
      return
    }
    #expect(flaw.reason == .malformed && flaw.detail == "title:nul")
  }

  @Test func `an unknown verb asks for an upgrade instead of being void`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let act = Act(
      on: recordID(9), .document, verb: .note, actor: recordID(1), role: .registry,
      date: CivilDate(days: 19_423))
    var record = Record(id: recordID(7), author: fzb, .act(act))
    let note = Array("note".utf8)
    let start = try #require(record.body.indices.first { record.body[$0...].starts(with: note) })
    record.body.replaceSubrange(start..<(start + 4), with: Array("nota".utf8))
    #expect(CaseRecord.read(record) == .needsUpgrade("verb:nota"))
  }
}
