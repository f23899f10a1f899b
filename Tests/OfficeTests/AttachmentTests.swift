import Casework
import Exchange
import Foundation
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// An attachment from the drafter's desk to the addressee's.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct AttachmentTests {
  private static let two = Array(City.six.prefix(2))
  private let sample = SampleAttachment(bytes: (1 << 20) + 5)

  private func draft(_ fzb: Agency) async throws -> API.Draft {
    let clue = try await fzb.office.createClue(
      API.CreateClueRequest(title: "甲项"), by: fzb.by(.handler))
    return try await fzb.office.refer(
      API.ReferRequest(
        clue: clue.dossier, to: ["420300-JW"], title: "移送函", body: "现移送", points: ["一"]),
      by: fzb.by(.handler))
  }

  @discardableResult
  private func bring(
    _ piece: Int, to draft: API.Draft, _ fzb: Agency, spoilt: Bool = false
  ) async throws -> API.DraftAttachment {
    var bytes = sample.pieces[piece].bytes
    if spoilt { bytes[0] ^= 1 }
    return try await fzb.office.attachPiece(
      API.AttachPieceRequest(
        draft: draft.id, position: 0, piece: piece,
        content: Data(bytes).base64EncodedString()), by: fzb.by(.handler))
  }

  /// A letter of two pieces, issued.
  private func issue(_ fzb: Agency) async throws -> (draft: API.Draft, step: API.Step) {
    let draft = try await draft(fzb)
    _ = try await fzb.office.attach(
      API.AttachRequest(draft: draft.id, name: "材料.bin", size: Int64(sample.content.size)),
      by: fzb.by(.handler))
    for piece in sample.pieces { try await bring(piece.number, to: draft, fzb) }
    return (draft, try await fzb.finish(draft))
  }

  private func fetch(_ reader: Agency, from owner: Agency, atMost count: Int) async throws {
    try await reader.fetchPieces(from: owner, atMost: count)
  }

  private func shown(_ draft: API.Draft, at agency: Agency) async throws -> API.Attachment? {
    try await agency.office.document(API.DocumentRequest(document: draft.id)).attachments.first
  }

  @Test func `an attachment is brought in pieces, issued without a copy and read by the addressee`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let (draft, step) = try await issue(fzb)
      let own = try #require(try await shown(draft, at: fzb))
      #expect(own.state == "complete" && own.present && own.piecesHave == 2)
      #expect(own.name == "材料.bin" && own.size == Int64(sample.content.size))
      let left = try await fzb.store.read {
        try $0.sql.value("SELECT count(*) FROM ledger.content", as: Int.self)
      }
      #expect(left == 1, "the content was handed over")
      try await city.settle()
      // The record is valid before its attachment arrives.
      let missing = try #require(try await shown(draft, at: jw))
      #expect(missing.state == "missing" && !missing.present && missing.piecesHave == 0)
      #expect(missing.piecesTotal == 2 && missing.root == own.root)
      let asked = API.AttachmentPieceRequest(document: draft.id, position: 0, piece: 0)
      await expect(.conflict) {
        try await jw.office.attachmentPiece(asked, by: jw.by(.registry))
      }
      try await fetch(jw, from: fzb, atMost: 1)
      #expect(try await shown(draft, at: jw)?.piecesHave == 1)
      try await fetch(jw, from: fzb, atMost: 9)
      #expect(try await shown(draft, at: jw)?.state == "complete")
      for piece in sample.pieces {
        let read = try await jw.office.attachmentPiece(
          API.AttachmentPieceRequest(document: draft.id, position: 0, piece: piece.number),
          by: jw.by(.registry))
        #expect(Data(base64Encoded: read.content) == Data(piece.bytes))
        #expect(read.root == own.root)
      }
      await expect(.notFound) {
        try await jw.office.attachmentPiece(
          API.AttachmentPieceRequest(document: draft.id, position: 1, piece: 0),
          by: jw.by(.registry))
      }
      #expect(!step.changeSet.isEmpty)
    }
  }

  @Test func `an attachment of a draft is bounded, resumed and never another file`() async throws {
    try await City.with(Self.two) { city in
      let fzb = try city["420300-FZB"]
      let draft = try await draft(fzb)
      let size = Int64(sample.content.size)
      func attach(_ name: String, _ size: Int64) async throws -> API.DraftAttachment {
        try await fzb.office.attach(
          API.AttachRequest(draft: draft.id, name: name, size: size), by: fzb.by(.handler))
      }
      for name in ["../x", "a/b", "", "a\u{202E}b", "a\u{1B}b"] {
        await expect(.invalidValue) { try await attach(name, 1) }
      }
      await expect(.tooLarge) { try await attach("a", 0) }
      await expect(.tooLarge) { try await attach("a", (2 << 30) + 1) }
      await expect(.roleMissing) {
        try await fzb.office.attach(
          API.AttachRequest(draft: draft.id, name: "a", size: 1), by: fzb.by(.registry))
      }
      let begun = try await attach("a.bin", size)
      #expect(begun.piecesHave == 0 && begun.piecesTotal == 2 && begun.root == nil)
      let half = try await bring(0, to: draft, fzb)
      #expect(half.piecesHave == 1 && half.root == nil)
      // Again, from where it stopped; another file of that name is not gone on with.
      #expect(try await attach("a.bin", size) == half)
      await expect(.conflict) { try await attach("a.bin", size + 1) }
      #expect(try await bring(0, to: draft, fzb) == half)
      await expect(.conflict) { try await bring(0, to: draft, fzb, spoilt: true) }
      let act = API.DraftActRequest(draft: draft.id)
      await expect(.conflict) { try await fzb.office.submit(act, by: fzb.by(.handler)) }
      let whole = try await bring(1, to: draft, fzb)
      #expect(whole.piecesHave == 2 && whole.root == whole.begun)
      _ = try await fzb.office.submit(act, by: fzb.by(.handler))
      await expect(.draftState) { try await attach("b", 1) }
      await expect(.draftState) { try await bring(1, to: draft, fzb) }
    }
  }

  @Test func `the check names pieces changed and pieces gone, and a repair fetches them`()
    async throws
  {
    try await City.with(Self.two) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      _ = try await issue(fzb)
      try await city.settle()
      func check(repairs: Bool = false) async throws -> SelfCheckReport {
        var report = try await SelfChecking(repairs: repairs).run(
          over: jw.store, now: { .sample }, ask: { _, _ in FetchAnswer() })
        report.add(
          try await AttachmentChecking(repairs: repairs).run(over: jw.store) { _ in
            try? await fetch(jw, from: fzb, atMost: 9)
          })
        return report
      }
      #expect(try await check().isConsistent, "what has not arrived is no fault")
      try await fetch(jw, from: fzb, atMost: 9)
      #expect(try await check().isConsistent)
      try await city.tamper(
        jw,
        """
        UPDATE ledger.piece SET bytes = set_byte(bytes, 3, 255 - get_byte(bytes, 3))
        WHERE piece = 1
        """)
      try await city.tamper(jw, "DELETE FROM ledger.piece WHERE piece = 0")
      let found = try await check()
      #expect(found.differing.map(\.kind) == [.missing, .changed])
      #expect(found.differing.allSatisfy { $0.table == "ledger.piece" })
      let repaired = try await check(repairs: true)
      #expect(repaired.isConsistent && repaired.repaired == 2)
      // The list itself: a row gone, and one that no document lists.
      try await city.tamper(jw, "DELETE FROM ledger.attachment")
      #expect(try await check().differing.map(\.kind) == [.missing])
      #expect(try await check(repairs: true).isConsistent)
      try await city.tamper(jw, "UPDATE ledger.attachment SET position = 5")
      #expect(try await check().differing.map(\.kind).count == 2)
      #expect(try await check(repairs: true).isConsistent)
      try await fetch(jw, from: fzb, atMost: 9)
      #expect(try await check().isConsistent)
    }
  }
}

extension Agency {
  /// Brings over at most some pieces of what this agency lacks, as its node does.
  func fetchPieces(from owner: Agency, atMost count: Int) async throws {
    for wanted in try await store.read(ListWantedAttachments()) {
      #expect(wanted.peers.first == owner.code)
      for number in try await store.read(MissingPieces(of: wanted.listed)).prefix(count) {
        var transfer = PieceTransfer(number, of: wanted.listed.content, sliceBytes: 1 << 20)
        var step = PieceTransfer.Step.more
        while step == .more {
          let answer = try await owner.store.read(
            AnswerAttachment(
              requester: code, place: wanted.listed.place, range: transfer.question))
          guard case .slice(let slice) = answer else { throw Unexpected("\(answer)") }
          step = transfer.took(slice)
        }
        guard case .whole(let piece) = step else { throw Unexpected("\(step)") }
        #expect(try await store.write(StorePiece(piece, of: wanted.listed)))
      }
    }
  }
}
