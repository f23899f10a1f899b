import Casework
import Ledger
import Testing

@Suite struct `attachments in records` {
  private func letter(_ attachments: [Casework.Attachment]) -> Document {
    Document(
      form: .referral, number: "样法办函〔2023〕4号", title: "移送问题线索", attachments: attachments,
      drafter: recordID(1), signer: recordID(2), issuedOn: CivilDate(days: 19_423))
  }

  private func attachment(_ name: String, size: UInt64 = 5) -> Casework.Attachment {
    Casework.Attachment(name: name, size: size, salt: .zero, root: .zero)
  }

  private func reading(_ attachments: [Casework.Attachment]) throws -> RecordReading {
    let fzb = try #require(AgencyCode("420300-FZB"))
    return CaseRecord.read(Record(id: recordID(9), author: fzb, .document(letter(attachments))))
  }

  @Test func `a letter with attachments comes back as it was written`() throws {
    let listed = [attachment("材料 1.pdf"), attachment("a", size: 2 << 30)]
    guard case .record(let read) = try reading(listed) else {
      Issue.record("not read")
      return
    }
    #expect(read.content == .document(letter(listed)))
  }

  @Test(arguments: [
    "", ".", "..", "a/b", "a\\b", "a\nb", "a\u{0}b", "a\u{1B}[2J", "a\u{202E}fdp.exe", "a\u{9B}b",
    String(repeating: "长", count: 86),
  ])
  func `a name that is a path or steers a display makes the record void`(_ name: String) throws {
    guard case .flawed = try reading([attachment(name)]) else {
      Issue.record("\(name.debugDescription) was taken")
      return
    }
  }

  @Test(arguments: [0, (2 << 30) + 1, .max] as [UInt64])
  func `a size that is not lawful makes the record void`(_ size: UInt64) throws {
    let flaw = RecordReading.flawed(try #require(Self.flaw("attachment:size")))
    #expect(try reading([attachment("a", size: size)]) == flaw)
  }

  private static func flaw(_ detail: String) -> RecordFlaw? {
    guard let fzb = AgencyCode("420300-FZB") else { return nil }
    let record = Record(
      id: recordID(9), author: fzb,
      .document(
        Document(
          form: .referral, title: "t",
          attachments: [Casework.Attachment(name: "a", size: 0, salt: .zero, root: .zero)],
          drafter: recordID(1), signer: recordID(2), issuedOn: CivilDate(days: 19_423))))
    guard case .flawed(let flaw) = CaseRecord.read(record), flaw.detail == detail else {
      return nil
    }
    return flaw
  }

  @Test func `more than sixty-four make the record void`() throws {
    let many = (0...64).map { attachment("a\($0)") }
    guard case .record = try reading(Array(many.dropLast())), case .flawed = try reading(many)
    else {
      Issue.record("the limit is not where it should be")
      return
    }
  }

  @Test func `the positions of a part run over all its documents`() throws {
    let fzb = try #require(AgencyCode("420300-FZB"))
    let part = Part(records: [
      Record(id: recordID(1), author: fzb, .document(letter([attachment("a"), attachment("b")]))),
      Record(id: recordID(2), type: 4, author: fzb, body: [0xFF]),
      Record(id: recordID(3), author: fzb, .document(letter([attachment("c")]))),
    ])
    #expect(part.attachments.map(\.position) == [0, 1, 2])
    #expect(part.attachments.map(\.record) == [0, 0, 2])
    #expect(part.attachments.map(\.index) == [0, 1, 0])
    #expect(part.attachments.map(\.attachment.name) == ["a", "b", "c"])
  }
}
