extension API {
  /// Drafts a document.
  package struct DraftRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Form, as in the table of forms.
    package var form: String
    /// Title.
    package var title: String
    /// Text.
    package var body: String
    /// Addressees.
    package var to: [String]
    /// Copies.
    package var cc: [String]
    /// Items.
    package var items: [DraftItem]
    /// Due date.
    package var dueOn: String?
    /// Issued document of ours that it replaces.
    package var supersedes: String?
    /// Letters: the kind of oversight that they ask for.
    package var purpose: String?
    /// Records that it cites.
    package var basis: [String]
    /// Minutes: members whose countersignature is required.
    package var required: [String]
    /// Sheets for some members only.
    package var sealed: [SealedSheet]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, form: String, title: String, body: String, to: [String] = [],
      cc: [String] = [], items: [DraftItem] = [], dueOn: String? = nil, supersedes: String? = nil,
      purpose: String? = nil, basis: [String] = [], required: [String] = [],
      sealed: [SealedSheet] = []
    ) {
      self.dossier = dossier
      self.form = form
      self.title = title
      self.body = body
      self.to = to
      self.cc = cc
      self.items = items
      self.dueOn = dueOn
      self.supersedes = supersedes
      self.purpose = purpose
      self.basis = basis
      self.required = required
      self.sealed = sealed
    }
  }

  /// Asks for drafts.
  package struct DraftListRequest: Codable, Hashable, Sendable {
    /// In this dossier.
    package var dossier: String?
    /// In this state; all but the issued ones when absent.
    package var state: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String? = nil, state: String? = nil, page: Int? = nil, limit: Int? = nil
    ) {
      self.dossier = dossier
      self.state = state
      self.page = page
      self.limit = limit
    }
  }

  /// Changes a draft before it is submitted; what is absent stays as it is.
  package struct ChangeDraftRequest: Codable, Hashable, Sendable {
    /// Draft.
    package var draft: String
    /// Title.
    package var title: String?
    /// Text.
    package var body: String?
    /// Addressees; those of before when absent, nobody when empty.
    package var to: [String]?
    /// Copies; those of before when absent, nobody when empty.
    package var cc: [String]?
    /// All items; those of before when absent, none when empty.
    package var items: [DraftItem]?
    /// Due date; that of before when absent, none when empty.
    package var dueOn: String?
    /// Records that it cites; those of before when absent, none when empty.
    package var basis: [String]?

    /// Fills the fields; absent lists are as before, absent flags are off.
    package init(
      draft: String, title: String? = nil, body: String? = nil, to: [String]? = nil,
      cc: [String]? = nil, items: [DraftItem]? = nil, dueOn: String? = nil, basis: [String]? = nil
    ) {
      self.draft = draft
      self.title = title
      self.body = body
      self.to = to
      self.cc = cc
      self.items = items
      self.dueOn = dueOn
      self.basis = basis
    }
  }

  /// Moves a draft.
  package struct DraftActRequest: Codable, Hashable, Sendable {
    /// Draft.
    package var draft: String
    /// Free text that goes with the act, for the audit.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(draft: String, note: String? = nil) {
      self.draft = draft
      self.note = note
    }
  }

  /// Issues a signed draft.
  package struct IssueRequest: Codable, Hashable, Sendable {
    /// Draft.
    package var draft: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(draft: String, on: String? = nil) {
      self.draft = draft
      self.on = on
    }
  }

  /// Names a document or a draft.
  package struct DocumentRequest: Codable, Hashable, Sendable {
    /// UUID, or the number of the document.
    package var document: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(document: String) {
      self.document = document
    }
  }

  /// Asks for items.
  package struct ItemListRequest: Codable, Hashable, Sendable {
    /// Of this dossier.
    package var dossier: String?
    /// Of this responsible agency.
    package var unit: String?
    /// In this state.
    package var state: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String? = nil, unit: String? = nil, state: String? = nil, page: Int? = nil,
      limit: Int? = nil
    ) {
      self.dossier = dossier
      self.unit = unit
      self.state = state
      self.page = page
      self.limit = limit
    }
  }

  /// Reports on an item.
  package struct ItemReportRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// What was done.
    package var text: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// The paper that the host of a hosted agency records this from: the draft that holds its scan.
    package var scan: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, text: String, on: String? = nil, scan: String? = nil) {
      self.item = item
      self.text = text
      self.on = on
      self.scan = scan
    }
  }

  /// Sends the report on an item back.
  package struct ItemRejectRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// evidenceLacking, notDone, formalOnly, newProblem or standardUnmet.
    package var reason: String
    /// The report it is about; the newest known when absent.
    package var report: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      item: String, reason: String, report: String? = nil, on: String? = nil, note: String? = nil
    ) {
      self.item = item
      self.reason = reason
      self.report = report
      self.on = on
      self.note = note
    }
  }

  /// Passes or signs off an item.
  package struct ItemActRequest: Codable, Hashable, Sendable {
    /// Item.
    package var item: String
    /// The report it is about; the newest known when absent.
    package var report: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(item: String, report: String? = nil, on: String? = nil, note: String? = nil) {
      self.item = item
      self.report = report
      self.on = on
      self.note = note
    }
  }
}
