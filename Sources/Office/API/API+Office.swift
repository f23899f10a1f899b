extension API {
  /// Gives a draft back to its drafter.
  package static let returnDraft = Endpoint<DraftActRequest, Draft>(
    .post, "/office/v1/drafts/{draft}/return", operation: "returnDraft", credential: .person)

  /// Lists the settings of the office.
  package static let settings = Endpoint<Nothing, Settings>(
    .get, "/office/v1/settings", operation: "settings", credential: .operator)

  /// Changes a setting of the office.
  package static let setSetting = Endpoint<SettingRequest, Settings>(
    .post, "/office/v1/settings", operation: "setSetting", credential: .operator)

  /// The settings of the office.
  package struct Settings: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.settings/v1"
    /// By name.
    package var settings: [SettingValue]

    /// Fills the fields.
    package init(settings: [SettingValue] = []) {
      self.settings = settings
    }
  }

  /// One setting.
  package struct SettingValue: Codable, Hashable, Sendable {
    /// Name.
    package var name: String
    /// Value in force; null where it depends on the agency.
    package var value: String?

    /// Fills the fields.
    package init(name: String, value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// Changes a setting.
  package struct SettingRequest: Codable, Hashable, Sendable {
    /// Name.
    package var name: String
    /// New value.
    package var value: String

    /// Fills the fields.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}
