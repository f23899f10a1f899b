extension API {
  /// An item of a draft.
  package struct DraftItem: Codable, Hashable, Sendable {
    /// finding, direction, resolution, opinion, cluePoint, planItem, expert or deduction.
    package var kind: String
    /// Text.
    package var text: String
    /// Responsible agency.
    package var unit: String?
    /// Agencies that help.
    package var coUnits: [String]
    /// Due date.
    package var dueOn: String?
    /// Standard of acceptance; of a deduction the id of the record that it rests on.
    package var standard: String?
    /// Amount in fen; of a deduction hundredths of a point.
    package var amount: Int?
    /// Category; of a finding a code of the table or its words, of a deduction its rule.
    package var category: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      kind: String, text: String, unit: String? = nil, coUnits: [String] = [], dueOn: String? = nil,
      standard: String? = nil, amount: Int? = nil, category: String? = nil
    ) {
      self.kind = kind
      self.text = text
      self.unit = unit
      self.coUnits = coUnits
      self.dueOn = dueOn
      self.standard = standard
      self.amount = amount
      self.category = category
    }
  }

  /// A sheet for some members only: a sealed part of the same change set.
  package struct SealedSheet: Codable, Hashable, Sendable {
    /// Agency codes; the author is always one.
    package var audience: [String]
    /// Title.
    package var title: String
    /// Text.
    package var body: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(audience: [String] = [], title: String, body: String) {
      self.audience = audience
      self.title = title
      self.body = body
    }
  }

  /// A sheet for some members only, as it is shown.
  package struct ShownSheet: Codable, Hashable, Sendable {
    /// Agency codes; the author is always one.
    package var audience: [String]
    /// Title and text are withheld because nobody with a content role asked.
    package var withheld: Bool
    /// Title; empty when withheld.
    package var title: String
    /// Text; empty when withheld.
    package var body: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      audience: [String] = [], withheld: Bool = false, title: String, body: String
    ) {
      self.audience = audience
      self.withheld = withheld
      self.title = title
      self.body = body
    }
  }

  /// A draft; it never leaves the node.
  package struct Draft: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.draft/v1"
    /// UUID; the document keeps it when issued.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Form.
    package var form: String
    /// Title.
    package var title: String
    /// Version of the document.
    package var version: Int
    /// draft, submitted, reviewed, signed or issued.
    package var state: String
    /// Person who drafted.
    package var drafter: String
    /// Person who signed.
    package var signer: String?
    /// Number, once issued.
    package var number: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, dossier: String, form: String, title: String, version: Int, state: String,
      drafter: String, signer: String? = nil, number: String? = nil
    ) {
      self.id = id
      self.dossier = dossier
      self.form = form
      self.title = title
      self.version = version
      self.state = state
      self.drafter = drafter
      self.signer = signer
      self.number = number
    }
  }

  /// Drafts of this office.
  package struct DraftList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.drafts/v1"
    /// Those changed last first.
    package var drafts: [Draft]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(drafts: [Draft] = [], next: Int? = nil) {
      self.drafts = drafts
      self.next = next
    }
  }

  /// One document of a dossier.
  package struct DocumentLine: Codable, Hashable, Sendable {
    /// Record.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Form.
    package var form: String
    /// Number.
    package var number: String?
    /// Version.
    package var version: Int
    /// Title.
    package var title: String
    /// Agency.
    package var author: String
    /// Addressees.
    package var to: [String]
    /// Copies.
    package var cc: [String]
    /// Date of issue.
    package var issuedOn: String
    /// Due date.
    package var dueOn: String?
    /// issued, superseded or revoked, or the state of its machine.
    package var state: String
    /// Change set.
    package var changeSet: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, dossier: String, form: String, number: String? = nil, version: Int,
      title: String, author: String, to: [String] = [], cc: [String] = [], issuedOn: String,
      dueOn: String? = nil, state: String, changeSet: String
    ) {
      self.id = id
      self.dossier = dossier
      self.form = form
      self.number = number
      self.version = version
      self.title = title
      self.author = author
      self.to = to
      self.cc = cc
      self.issuedOn = issuedOn
      self.dueOn = dueOn
      self.state = state
      self.changeSet = changeSet
    }
  }

  /// A document.
  package struct Document: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.document/v1"
    /// Record.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Change set; null for a draft.
    package var changeSet: String?
    /// Form.
    package var form: String
    /// Number.
    package var number: String?
    /// Version.
    package var version: Int
    /// Document that it replaces.
    package var supersedes: String?
    /// The kind of oversight that a letter asks for.
    package var purpose: String?
    /// Title.
    package var title: String
    /// Text.
    package var body: String
    /// Agency.
    package var author: String
    /// Addressees.
    package var to: [String]
    /// Copies.
    package var cc: [String]
    /// Required countersignatures.
    package var required: [String]
    /// Person.
    package var drafter: String?
    /// Person.
    package var signer: String?
    /// Date of issue.
    package var issuedOn: String?
    /// Due date.
    package var dueOn: String?
    /// State.
    package var state: String
    /// SHA-256 of its body, what a countersignature names.
    package var hash: String?
    /// Items.
    package var items: [Item]
    /// Attachments.
    package var attachments: [Attachment]
    /// Sheets for some members that are visible here.
    package var sealed: [ShownSheet]
    /// It is itself such a sheet, and its title and text are withheld.
    package var withheld: Bool
    /// Acts on it.
    package var acts: [Act]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, dossier: String, changeSet: String? = nil, form: String, number: String? = nil,
      version: Int, supersedes: String? = nil, purpose: String? = nil, title: String, body: String,
      author: String,
      to: [String] = [], cc: [String] = [], required: [String] = [], drafter: String? = nil,
      signer: String? = nil, issuedOn: String? = nil, dueOn: String? = nil, state: String,
      hash: String? = nil, items: [Item] = [], attachments: [Attachment] = [],
      sealed: [ShownSheet] = [], withheld: Bool = false, acts: [Act] = [], truncated: Bool = false
    ) {
      self.id = id
      self.dossier = dossier
      self.changeSet = changeSet
      self.form = form
      self.number = number
      self.version = version
      self.supersedes = supersedes
      self.purpose = purpose
      self.title = title
      self.body = body
      self.author = author
      self.to = to
      self.cc = cc
      self.required = required
      self.drafter = drafter
      self.signer = signer
      self.issuedOn = issuedOn
      self.dueOn = dueOn
      self.state = state
      self.hash = hash
      self.items = items
      self.attachments = attachments
      self.sealed = sealed
      self.withheld = withheld
      self.acts = acts
      self.truncated = truncated
    }
  }

  /// Items.
  package struct ItemList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.items/v1"
    /// By due date.
    package var items: [Item]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(items: [Item] = [], next: Int? = nil) {
      self.items = items
      self.next = next
    }
  }

  /// An item.
  package struct Item: Codable, Hashable, Sendable {
    /// Record.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Document.
    package var document: String
    /// Number in the document.
    package var number: Int
    /// Kind.
    package var kind: String
    /// Text.
    package var text: String
    /// Agency that issued it.
    package var issuer: String
    /// Responsible agency.
    package var unit: String?
    /// Agencies that help.
    package var coUnits: [String]
    /// Due date in force.
    package var dueOn: String?
    /// State.
    package var state: String
    /// The newest report, as an act.
    package var report: String?
    /// A report came after the one that was passed.
    package var newMaterial: Bool
    /// What became of the request for more time: none, requested, granted or denied.
    package var extensionState: String
    /// The highest level of supervision that was reached.
    package var level: String?
    /// It is on the list of long-term rectification.
    package var longTerm: Bool
    /// What it is accepted by; of a deduction the record that it rests on.
    package var standard: String?
    /// Its class: of a finding what it is about, of a clue point the kind of misconduct, of a
    /// deduction the rule.
    package var category: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, dossier: String, document: String, number: Int, kind: String, text: String,
      issuer: String, unit: String? = nil, coUnits: [String] = [], dueOn: String? = nil,
      state: String, report: String? = nil, newMaterial: Bool = false,
      extensionState: String = "none", level: String? = nil, longTerm: Bool = false,
      standard: String? = nil, category: String? = nil
    ) {
      self.id = id
      self.dossier = dossier
      self.document = document
      self.number = number
      self.kind = kind
      self.text = text
      self.issuer = issuer
      self.unit = unit
      self.coUnits = coUnits
      self.dueOn = dueOn
      self.state = state
      self.report = report
      self.newMaterial = newMaterial
      self.extensionState = extensionState
      self.level = level
      self.longTerm = longTerm
      self.standard = standard
      self.category = category
    }
  }
}
