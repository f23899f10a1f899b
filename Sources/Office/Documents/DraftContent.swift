import Casework
import Ledger

/// What a draft says, as it is kept in the office until it is issued; it never leaves the node.
struct DraftContent: Codable, Hashable, Sendable {
  var form: String
  var title: String
  var body: String
  var to: [String]
  var cc: [String]
  var items: [API.DraftItem] = []
  var dueOn: String?
  /// The issued document of ours that it replaces.
  var supersedes: String?
  /// The kind of oversight that a letter asks for.
  var purpose: String?
  /// Records that it cites, by id or number.
  var basis: [String] = []
  var required: [String] = []
  var sealed: [API.SealedSheet] = []
  /// The letter that a supplement adds to.
  var supplements: String?
  var meeting: DraftMeeting?
  var version = 1

  init(
    form: DocumentForm, title: String, body: String, to: [AgencyCode] = [], cc: [AgencyCode] = []
  ) {
    self.form = form.rawValue
    self.title = title
    self.body = body
    self.to = to.map(\.rawValue)
    self.cc = cc.map(\.rawValue)
  }

  private init(form: String) {
    (self.form, title, body, to, cc) = (form, "", "", [], [])
  }

  /// Whether it is what the host of a hosted agency records from.
  var isPaper: Bool { form == DocumentForm.recordedPaper.rawValue }

  /// Whether it has a title and a text and nothing else.
  var isPlain: Bool {
    var plain = self
    (plain.title, plain.body) = ("", "")
    return plain == DraftContent(form: form)
  }

  /// The roles that may draft it; what comes on paper anybody of the host's staff brings.
  var drafters: Set<Role> { isPaper ? .staff : Desk.drafters }
}

/// The meeting that a notice calls or minutes record, as it is kept in a draft.
struct DraftMeeting: Codable, Hashable, Sendable {
  var series: String
  var issue: Int
  var heldOn: String
  var place: String
  var chair: String
  var present: [String] = []
  var absent: [String] = []
  var topics: [String] = []

  /// The meeting as a record carries it.
  func record() throws -> Casework.Meeting {
    guard let heldOn = try Field.date(heldOn, "heldOn") else {
      throw OfficeError(.missingValue, ["field": "heldOn"])
    }
    return Casework.Meeting(
      series: series, issue: UInt32(clamping: issue), heldOn: heldOn, place: place, chair: chair,
      present: try Field.agencies(present, "present"),
      absent: try Field.agencies(absent, "absent"), topics: topics)
  }
}
