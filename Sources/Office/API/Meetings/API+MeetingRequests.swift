extension API {
  /// Opens a meeting.
  package struct CreateMeetingRequest: Codable, Hashable, Sendable {
    /// Title.
    package var title: String
    /// Series of meetings.
    package var series: String
    /// Number in the series.
    package var issue: Int
    /// Date.
    package var heldOn: String
    /// Place.
    package var place: String?
    /// Chair.
    package var chair: String?
    /// Agencies to admit.
    package var members: [String]
    /// Number; drawn when absent.
    package var number: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      title: String, series: String, issue: Int, heldOn: String, place: String? = nil,
      chair: String? = nil, members: [String] = [], number: String? = nil, on: String? = nil
    ) {
      self.title = title
      self.series = series
      self.issue = issue
      self.heldOn = heldOn
      self.place = place
      self.chair = chair
      self.members = members
      self.number = number
      self.on = on
    }
  }

  /// Drafts the minutes, or their next version.
  package struct MinutesRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Title.
    package var title: String
    /// Text.
    package var body: String
    /// Members whose countersignature is required; all but the convenor when empty.
    package var required: [String]
    /// Who was there.
    package var present: [String]
    /// Who was not.
    package var absent: [String]
    /// Topics.
    package var topics: [String]
    /// Resolutions.
    package var resolutions: [DraftItem]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      meeting: String, title: String, body: String, required: [String] = [], present: [String] = [],
      absent: [String] = [], topics: [String] = [], resolutions: [DraftItem] = []
    ) {
      self.meeting = meeting
      self.title = title
      self.body = body
      self.required = required
      self.present = present
      self.absent = absent
      self.topics = topics
      self.resolutions = resolutions
    }
  }

  /// Circulates a signed version of the minutes.
  package struct CirculateRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// The draft; the signed one when absent.
    package var draft: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, draft: String? = nil, on: String? = nil, note: String? = nil) {
      self.meeting = meeting
      self.draft = draft
      self.on = on
      self.note = note
    }
  }

  /// Countersigns a version of the minutes.
  package struct CountersignRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Version; the newest circulated one known when absent.
    package var version: Int?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, version: Int? = nil, on: String? = nil, note: String? = nil) {
      self.meeting = meeting
      self.version = version
      self.on = on
      self.note = note
    }
  }

  /// Abstains from a version of the minutes.
  package struct AbstainRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Version; the newest circulated one known when absent.
    package var version: Int?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, version: Int? = nil, on: String? = nil, note: String? = nil) {
      self.meeting = meeting
      self.version = version
      self.on = on
      self.note = note
    }
  }

  /// Objects to a version of the minutes.
  package struct ObjectRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Version; the newest circulated one known when absent.
    package var version: Int?
    /// The objection.
    package var text: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, version: Int? = nil, text: String, on: String? = nil) {
      self.meeting = meeting
      self.version = version
      self.text = text
      self.on = on
    }
  }

  /// Records that members said nothing to a version in time.
  package struct LapseRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Version; the newest circulated one known when absent.
    package var version: Int?
    /// The silent members; all of them when empty.
    package var members: [String]
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      meeting: String, version: Int? = nil, members: [String] = [], on: String? = nil,
      note: String? = nil
    ) {
      self.meeting = meeting
      self.version = version
      self.members = members
      self.on = on
      self.note = note
    }
  }

  /// Finalizes a version, citing the countersignatures.
  package struct FinalizeRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// Version; the newest circulated one known when absent.
    package var version: Int?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, version: Int? = nil, on: String? = nil, note: String? = nil) {
      self.meeting = meeting
      self.version = version
      self.on = on
      self.note = note
    }
  }

  /// Issues the final minutes with a number.
  package struct IssueMinutesRequest: Codable, Hashable, Sendable {
    /// Meeting.
    package var meeting: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Free text that goes with the act.
    package var note: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String, on: String? = nil, note: String? = nil) {
      self.meeting = meeting
      self.on = on
      self.note = note
    }
  }

  /// Names a meeting.
  package struct MeetingRequest: Codable, Hashable, Sendable {
    /// Meeting: number, id of the dossier, or id of a record in it.
    package var meeting: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meeting: String) {
      self.meeting = meeting
    }
  }
}
