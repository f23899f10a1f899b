import Casework
import Ledger
import Office
import Testing

/// What the tests of mechanisms do over and over, each step by somebody who may take it.
extension Agency {
  /// Opens a dossier with its members; its id.
  func open(
    _ kind: String, _ title: String, admit: [String] = [],
    _ fill: (inout API.CreateDossierRequest) -> Void = { _ in }
  ) async throws -> String {
    var request = API.CreateDossierRequest(kind: kind, title: title, admit: admit)
    fill(&request)
    return try await office.createDossier(request, by: by(.deputy)).dossier
  }

  /// Opens the third joint meeting with JW and SFJ, and issues the notice prepared for it.
  func callMeeting() async throws -> (meeting: String, notice: String) {
    let opened = try await office.createMeeting(
      API.CreateMeetingRequest(
        title: "第三次联席会议", series: "联席会议", issue: 3, heldOn: "2023-10-20", place: "三楼会议室",
        chair: "召集人", members: ["420300-JW", "420300-SFJ"]), by: by(.deputy))
    let notice = try #require(opened.draft)
    _ = try await finish(notice)
    return (opened.dossier, notice)
  }

  /// Drafts the next version of the minutes of that meeting and circulates it.
  func circulate(_ meeting: String, _ body: String) async throws {
    let draft = try await office.minutes(
      API.MinutesRequest(
        meeting: meeting, title: "纪要", body: body, present: ["420300-FZB", "420300-JW"],
        absent: ["420300-SFJ"], topics: ["线索移送", "整改销号"],
        resolutions: [API.DraftItem(kind: "resolution", text: "完善制度", unit: "420300-SFJ")]),
      by: by(.handler))
    try await sign(draft.id)
    _ = try await office.circulate(API.CirculateRequest(meeting: meeting), by: by(.registry))
  }

  /// Countersigns the minutes that circulate.
  func countersign(_ meeting: String) async throws {
    _ = try await office.countersign(
      API.CountersignRequest(meeting: meeting), by: by(.deputy))
  }

  /// Drafts a document in a dossier, signs and issues it.
  func issue(
    _ form: String, in dossier: String, _ fill: (inout API.DraftRequest) -> Void = { _ in }
  ) async throws -> (id: String, number: String) {
    let title = DocumentForm(rawValue: form)?.term.zh ?? form
    var request = API.DraftRequest(dossier: dossier, form: form, title: title, body: "正文")
    fill(&request)
    let draft = try await office.draft(request, by: by(.handler))
    return (draft.id, try await finish(draft).number ?? "")
  }

  /// Takes a step of a course; the stage reached.
  @discardableResult
  func advance(
    _ subject: String, to stage: String, as role: Role,
    _ fill: (inout API.AdvanceRequest) -> Void = { _ in }
  ) async throws -> String? {
    var request = API.AdvanceRequest(dossier: subject, stage: stage)
    fill(&request)
    return try await office.advance(request, by: by(role)).state
  }

  /// The dossier that is named, or that holds what is named, as it is read here.
  func read(_ name: String) async throws -> API.Dossier {
    try await office.dossier(API.DossierRequest(dossier: name))
  }

  /// Where a dossier stands here, or a document or an item of it.
  func course(_ subject: String) async throws -> API.CourseLine {
    let isDossier = RecordID(uuidString: subject) == nil
    return try #require(
      try await read(subject).courses.first { isDossier || $0.subject == subject })
  }

  /// Who did what to a record, in the order in which it is shown here.
  func acts(on record: String) async throws -> [String] {
    try await read(record).acts.filter { $0.target == record }.map { "\($0.author) \($0.verb)" }
  }

  /// What is due here in a dossier.
  func due(_ dossier: String) async throws -> [API.DeadlineLine] {
    try await office.deadlines(API.DeadlineListRequest(dossier: dossier)).deadlines
  }

  /// The one item of a dossier.
  func item(of dossier: String) async throws -> API.Item {
    let items = try await office.items(API.ItemListRequest(dossier: dossier)).items
    #expect(items.count == 1)
    return try #require(items.first)
  }

  /// Receives a letter, or notes a copy of it.
  func receive(_ letter: String) async throws {
    _ = try await office.receive(API.ReceiveRequest(clue: letter), by: by(.registry))
  }

  /// Accepts a letter that was received.
  func accept(_ letter: String) async throws {
    let role: Role = code.rawValue.hasSuffix("-JW") ? .caseOffice : .sectionHead
    _ = try await office.accept(API.AcceptRequest(clue: letter), by: by(role))
  }

  /// Answers a letter that was accepted, for good.
  func answer(_ letter: String, _ text: String) async throws {
    let role: Role = code.rawValue.hasSuffix("-JW") ? .caseOffice : .sectionHead
    _ = try await office.feedback(
      API.FeedbackRequest(clue: letter, stage: "答复", final: true, note: text), by: by(role))
  }
}
