extension API {
  /// Makes a new key of ours, or proposes the one that another agency has asked for.
  package static let rotateKey = Endpoint<RotateKeyRequest, KeyRotation>(
    .post, "/office/v1/agencies/rotate-key", operation: "rotateKey", credential: .operator)

  /// Withdraws a key at once.
  package static let suspendKey = Endpoint<SuspendKeyRequest, SuspendedKey>(
    .post, "/office/v1/agencies/suspend-key", operation: "suspendKey", credential: .operator)

  /// Appoints a registrar in place of the one that is lost, as governor.
  package static let appoint = Endpoint<AppointRequest, Appointment>(
    .post, "/office/v1/agencies/appoint", operation: "appoint", credential: .operator)

  /// Proposes another entry for an agency of the directory, as registrar.
  package static let changeAgency = Endpoint<ChangeAgencyRequest, Proposal>(
    .post, "/office/v1/agencies/change", operation: "changeAgency", credential: .operator)

  /// Makes a new key of ours, or proposes the one that another agency has asked for.
  package struct RotateKeyRequest: Codable, Hashable, Sendable {
    /// Whose key, as registrar; ours when absent.
    package var agency: String?
    /// The fingerprint that both operators compared; needed for another agency's key.
    package var fingerprint: String?
    /// The registrar's invitation to ask for a new key, for who cannot propose one.
    package var invite: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String? = nil, fingerprint: String? = nil, invite: String? = nil) {
      self.agency = agency
      self.fingerprint = fingerprint
      self.invite = invite
    }
  }

  /// How far a new key is.
  package struct KeyRotation: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.key-rotation/v1"
    /// Whose key.
    package var agency: String
    /// The registrar, who publishes it.
    package var registrar: String
    /// prepared, kept, asked, proposed or effective; kept while the registrar cannot be reached.
    package var state: String
    /// Fingerprint of the new key, to compare by a second way.
    package var fingerprint: String
    /// The new public key in hexadecimal.
    package var publicKey: String
    /// The proposal; null before there is one.
    package var proposal: Proposal?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, registrar: String, state: String, fingerprint: String, publicKey: String,
      proposal: Proposal? = nil
    ) {
      self.agency = agency
      self.registrar = registrar
      self.state = state
      self.fingerprint = fingerprint
      self.publicKey = publicKey
      self.proposal = proposal
    }
  }

  /// Withdraws a key at once.
  package struct SuspendKeyRequest: Codable, Hashable, Sendable {
    /// Whose key, as registrar; ours when absent.
    package var agency: String?
    /// Why; everybody in the directory reads it.
    package var reason: String
    /// Code of the agency, as confirmation.
    package var confirm: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(agency: String? = nil, reason: String, confirm: String? = nil) {
      self.agency = agency
      self.reason = reason
      self.confirm = confirm
    }
  }

  /// A key that was withdrawn.
  package struct SuspendedKey: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.suspended-key/v1"
    /// Whose key.
    package var agency: String
    /// Who withdrew it.
    package var by: String
    /// Fingerprint of the key.
    package var fingerprint: String
    /// The registrar, who publishes it.
    package var registrar: String
    /// published, or kept while the registrar cannot be reached: the key is in force until then.
    package var state: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, by: String, fingerprint: String, registrar: String,
      state: String = "published"
    ) {
      self.agency = agency
      self.by = by
      self.fingerprint = fingerprint
      self.registrar = registrar
      self.state = state
    }
  }

  /// Appoints a registrar in place of the one that is lost.
  package struct AppointRequest: Codable, Hashable, Sendable {
    /// The agency that shall be registrar.
    package var agency: String
    /// The public key it acts with, in hexadecimal; the one in force when absent.
    package var publicKey: String?
    /// The registrar's last entry that stays; the newest one known here when absent.
    package var lastEntry: String?
    /// Code of the agency, as confirmation.
    package var confirm: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, publicKey: String? = nil, lastEntry: String? = nil, confirm: String? = nil
    ) {
      self.agency = agency
      self.publicKey = publicKey
      self.lastEntry = lastEntry
      self.confirm = confirm
    }
  }

  /// A registrar that governors appoint.
  package struct Appointment: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.appointment/v1"
    /// The agency that shall be registrar.
    package var agency: String
    /// Fingerprint of the key it acts with.
    package var fingerprint: String
    /// The public key it acts with, in hexadecimal.
    package var publicKey: String
    /// The former registrar's last entry that stays.
    package var lastEntry: String
    /// proposed or effective.
    package var state: String
    /// Governors who said the same.
    package var countersignedBy: [String]
    /// How many it needs.
    package var threshold: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, fingerprint: String, publicKey: String, lastEntry: String, state: String,
      countersignedBy: [String] = [], threshold: Int
    ) {
      self.agency = agency
      self.fingerprint = fingerprint
      self.publicKey = publicKey
      self.lastEntry = lastEntry
      self.state = state
      self.countersignedBy = countersignedBy
      self.threshold = threshold
    }
  }

  /// Proposes another entry for an agency of the directory; what is absent stays.
  package struct ChangeAgencyRequest: Codable, Hashable, Sendable {
    /// Its code, which stays for good.
    package var agency: String
    /// Full name.
    package var name: String?
    /// Short name.
    package var shortName: String?
    /// province, city or county.
    package var level: String?
    /// Unified social credit code, GB 32100.
    package var creditCode: String?
    /// partyOffice, disciplineBody, court, procuratorate, justice, federation or unit.
    package var kind: String?
    /// The agency that was merged into it, or whose work it took over.
    package var succeeds: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, name: String? = nil, shortName: String? = nil, level: String? = nil,
      creditCode: String? = nil, kind: String? = nil, succeeds: String? = nil
    ) {
      self.agency = agency
      self.name = name
      self.shortName = shortName
      self.level = level
      self.creditCode = creditCode
      self.kind = kind
      self.succeeds = succeeds
    }
  }
}
