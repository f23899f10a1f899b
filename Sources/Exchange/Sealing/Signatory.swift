package import Ledger

/// An agency together with the key it signs with.
package struct Signatory: Sendable {
  /// The agency.
  package let agency: AgencyCode
  /// Its signing key.
  package let key: SigningKey

  /// Ties a key to its agency.
  package init(agency: AgencyCode, key: SigningKey) {
    self.agency = agency
    self.key = key
  }
}
