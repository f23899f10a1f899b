package import Ledger

/// An issued document (文书); immutable.
package struct Document: Sendable, Equatable {
  /// What kind of paper it is.
  package var form: DocumentForm
  /// The number drawn when it was issued; minutes in circulation have none yet.
  package var number: String
  /// The version, from 1.
  package var version: UInt32
  /// The document of the same author that it takes the place of.
  package var supersedes: RecordID?
  /// The addressees, ascending.
  package var to: [AgencyCode]
  /// The agencies that get a copy, ascending.
  package var cc: [AgencyCode]
  /// The title.
  package var title: String
  /// The text.
  package var body: String
  /// The record ids of its items, in their order.
  package var items: [RecordID]
  /// The attachments it lists.
  package var attachments: [Attachment]
  /// The date by which an answer is asked.
  package var dueOn: CivilDate?
  /// The person who drafted it.
  package var drafter: RecordID
  /// The person who signed it.
  package var signer: RecordID
  /// The date of the document.
  package var issuedOn: CivilDate
  /// What it rests on.
  package var basis: [Citation]
  /// Minutes: the members whose countersignature is required, ascending.
  package var required: [AgencyCode]
  /// Meeting notices and minutes: the meeting.
  package var meeting: Meeting?
  /// Letters: the kind of oversight that they ask their addressees for (用途).
  package var purpose: OversightKind?

  /// Makes a document.
  package init(
    form: DocumentForm, number: String = "", version: UInt32 = 1, supersedes: RecordID? = nil,
    to: [AgencyCode] = [], cc: [AgencyCode] = [], title: String, body: String = "",
    items: [RecordID] = [], attachments: [Attachment] = [], dueOn: CivilDate? = nil,
    drafter: RecordID, signer: RecordID, issuedOn: CivilDate, basis: [Citation] = [],
    required: [AgencyCode] = [], meeting: Meeting? = nil, purpose: OversightKind? = nil
  ) {
    self.form = form
    self.number = number
    self.version = version
    self.supersedes = supersedes
    self.to = to
    self.cc = cc
    self.title = title
    self.body = body
    self.items = items
    self.attachments = attachments
    self.dueOn = dueOn
    self.drafter = drafter
    self.signer = signer
    self.issuedOn = issuedOn
    self.basis = basis
    self.required = required
    self.meeting = meeting
    self.purpose = purpose
  }
}

/// The meeting that a notice calls or minutes record (会议).
package struct Meeting: Sendable, Equatable {
  /// The series, such as the name of the joint meeting.
  package var series: String
  /// Which meeting of the series it is, 0 where not counted.
  package var issue: UInt32
  /// When it is or was held.
  package var heldOn: CivilDate
  /// Where.
  package var place: String
  /// Who chaired it, as a role label.
  package var chair: String
  /// The agencies present, ascending.
  package var present: [AgencyCode]
  /// The agencies that asked for leave, ascending.
  package var absent: [AgencyCode]
  /// The topics.
  package var topics: [String]

  /// Makes a meeting.
  package init(
    series: String, issue: UInt32 = 0, heldOn: CivilDate, place: String = "", chair: String = "",
    present: [AgencyCode] = [], absent: [AgencyCode] = [], topics: [String] = []
  ) {
    self.series = series
    self.issue = issue
    self.heldOn = heldOn
    self.place = place
    self.chair = chair
    self.present = present
    self.absent = absent
    self.topics = topics
  }
}
