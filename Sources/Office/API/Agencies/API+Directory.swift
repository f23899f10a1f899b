extension API {
  /// Who an agency is, as the directory says it.
  package struct AgencyProfile: Codable, Hashable, Sendable {
    /// Agency code.
    package var code: String
    /// Full name.
    package var name: String
    /// Short name.
    package var shortName: String?
    /// province, city or county.
    package var level: String?
    /// Region code, GB/T 2260.
    package var region: String?
    /// Unified social credit code, GB 32100.
    package var creditCode: String?
    /// partyOffice, disciplineBody, court, procuratorate, justice, federation or unit.
    package var kind: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      code: String, name: String, shortName: String? = nil, level: String? = nil,
      region: String? = nil, creditCode: String? = nil, kind: String? = nil
    ) {
      self.code = code
      self.name = name
      self.shortName = shortName
      self.level = level
      self.region = region
      self.creditCode = creditCode
      self.kind = kind
    }
  }

  /// What `init` leaves in `first-start.json` for the first start of a node: read while the
  /// database is empty, ignored ever after.
  package struct FirstStart: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.first-start/v1"
    /// Found a directory with this agency as registrar and only governor.
    package var registrar: Bool
    /// The agency.
    package var profile: AgencyProfile
    /// Its first people.
    package var people: [PersonRequest]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(registrar: Bool = false, profile: AgencyProfile, people: [PersonRequest] = []) {
      self.registrar = registrar
      self.profile = profile
      self.people = people
    }
  }

  /// The directory.
  package struct AgencyList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.agencies/v1"
    /// Id of its first change set.
    package var directory: String?
    /// The newest entry of the registrar.
    package var newest: String?
    /// Code of the registrar.
    package var registrar: String?
    /// Codes of the governors.
    package var governors: [String]
    /// Countersignatures that a change of keys or governance needs.
    package var threshold: Int
    /// The agencies by code.
    package var agencies: [Agency]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      directory: String? = nil, newest: String? = nil, registrar: String? = nil,
      governors: [String] = [], threshold: Int, agencies: [Agency] = [], next: Int? = nil
    ) {
      self.directory = directory
      self.newest = newest
      self.registrar = registrar
      self.governors = governors
      self.threshold = threshold
      self.agencies = agencies
      self.next = next
    }
  }

  /// One agency of the directory.
  package struct Agency: Codable, Hashable, Sendable {
    /// Agency code.
    package var code: String
    /// Full name.
    package var name: String
    /// Short name.
    package var shortName: String?
    /// Level.
    package var level: String?
    /// Region code.
    package var region: String?
    /// Credit code.
    package var creditCode: String?
    /// Kind.
    package var kind: String?
    /// The agency whose node keeps its replica; null for its own.
    package var hostedBy: String?
    /// The agency whose successor it is; null for none.
    package var succeeds: String?
    /// active, suspended or pending.
    package var state: String
    /// First 16 hex digits of SHA-256 of its public key.
    package var fingerprint: String?
    /// Where its node listens.
    package var endpoint: String?
    /// How many people it lists.
    package var people: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      code: String, name: String, shortName: String? = nil, level: String? = nil,
      region: String? = nil, creditCode: String? = nil, kind: String? = nil,
      hostedBy: String? = nil, succeeds: String? = nil, state: String, fingerprint: String? = nil,
      endpoint: String? = nil, people: Int
    ) {
      self.code = code
      self.name = name
      self.shortName = shortName
      self.level = level
      self.region = region
      self.creditCode = creditCode
      self.kind = kind
      self.hostedBy = hostedBy
      self.succeeds = succeeds
      self.state = state
      self.fingerprint = fingerprint
      self.endpoint = endpoint
      self.people = people
    }
  }

  /// An invitation: one use, 72 hours, ten tries.
  package struct Invitation: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.invitation/v1"
    /// The code to hand over by a second way.
    package var invite: String
    /// Who is invited.
    package var agency: String
    /// Who invites.
    package var registrar: String
    /// Fingerprint of the registrar.
    package var fingerprint: String
    /// When it ends.
    package var expiresAt: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      invite: String, agency: String, registrar: String, fingerprint: String, expiresAt: String
    ) {
      self.invite = invite
      self.agency = agency
      self.registrar = registrar
      self.fingerprint = fingerprint
      self.expiresAt = expiresAt
    }
  }

  /// How far joining is.
  package struct Join: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.join/v1"
    /// pending or admitted.
    package var state: String
    /// Who joins.
    package var agency: String
    /// Fingerprint of its key, to compare by a second way.
    package var fingerprint: String
    /// Registrar.
    package var registrar: String
    /// Fingerprint of the registrar.
    package var registrarFingerprint: String
    /// Id of the directory, pinned from the invitation.
    package var directory: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      state: String, agency: String, fingerprint: String, registrar: String,
      registrarFingerprint: String, directory: String
    ) {
      self.state = state
      self.agency = agency
      self.fingerprint = fingerprint
      self.registrar = registrar
      self.registrarFingerprint = registrarFingerprint
      self.directory = directory
    }
  }

  /// What waits in the directory.
  package struct Pending: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.pending/v1"
    /// Agencies that asked to join or for a new key, with their fingerprints; registrar only.
    package var applications: [Application]
    /// Proposals without effect so far.
    package var proposals: [Proposal]
    /// Registrars that some governors, not yet enough of them, have appointed.
    package var appointments: [Appointment]
    /// Our own application; null when we are in.
    package var join: Join?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      applications: [Application] = [], proposals: [Proposal] = [],
      appointments: [Appointment] = [], join: Join? = nil
    ) {
      self.applications = applications
      self.proposals = proposals
      self.appointments = appointments
      self.join = join
    }
  }

  /// An agency that asked to join, or for a new key.
  package struct Application: Codable, Hashable, Sendable {
    /// Its code.
    package var agency: String
    /// admission or key.
    package var kind: String
    /// Its name in the invitation.
    package var name: String
    /// Fingerprint of its key.
    package var fingerprint: String
    /// Where its node listens.
    package var endpoint: String?
    /// When it asked.
    package var appliedAt: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, kind: String, name: String, fingerprint: String, endpoint: String? = nil,
      appliedAt: String
    ) {
      self.agency = agency
      self.kind = kind
      self.name = name
      self.fingerprint = fingerprint
      self.endpoint = endpoint
      self.appliedAt = appliedAt
    }
  }

  /// A change of the directory on its way.
  package struct Proposal: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.proposal/v1"
    /// The change set that carries it.
    package var id: String
    /// admission, change, key or governance.
    package var kind: String
    /// Whom it concerns; null for governance.
    package var agency: String?
    /// Fingerprint of the key it brings.
    package var fingerprint: String?
    /// The governors it names.
    package var governors: [String]
    /// proposed, effective or lapsed.
    package var state: String
    /// Governors who countersigned.
    package var countersignedBy: [String]
    /// How many it needs.
    package var threshold: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, kind: String, agency: String? = nil, fingerprint: String? = nil,
      governors: [String] = [], state: String, countersignedBy: [String] = [], threshold: Int
    ) {
      self.id = id
      self.kind = kind
      self.agency = agency
      self.fingerprint = fingerprint
      self.governors = governors
      self.state = state
      self.countersignedBy = countersignedBy
      self.threshold = threshold
    }
  }

  /// A person who acts for this agency.
  package struct PersonRequest: Codable, Hashable, Sendable {
    /// UUID; made when absent.
    package var id: String?
    /// Name.
    package var name: String
    /// Section.
    package var section: String?
    /// Post.
    package var post: String?
    /// Roles: handler, sectionHead, deputy, head, registry, caseOffice, security, operator,
    /// auditor.
    package var roles: [String]
    /// The person this one stands in for.
    package var alternateOf: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String? = nil, name: String, section: String? = nil, post: String? = nil,
      roles: [String] = [], alternateOf: String? = nil
    ) {
      self.id = id
      self.name = name
      self.section = section
      self.post = post
      self.roles = roles
      self.alternateOf = alternateOf
    }
  }

  /// Changes a person who acts for this agency; what is absent stays as it is.
  package struct ChangePersonRequest: Codable, Hashable, Sendable {
    /// UUID or name.
    package var person: String
    /// Name.
    package var name: String?
    /// Section.
    package var section: String?
    /// Post.
    package var post: String?
    /// All roles from now on; those of before when none is named.
    package var roles: [String]
    /// The person this one stands in for.
    package var alternateOf: String?
    /// Whether their time has ended: they may not act any more.
    package var ended: Bool?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      person: String, name: String? = nil, section: String? = nil, post: String? = nil,
      roles: [String] = [], alternateOf: String? = nil, ended: Bool? = nil
    ) {
      self.person = person
      self.name = name
      self.section = section
      self.post = post
      self.roles = roles
      self.alternateOf = alternateOf
      self.ended = ended
    }
  }

  /// A person of an agency.
  package struct Person: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.person/v1"
    /// UUID.
    package var id: String
    /// Agency.
    package var agency: String
    /// Name.
    package var name: String
    /// Section.
    package var section: String?
    /// Post.
    package var post: String?
    /// Roles.
    package var roles: [String]
    /// The person this one stands in for.
    package var alternateOf: String?
    /// No longer acts.
    package var ended: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, agency: String, name: String, section: String? = nil, post: String? = nil,
      roles: [String] = [], alternateOf: String? = nil, ended: Bool = false
    ) {
      self.id = id
      self.agency = agency
      self.name = name
      self.section = section
      self.post = post
      self.roles = roles
      self.alternateOf = alternateOf
      self.ended = ended
    }
  }

  /// People of an agency.
  package struct PersonList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.people/v1"
    /// By name.
    package var people: [Person]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(people: [Person] = [], next: Int? = nil) {
      self.people = people
      self.next = next
    }
  }
}
