extension API {
  /// A meeting.
  package struct Meeting: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.meeting/v1"
    /// Dossier.
    package var dossier: String
    /// Number.
    package var number: String?
    /// Title.
    package var title: String?
    /// Convening agency.
    package var convenor: String
    /// Series.
    package var series: String?
    /// Number in the series.
    package var issue: Int?
    /// Date.
    package var heldOn: String?
    /// Where.
    package var place: String?
    /// Who chairs it.
    package var chair: String?
    /// Topics.
    package var topics: [String]
    /// Agencies present.
    package var present: [String]
    /// Agencies that asked for leave.
    package var absent: [String]
    /// State of SM7.
    package var state: String
    /// The version that was finalized.
    package var finalVersion: Int?
    /// Number of the issued minutes.
    package var minutesNumber: String?
    /// Agency codes.
    package var members: [String]
    /// Versions.
    package var versions: [MinutesVersion]
    /// Resolutions of the final version, or of the newest one.
    package var resolutions: [Item]
    /// Acts in their order.
    package var acts: [Act]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, title: String? = nil, convenor: String,
      series: String? = nil, issue: Int? = nil, heldOn: String? = nil, place: String? = nil,
      chair: String? = nil, topics: [String] = [], present: [String] = [], absent: [String] = [],
      state: String, finalVersion: Int? = nil, minutesNumber: String? = nil,
      members: [String] = [], versions: [MinutesVersion] = [], resolutions: [Item] = [],
      acts: [Act] = [], truncated: Bool = false
    ) {
      self.dossier = dossier
      self.number = number
      self.title = title
      self.convenor = convenor
      self.series = series
      self.issue = issue
      self.heldOn = heldOn
      self.place = place
      self.chair = chair
      self.topics = topics
      self.present = present
      self.absent = absent
      self.state = state
      self.finalVersion = finalVersion
      self.minutesNumber = minutesNumber
      self.members = members
      self.versions = versions
      self.resolutions = resolutions
      self.acts = acts
      self.truncated = truncated
    }
  }

  /// A version of the minutes.
  package struct MinutesVersion: Codable, Hashable, Sendable {
    /// Document.
    package var document: String
    /// Version.
    package var version: Int
    /// What a countersignature names.
    package var hash: String
    /// circulated, final, issued or superseded.
    package var state: String
    /// Required countersignatures.
    package var required: [String]
    /// Who countersigned.
    package var countersignedBy: [String]
    /// Who objected.
    package var objectedBy: [String]
    /// Whose objection came after the finalization.
    package var reservedBy: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      document: String, version: Int, hash: String, state: String, required: [String] = [],
      countersignedBy: [String] = [], objectedBy: [String] = [], reservedBy: [String] = []
    ) {
      self.document = document
      self.version = version
      self.hash = hash
      self.state = state
      self.required = required
      self.countersignedBy = countersignedBy
      self.objectedBy = objectedBy
      self.reservedBy = reservedBy
    }
  }
}
