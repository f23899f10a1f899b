import Casework
import Foundation
import TestSupport
import Testing

@testable import Ledger

/// Protobuf fields by hand, as a build would write them that knows more than this one.
private enum Later {
  static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  static func bytes(_ field: UInt64, _ content: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(UInt64(content.count)) + content
  }

  static func text(_ field: UInt64, _ content: String) -> [UInt8] {
    bytes(field, Array(content.utf8))
  }

  static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] {
    varint(field << 3) + varint(value)
  }

  /// A body of texts, each with its number.
  static func body(_ texts: KeyValuePairs<UInt64, String>) -> [UInt8] {
    texts.flatMap { text($0.key, $0.value) }
  }

  /// An act on a document, whose number is the first field.
  static func act(_ texts: KeyValuePairs<UInt64, String>) -> [UInt8] {
    number(1, 4) + body(texts)
  }
}

@Suite struct `bodies of a later build wait and are not void` {
  private func read(_ type: UInt32, _ body: [UInt8]) -> RecordReading {
    CaseRecord.read(
      Record(id: recordID(9), type: type, author: Town.fzb, body: body))
  }

  @Test(arguments: RecordType.allCases)
  func `with a field that this build does not know, whatever the others say`(
    _ type: RecordType
  ) throws {
    let next: [RecordType: UInt64] = [
      .dossier: 13, .document: 19, .item: 11, .act: 19, .result: 17, .destruction: 6,
      .disclosure: 5,
    ]
    let first = try #require(next[type])
    for field in [first, 5_000] {
      let body = Later.number(field, 1)
      #expect(read(type.rawValue, body) == .needsUpgrade("field:\(field)"))
      // What comes before and after is in the one lawful form, or no build wrote it.
      #expect(read(type.rawValue, body + Later.number(field - 1, 1)).isVoid)
      #expect(read(type.rawValue, body + body).isVoid)
    }
    #expect(read(type.rawValue, []).isVoid)
  }

  @Test(
    arguments: [
      (4, 10, 5), (4, 14, 4), (4, 16, 9), (6, 7, 4), (7, 4, 3), (7, 15, 4), (7, 16, 5),
    ] as [(UInt32, UInt64, UInt64)])
  func `with such a field in a message inside`(_ type: UInt32, _ field: UInt64, _ inner: UInt64) {
    #expect(
      read(type, Later.bytes(field, Later.number(inner, 1)))
        == .needsUpgrade("field:\(field).\(inner)"))
    // A field that this build knows, with another type than it has.
    #expect(read(type, Later.bytes(field, [0x0D, 0, 0, 0, 0])).isVoid)
  }

  @Test func `of every record that is lawful but for the field`() throws {
    let day = CivilDate(days: 19_423)
    let contents: [CaseRecord.Content] = [
      .dossier(Dossier(kind: .clue, title: "线索")),
      .document(
        Document(
          form: .referral, to: [Town.jw], title: "函", body: "文", drafter: recordID(1),
          signer: recordID(2), issuedOn: day)),
      .item(Item(document: recordID(9), number: 1, kind: .cluePoint, text: "超期")),
      .act(
        Act(
          on: recordID(9), .document, verb: .receive, actor: recordID(1), role: .registry,
          date: day)),
      .result(Result(kind: .training, on: day, actor: recordID(1), role: .deputy)),
      .destruction(
        Destruction(actor: recordID(1), role: .head, on: day, decision: "一", reason: "二")),
      .disclosure(Disclosure(actor: recordID(1), role: .deputy, on: day, reason: "三")),
    ]
    #expect(Set(contents.map(\.type)) == Set(RecordType.allCases))
    for content in contents {
      let (type, body) = (content.type.rawValue, content.encoded())
      guard case .record = read(type, body) else {
        Issue.record("\(content) is lawful")
        continue
      }
      #expect(read(type, body + Later.text(5_000, "新")) == .needsUpgrade("field:5000"))
    }
  }

  @Test func `to the build before a field was added, and to the one after it they are lawful`()
    throws
  {
    let petition = Dossier(kind: .petition, title: "反映办证超期", channel: .visit)
    let body = CaseRecord.Content.dossier(petition).encoded()
    let before = try #require(KnownFields(upTo: 8).cut(body[...]))
    #expect(before.later == "9")
    var without = petition
    without.channel = nil
    #expect(before.bytes == CaseRecord.Content.dossier(without).encoded())
    #expect(RecordType.dossier.fields.cut(body[...])?.later == nil)
    guard case .record(let record) = read(3, body) else {
      Issue.record("this build knows the channel")
      return
    }
    #expect(record.content == .dossier(petition))
  }

  @Test(
    arguments: [
      (3, Later.body([1: "later"]), "kind:later"),
      (3, Later.body([1: "clue", 8: "later"]), "classification:later"),
      (4, Later.body([1: "later"]), "form:later"),
      (5, Later.body([3: "later"]), "kind:later"),
      (6, Later.number(1, 99), "target_type:99"),
      (6, Later.act([3: "later"]), "verb:later"),
      (6, Later.act([3: "note", 5: "later"]), "role:later"),
      (6, Later.act([3: "urge", 12: "later"]), "kind:later"),
      (7, Later.body([1: "later"]), "kind:later"),
      (7, Later.body([1: "training", 13: "later"]), "role:later"),
      (8, Later.body([2: "later"]), "role:later"),
      (9, Later.body([2: "later"]), "role:later"),
    ] as [(UInt32, [UInt8], String)])
  func `with a code that this build does not know, whatever the other fields say`(
    _ type: UInt32, _ body: [UInt8], _ what: String
  ) {
    #expect(read(type, body) == .needsUpgrade(what))
  }

  @Test func `with a measure of a later build`() {
    func result(_ measure: [UInt8]) -> RecordReading {
      let (kind, role) = (Later.text(1, "sanction"), Later.text(13, "caseOffice"))
      return read(7, kind + Later.bytes(4, measure) + role)
    }
    #expect(result(Later.text(1, "later")) == .needsUpgrade("measure.class:later"))
    #expect(
      result(Later.body([1: "party", 2: "later"])) == .needsUpgrade("measure.value:later"))
    #expect(result(Later.text(1, "party")).isVoid)
  }

  @Test(arguments: ["", "Later", "9later", "la ter", "later!", "后来", "later\u{0}"])
  func `and a text that is no code in any build is void`(_ text: String) {
    #expect(read(5, text.isEmpty ? [] : Later.text(3, text)).isVoid)
  }

  private func checkForm<Code: CodeTable>(_: Code.Type) {
    for code in Code.allCases {
      #expect(
        code.rawValue.wholeMatch(of: /[a-z][A-Za-z0-9]{0,63}/) != nil, "\(code.rawValue)")
    }
  }

  @Test func `and every code of this build has the form that all of them have`() {
    checkForm(DossierKind.self)
    checkForm(OversightKind.self)
    checkForm(Classification.self)
    checkForm(PetitionChannel.self)
    checkForm(DemandKind.self)
    checkForm(DocumentForm.self)
    checkForm(ItemKind.self)
    checkForm(Verb.self)
    checkForm(Role.self)
    checkForm(Stage.self)
    checkForm(SupervisionLevel.self)
    checkForm(ResultKind.self)
    checkForm(MeasureClass.self)
    checkForm(Disposition.self)
    checkForm(HandlingStage.self)
    checkForm(CloseKind.self)
    checkForm(ReturnReason.self)
    checkForm(RejectReason.self)
    checkForm(ExtensionReason.self)
    checkForm(DeclineReason.self)
    checkForm(InspectionMode.self)
    checkForm(Misconduct.self)
    checkForm(DeductionRule.self)
    checkForm(FindingCategory.self)
    for kind in MeasureClass.allCases {
      for value in kind.values {
        #expect(value.code.wholeMatch(of: /[a-z][A-Za-z0-9]{0,63}/) != nil, "\(value.code)")
      }
    }
  }

  @Test func `and a code is not longer than any build has them`() {
    let long = String(repeating: "a", count: 64)
    #expect(read(5, Later.text(3, long)) == .needsUpgrade("kind:\(long)"))
    #expect(read(5, Later.text(3, long + "a")).isVoid)
  }

  @Test func `and a state secret is void in every build`() {
    for level in ["topSecret", "绝密"] {
      #expect(read(3, Later.body([1: "later", 8: level])).isVoid)
    }
    #expect(read(3, Later.body([1: "clue", 8: "工作秘密"])).isVoid)
  }

  @Test func `the fields that are known are those of the schema`() throws {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let path = folders.joined(separator: "/") + "/Schema/wire/casework.proto"
    let schema = String(
      decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    var numbers: [String: [UInt64: String]] = [:]
    var message = ""
    for line in schema.split(separator: "\n") {
      if let found = line.firstMatch(of: /^message (\w+) \{/) { message = String(found.1) }
      guard
        let found = line.firstMatch(of: /^  (?:optional |repeated )?([\w.]+) \w+ = ([0-9]+);/),
        let number = UInt64(found.2)
      else { continue }
      numbers[message, default: [:]][number] = String(found.1)
    }
    numbers["guantong.ledger.v1.Citation"] = [1: "bytes", 2: "uint32", 3: "uint32"]
    func fields(_ message: String) throws -> KnownFields {
      let own = try #require(numbers[message], "\(message)")
      #expect(own.keys.sorted() == Array(1...UInt64(own.count)), "\(message) has a gap")
      let inside = own.filter { numbers[$0.value] != nil }
      return KnownFields(
        upTo: UInt64(own.count), holding: try inside.mapValues { try fields($0) })
    }
    let messages: [RecordType: String] = [
      .dossier: "Dossier", .document: "Document", .item: "Item", .act: "Act",
      .result: "Result", .destruction: "Destruction", .disclosure: "Disclosure",
    ]
    for type in RecordType.allCases {
      let expected = try fields(try #require(messages[type]))
      #expect(type.fields == expected, "\(type)")
    }
  }

  @Test func `the attachments after a document of a later build wait with it`() {
    func document(_ attachments: Int) -> Document {
      Document(
        form: .referral, to: [Town.jw], title: "函", body: "文",
        attachments: (0..<attachments).map {
          Casework.Attachment(
            name: "材料\($0).pdf", size: 1, salt: .sha256([1, UInt8($0)]),
            root: .sha256([2, UInt8($0)]))
        }, drafter: recordID(1), signer: recordID(2), issuedOn: CivilDate(days: 19_423))
    }
    func record(_ number: UInt8, _ attachments: Int) -> Record {
      Record(id: recordID(number), author: Town.fzb, .document(document(attachments)))
    }
    var later = record(2, 1)
    later.body += Later.number(5_000, 1)
    let part = Part(records: [record(1, 2), later, record(3, 1)])
    #expect(part.attachments.map(\.position) == [0, 1])
    later.type = 99
    let other = Part(records: [record(1, 2), later, record(3, 1)])
    #expect(other.attachments.map(\.record) == [0, 0, 2])
  }
}

@Suite struct `a dossier with a body of a later build` {
  private func later(_ id: RecordID, by author: AgencyCode) -> Record {
    var record = Record(
      id: id, author: author, .dossier(Dossier(kind: .clue, title: "线索")))
    record.body += Later.number(5_000, 1)
    return record
  }

  private func referred() throws -> (world: CaseWorld, letter: RecordID) {
    var world = try CaseWorld()
    try world.openClue()
    let letter = try world.refer().document
    try world.deliver(from: Town.fzb, to: Town.jw)
    try world.act(.receive, on: letter, by: Town.jw, role: .registry)
    return (world, letter)
  }

  @Test func `is read-only and without a digest, names the author and voids nothing`() throws {
    let (base, letter) = try referred()
    var world = base
    var content = ChangeContent()
    content.records = [later(world.newID(), by: Town.jw)]
    let change = try world.write(content, by: Town.jw)
    try world.sync()
    for reader in [Town.fzb, Town.jw] {
      let folded = try world.folded(reader)
      #expect(folded.unknown == ["field:5000"] && folded.digest == nil)
      #expect(folded.newerAuthors == [Town.jw])
      #expect(folded.flaws(in: change).isEmpty)
      #expect(!folded.rows.contains { $0.table == "casework.void" })
      #expect(folded.referral(letter, at: Town.jw)?.state == .received)
    }
  }

  @Test func `waits for a reason of a later build, too, and one that is no code is void`() throws {
    let (base, letter) = try referred()
    for (reason, what) in [("outOfHours", ["reason:outOfHours"]), ("Out of hours", [])] {
      var world = base
      let place = try world.act(.return, on: letter, by: Town.jw, role: .sectionHead) {
        $0.reason = reason
        $0.note = "请补正"
      }
      let folded = try world.folded(Town.jw)
      #expect(folded.unknown == what)
      #expect(folded.flaw(at: place)?.reason == (what.isEmpty ? .wrongReason : nil))
      #expect(folded.referral(letter, at: Town.jw)?.state == .received)
    }
    // What is void for another reason stays so: the code changes nothing.
    var world = base
    let place = try world.act(.return, on: letter, by: Town.jw, role: .registry) {
      $0.reason = "outOfHours"
      $0.note = "请补正"
    }
    #expect(try world.folded(Town.jw).flaw(at: place)?.reason == .wrongRole)
    #expect(try !world.folded(Town.jw).needsUpgrade)
  }

  @Test func `waits for the readers of a sealed part alone`() throws {
    var world = try CaseWorld()
    try world.openMeeting()
    world.sealing = [Town.fzb, Town.jw]
    var content = ChangeContent()
    content.records = [later(world.newID(), by: Town.fzb)]
    try world.write(content, by: Town.fzb)
    try world.sync()
    let inside = try world.folded(Town.jw)
    #expect(inside.needsUpgrade)
    let outside = try world.folded(Town.fy)
    #expect(!outside.needsUpgrade && outside.digest != nil)
    #expect(inside.digest == outside.digest, "the open rows are the same for both")
  }

  @Test func `waits no longer when its change set does not count`() throws {
    var world = try referred().world
    let before = try #require(world.replicas[Town.jw]?.heads.first)
    var content = ChangeContent()
    content.records = [later(world.newID(), by: Town.jw)]
    try world.write(content, by: Town.jw)
    #expect(try world.folded(Town.jw).needsUpgrade)
    // Its author forks its own chain: neither branch counts.
    try world.write(ChangeContent(), by: Town.jw, after: before)
    #expect(try !world.folded(Town.jw).needsUpgrade)
  }
}

extension RecordReading {
  fileprivate var isVoid: Bool {
    if case .flawed(let flaw) = self { flaw.reason == .malformed } else { false }
  }
}
