extension API {
  /// Lists meetings.
  package static let meetings = Endpoint<MeetingListRequest, MeetingList>(
    .get, "/office/v1/meetings", operation: "meetings", credential: .operator)

  /// Counts the meetings of a year with their minutes and resolutions.
  package static let minutesReport = Endpoint<MinutesReportRequest, MinutesReport>(
    .get, "/office/v1/report/minutes", operation: "minutesReport", credential: .operator)

  /// Asks for meetings.
  package struct MeetingListRequest: Codable, Hashable, Sendable {
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(page: Int? = nil, limit: Int? = nil) {
      self.page = page
      self.limit = limit
    }
  }

  /// Meetings.
  package struct MeetingList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.meetings/v1"
    /// The newest first; those without an issued notice last.
    package var meetings: [MeetingLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(meetings: [MeetingLine] = [], next: Int? = nil) {
      self.meetings = meetings
      self.next = next
    }
  }

  /// Asks for the minutes of a year.
  package struct MinutesReportRequest: Codable, Hashable, Sendable {
    /// The year in which the meetings were held; this one when absent.
    package var year: Int?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(year: Int? = nil, page: Int? = nil, limit: Int? = nil) {
      self.year = year
      self.page = page
      self.limit = limit
    }
  }

  /// The meetings of a year, how many have issued minutes, and what became of their resolutions.
  package struct MinutesReport: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.minutes-report/v1"
    /// The year.
    package var year: Int
    /// Meetings held in it.
    package var held: Int
    /// Those of them whose minutes are issued.
    package var issued: Int
    /// Resolutions of issued minutes.
    package var resolutions: Int
    /// Those of them that are signed off.
    package var signedOff: Int
    /// Meetings, the newest first.
    package var meetings: [MeetingLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int, held: Int = 0, issued: Int = 0, resolutions: Int = 0, signedOff: Int = 0,
      meetings: [MeetingLine] = [], next: Int? = nil
    ) {
      self.year = year
      self.held = held
      self.issued = issued
      self.resolutions = resolutions
      self.signedOff = signedOff
      self.meetings = meetings
      self.next = next
    }
  }

  /// One meeting.
  package struct MeetingLine: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Convening agency.
    package var convenor: String
    /// Date; null before the notice is issued.
    package var heldOn: String?
    /// State of SM7.
    package var state: String
    /// Number of the issued minutes.
    package var minutesNumber: String?
    /// Resolutions of the final version, or of the newest one.
    package var resolutions: Int
    /// Those of them that are signed off.
    package var signedOff: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, title: String? = nil, convenor: String,
      heldOn: String? = nil, state: String, minutesNumber: String? = nil, resolutions: Int = 0,
      signedOff: Int = 0
    ) {
      self.dossier = dossier
      self.number = number
      self.title = title
      self.convenor = convenor
      self.heldOn = heldOn
      self.state = state
      self.minutesNumber = minutesNumber
      self.resolutions = resolutions
      self.signedOff = signedOff
    }
  }
}
