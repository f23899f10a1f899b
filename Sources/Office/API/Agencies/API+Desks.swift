extension API {
  /// Names the hosted agency at whose desk is asked, by its code; without it the node's own agency
  /// is meant.
  package static let deskHeader = "guantong-desk"

  /// Lists the desks of the agencies that this node hosts.
  package static let desks = Endpoint<Nothing, DeskList>(
    .get, "/office/v1/desks", operation: "desks", credential: .operator)

  /// Makes the key of an agency that this node is to host.
  package static let openDesk = Endpoint<OpenDeskRequest, HostedDesk>(
    .post, "/office/v1/desks", operation: "openDesk", credential: .operator)

  /// Proposes that a hosted agency moves to a node of its own, as registrar.
  package static let moveAgency = Endpoint<MoveAgencyRequest, Proposal>(
    .post, "/office/v1/agencies/move", operation: "moveAgency", credential: .operator)

  /// Makes the key of an agency that this node is to host.
  package struct OpenDeskRequest: Codable, Hashable, Sendable {
    /// Code of the agency.
    package var agency: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String) {
      self.agency = agency
    }
  }

  /// Proposes that a hosted agency moves to a node of its own.
  package struct MoveAgencyRequest: Codable, Hashable, Sendable {
    /// Code of the agency.
    package var agency: String
    /// The fingerprint of the new node's key, which both operators compared.
    package var fingerprint: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String, fingerprint: String? = nil) {
      self.agency = agency
      self.fingerprint = fingerprint
    }
  }

  /// The desk of an agency without a node of its own.
  package struct HostedDesk: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.desk/v1"
    /// Code of the agency.
    package var agency: String
    /// Its name in the directory; null until it stands there.
    package var name: String?
    /// prepared, open, suspended, keyless or moved.
    package var state: String
    /// Fingerprint of the key kept here, to compare by a second way; null without one.
    package var fingerprint: String?
    /// The public key kept here, in hexadecimal; null without one.
    package var publicKey: String?
    /// Fingerprint of the key that is to follow; null for none.
    package var nextFingerprint: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, name: String? = nil, state: String, fingerprint: String? = nil,
      publicKey: String? = nil, nextFingerprint: String? = nil
    ) {
      self.agency = agency
      self.name = name
      self.state = state
      self.fingerprint = fingerprint
      self.publicKey = publicKey
      self.nextFingerprint = nextFingerprint
    }
  }

  /// The desks of a node.
  package struct DeskList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.desk-list/v1"
    /// The desks, ascending by code.
    package var desks: [HostedDesk]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(desks: [HostedDesk] = []) {
      self.desks = desks
    }
  }
}
