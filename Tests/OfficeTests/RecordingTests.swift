import Casework
import Exchange
import Foundation
import Ledger
import Office
import Postgres
import Replica
import TestSupport
import Testing

/// What a host records at the desk of an agency that it hosts, from that agency's paper.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct RecordingTests {
  private static let three = Array(City.six.prefix(3))
  private let scan = SampleAttachment(bytes: 5_000)

  /// A paper of a dossier at the desk, without a scan.
  private func drafted(
    on subject: String, at desk: HostedDesk, by acting: Acting
  ) async throws -> String {
    try await desk.office.draft(
      API.DraftRequest(dossier: subject, form: "recordedPaper", title: "整改材料", body: ""),
      by: acting
    ).id
  }

  /// Brings the scan of a paper.
  private func bring(_ paper: String, at desk: HostedDesk, by acting: Acting) async throws {
    _ = try await desk.office.attach(
      API.AttachRequest(draft: paper, name: "整改材料.pdf", size: Int64(scan.content.size)),
      by: acting)
    for piece in scan.pieces {
      _ = try await desk.office.attachPiece(
        API.AttachPieceRequest(
          draft: paper, position: 0, piece: piece.number,
          content: Data(piece.bytes).base64EncodedString()), by: acting)
    }
  }

  /// The reason that a refusal names in its detail.
  private func detail(_ body: () async throws -> some Sendable) async -> String? {
    do {
      _ = try await body()
      return nil
    } catch {
      let words = (error as? OfficeError)?.values["detail"]?.split(separator: ",")
      return words?.first.map(String.init) ?? "\(error)"
    }
  }

  /// A finding of FZB for the hosted unit.
  private func found(_ fzb: Agency, _ city: City) async throws -> (dossier: String, id: String) {
    let dossier = try await fzb.open("inspection", "年度督察")
    _ = try await fzb.issue("feedback", in: dossier) {
      $0.to = [City.hosted]
      $0.items = [API.DraftItem(kind: "finding", text: "超期办理", unit: City.hosted)]
    }
    try await city.settle()
    return (dossier, try await fzb.item(of: dossier).id)
  }

  @Test func `a host records what its unit answers on paper, with the scan, and all see by whom`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW", kind: "unit")
      try city.on("2023-03-07")
      let finding = try await found(fzb, city)
      let paper = try await drafted(on: finding.id, at: desk, by: jw.by(.registry))
      try await bring(paper, at: desk, by: jw.by(.registry))
      let taken = try await desk.office.acknowledgeItem(
        API.ItemStepRequest(item: finding.id, scan: paper), by: jw.by(.registry))
      #expect(taken.records.count == 2 && taken.records.first == paper)
      // The same paper says how and by when; nothing of it is copied.
      _ = try await desk.office.planItem(
        API.ItemTextRequest(item: finding.id, text: "五月底前完成", scan: paper),
        by: jw.by(.sectionHead))
      await expect(.roleMissing) {
        try await desk.office.reportItem(
          API.ItemReportRequest(item: finding.id, text: "已整改", scan: paper), by: jw.by(.handler))
      }
      _ = try await desk.office.reportItem(
        API.ItemReportRequest(item: finding.id, text: "已整改", scan: paper), by: jw.by(.head))
      let left = try await jw.store.read {
        try $0.sql.value("SELECT count(*) FROM ledger.content", as: Int.self)
      }
      #expect(left == 1)
      try await city.settle()
      let shown = try await fzb.read(finding.dossier)
      let acts = shown.acts.filter { $0.target == finding.id }
      #expect(acts.map(\.verb) == ["acknowledge", "plan", "report"])
      #expect(acts.allSatisfy { $0.author == City.hosted && $0.recordedBy == "420300-JW" })
      #expect(acts.allSatisfy { $0.standing == "counts" })
      #expect(try await fzb.item(of: finding.dossier).state == "reported")
      let document = try await fzb.office.document(API.DocumentRequest(document: paper))
      #expect(document.form == "recordedPaper" && document.author == City.hosted)
      let own = try await desk.office.document(API.DocumentRequest(document: paper))
      #expect(document.attachments.map(\.size) == [5_000])
      #expect(document.attachments.map(\.root) == own.attachments.map(\.root))
      #expect(own.attachments.map(\.state) == ["complete"])
      #expect(shown.void == 0)
      #expect(
        shown.digest
          == (try await desk.office.dossier(
            API.DossierRequest(dossier: finding.dossier))).digest)
      // Its own people go on as ever.
      _ = try await desk.office.reportItem(
        API.ItemReportRequest(item: finding.id, text: "补充"), by: desk.by(.head))
      try await city.settle()
      let last = try await fzb.read(finding.dossier).acts.last { $0.target == finding.id }
      #expect(last?.verb == "report" && last?.recordedBy == nil)
    }
  }

  @Test func `nothing is recorded without the scan, by others, or of another dossier`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW", kind: "unit")
      try city.on("2023-03-07")
      let finding = try await found(fzb, city)
      let take: (String?, Acting) async -> String? = { scan, acting in
        await detail {
          try await desk.office.acknowledgeItem(
            API.ItemStepRequest(item: finding.id, scan: scan), by: acting)
        }
      }
      #expect(await take(nil, jw.by(.registry)) == "conflict.recordedWithoutScan")
      #expect(await take("", jw.by(.registry)) == "conflict.recordedWithoutScan")
      let own = await detail { try await drafted(on: finding.id, at: desk, by: desk.by(.handler)) }
      #expect(own == "conflict.recordedByHost")
      await expect(.personUnknown) {
        try await drafted(on: finding.id, at: desk, by: fzb.by(.handler))
      }
      let paper = try await drafted(on: finding.id, at: desk, by: jw.by(.registry))
      #expect(await take(paper, jw.by(.registry)) == "conflict.paperNotScanned")
      let begun = API.AttachRequest(draft: paper, name: "材料.pdf", size: 5)
      _ = try await desk.office.attach(begun, by: jw.by(.registry))
      #expect(await take(paper, jw.by(.registry)) == "conflict.attachmentMissing")
      await expect(.conflict) { try await desk.office.attach(begun, by: desk.by(.handler)) }
      _ = try await desk.office.attachPiece(
        API.AttachPieceRequest(
          draft: paper, position: 0, piece: 0,
          content: Data("扫描件".utf8.prefix(5))
            .base64EncodedString()), by: jw.by(.registry))
      #expect(await take(paper, desk.by(.registry)) == "conflict.recordedByHost")
      await expect(.personUnknown) {
        try await desk.office.acknowledgeItem(
          API.ItemStepRequest(item: finding.id, scan: paper), by: fzb.by(.registry))
      }
      let submitted = await detail {
        try await desk.office.submit(API.DraftActRequest(draft: paper), by: desk.by(.handler))
      }
      #expect(submitted == "conflict.paperComesWithAct")
      try await otherDossier(paper, finding.id, desk, jw, fzb, city)
      #expect(try await fzb.item(of: finding.dossier).state == "issued")
    }
  }

  private func otherDossier(
    _ paper: String, _ item: String, _ desk: HostedDesk, _ jw: Agency, _ fzb: Agency, _ city: City
  ) async throws {
    let second = try await found(fzb, city)
    let astray = await detail {
      try await desk.office.acknowledgeItem(
        API.ItemStepRequest(item: second.id, scan: paper), by: jw.by(.registry))
    }
    #expect(astray == "conflict.otherPaper")
    let atOwn = await detail {
      try await jw.office.acknowledgeItem(
        API.ItemStepRequest(item: item, scan: paper), by: jw.by(.registry))
    }
    #expect(atOwn == "conflict.recordedAtDesk")
    let addressed = await detail {
      try await desk.office.draft(
        API.DraftRequest(
          dossier: item, form: "recordedPaper", title: "材料", body: "", to: ["420300-FZB"]),
        by: jw.by(.registry))
    }
    #expect(addressed == "conflict.paperIsPlain")
    let atHost = await detail {
      try await fzb.office.draft(
        API.DraftRequest(dossier: item, form: "recordedPaper", title: "材料", body: ""),
        by: fzb.by(.handler))
    }
    #expect(atHost == "conflict.recordedAtDesk")
  }

  @Test func `a clue and what decides are for the hosted agency's own people`() async throws {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW")
      try city.on("2023-03-07")
      let clue = try await fzb.refer(to: [City.hosted]).clue.dossier
      try await city.settle()
      let paper = try await drafted(on: clue, at: desk, by: jw.by(.registry))
      try await bring(paper, at: desk, by: jw.by(.registry))
      let received = await detail {
        try await desk.office.receive(
          API.ReceiveRequest(clue: clue, scan: paper), by: jw.by(.registry))
      }
      #expect(received == "conflict.notRecorded")
      _ = try await desk.office.receive(API.ReceiveRequest(clue: clue), by: desk.by(.registry))
      await expect(.personUnknown) {
        try await desk.office.forward(
          API.ForwardRequest(clue: clue, to: "420300-JW"), by: jw.by(.deputy))
      }
    }
  }

  @Test func `a letter is received, accepted and answered from the paper of the unit`()
    async throws
  {
    try await City.with(Self.three) { city in
      let (fzb, jw) = (try city["420300-FZB"], try city["420300-JW"])
      let desk = try await city.host(at: "420300-JW", kind: "unit")
      try city.on("2023-03-07")
      let dossier = try await fzb.open("inspection", "年度督察")
      let letter = try await fzb.issue("supervisionLetter", in: dossier) { $0.to = [City.hosted] }
      try await city.settle()
      let paper = try await drafted(on: letter.id, at: desk, by: jw.by(.registry))
      try await bring(paper, at: desk, by: jw.by(.registry))
      _ = try await desk.office.receive(
        API.ReceiveRequest(clue: letter.id, scan: paper), by: jw.by(.registry))
      _ = try await desk.office.accept(
        API.AcceptRequest(clue: letter.id, scan: paper), by: jw.by(.sectionHead))
      _ = try await desk.office.feedback(
        API.FeedbackRequest(
          clue: letter.id, stage: "答复", final: true, note: "月底前整改", scan: paper),
        by: jw.by(.sectionHead))
      try await city.settle()
      let acts = try await fzb.read(dossier).acts.filter { $0.target == letter.id }
      #expect(acts.map(\.verb) == ["receive", "accept", "feedBack"])
      #expect(acts.allSatisfy { $0.recordedBy == "420300-JW" && $0.standing == "counts" })
    }
  }
}
