extension API {
  /// Asks for the agencies of the directory.
  package struct AgencyListRequest: Codable, Hashable, Sendable {
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

  /// Asks the registrar for an invitation.
  package struct InviteRequest: Codable, Hashable, Sendable {
    /// The agency invited.
    package var profile: AgencyProfile
    /// It is in the directory and is invited to ask for a new key; the rest of its profile is not
    /// looked at.
    package var newKey: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(profile: AgencyProfile, newKey: Bool = false) {
      self.profile = profile
      self.newKey = newKey
    }
  }

  /// Enters the directory of the registrar who invited.
  package struct JoinRequest: Codable, Hashable, Sendable {
    /// The code of the invitation.
    package var invite: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(invite: String) {
      self.invite = invite
    }
  }

  /// Asks for what waits in the directory.
  package struct PendingRequest: Codable, Hashable, Sendable {

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init() {}
  }

  /// Proposes to admit an agency that applied, or one that another node hosts.
  package struct AdmitAgencyRequest: Codable, Hashable, Sendable {
    /// Its code.
    package var agency: String
    /// The fingerprint that both operators compared; refused when it differs.
    package var fingerprint: String?
    /// Host of an agency without a node.
    package var hostedBy: String?
    /// The public key that the host keeps for it, in hexadecimal; only for a hosted agency.
    package var publicKey: String?
    /// Who it is; only for a hosted agency, else the invitation says it.
    package var profile: AgencyProfile?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, fingerprint: String? = nil, hostedBy: String? = nil,
      publicKey: String? = nil, profile: AgencyProfile? = nil
    ) {
      self.agency = agency
      self.fingerprint = fingerprint
      self.hostedBy = hostedBy
      self.publicKey = publicKey
      self.profile = profile
    }
  }

  /// Countersigns a proposal as governor.
  package struct CountersignProposalRequest: Codable, Hashable, Sendable {
    /// Id or unique prefix of the proposal, or the code of the agency it is about.
    package var proposal: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(proposal: String) {
      self.proposal = proposal
    }
  }

  /// Proposes who governs.
  package struct GovernRequest: Codable, Hashable, Sendable {
    /// Agency codes.
    package var governors: [String]
    /// More than half of them.
    package var threshold: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(governors: [String] = [], threshold: Int) {
      self.governors = governors
      self.threshold = threshold
    }
  }

  /// Asks for people.
  package struct PersonListRequest: Codable, Hashable, Sendable {
    /// Of this agency; ours when absent.
    package var agency: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.agency = agency
      self.page = page
      self.limit = limit
    }
  }
}
