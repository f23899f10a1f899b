extension API {
  /// Asks for the sealed parts of a dossier.
  package struct SealedListRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String) {
      self.dossier = dossier
    }
  }

  /// The sealed parts of a dossier, without a word of what they say.
  package struct SealedList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.sealed/v1"
    /// By place, in the order of the dossier.
    package var parts: [SealedPart]
    /// Whether there are more than the list holds.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(parts: [SealedPart] = [], truncated: Bool = false) {
      self.parts = parts
      self.truncated = truncated
    }
  }

  /// One sealed part.
  package struct SealedPart: Codable, Hashable, Sendable {
    /// The change set.
    package var changeSet: String
    /// Its number in it.
    package var part: Int
    /// Its author.
    package var author: String
    /// Salted hash in the header.
    package var hash: String
    /// open (its bytes are here and for this agency), withheld or destroyed.
    package var state: String
    /// The agencies that it names; of those that are not for this agency nobody.
    package var audience: [String]
    /// The agencies to which its author has opened it since, as far as this agency knows.
    package var openedTo: [String]
    /// The change set that destroys it.
    package var destroyedBy: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      changeSet: String, part: Int, author: String, hash: String, state: String,
      audience: [String] = [], openedTo: [String] = [], destroyedBy: String? = nil
    ) {
      self.changeSet = changeSet
      self.part = part
      self.author = author
      self.hash = hash
      self.state = state
      self.audience = audience
      self.openedTo = openedTo
      self.destroyedBy = destroyedBy
    }
  }

  /// Opens a sealed part of ours to further members.
  package struct DiscloseRequest: Codable, Hashable, Sendable {
    /// The change set, or a record of the part.
    package var id: String
    /// The part; absent where the change set has one sealed part alone.
    package var part: Int?
    /// The agencies to which it is opened; nobody else hears of it.
    package var to: [String]
    /// Why.
    package var reason: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, part: Int? = nil, to: [String], reason: String, on: String? = nil
    ) {
      self.id = id
      self.part = part
      self.to = to
      self.reason = reason
      self.on = on
    }
  }

  /// Destroys a sealed part of ours, everywhere and for good.
  package struct DestroyRequest: Codable, Hashable, Sendable {
    /// The change set, or a record of the part.
    package var id: String
    /// The part; absent where the change set has one sealed part alone.
    package var part: Int?
    /// The decision it rests on, by number or name; every member reads it.
    package var decision: String
    /// Why; every member reads it.
    package var reason: String
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?
    /// Code of the agency, as confirmation.
    package var confirm: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      id: String, part: Int? = nil, decision: String, reason: String, on: String? = nil,
      confirm: String? = nil
    ) {
      self.id = id
      self.part = part
      self.decision = decision
      self.reason = reason
      self.on = on
      self.confirm = confirm
    }
  }

  /// Asks for the proof that a sealed part was destroyed.
  package struct CertificateRequest: Codable, Hashable, Sendable {
    /// The change set whose part it was.
    package var id: String
    /// The part; absent where the change set has one sealed part alone.
    package var part: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, part: Int? = nil) {
      self.id = id
      self.part = part
    }
  }

  /// The proof that a sealed part was destroyed.
  package struct Certificate: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.certificate/v1"
    /// The change set whose part it was.
    package var id: String
    /// The part.
    package var part: Int
    /// The file, base64.
    package var content: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, part: Int, content: String) {
      self.id = id
      self.part = part
      self.content = content
    }
  }
}

extension API {
  /// Lists the sealed parts of a dossier.
  package static let sealedParts = Endpoint<SealedListRequest, SealedList>(
    .get, "/office/v1/dossiers/{dossier}/sealed", operation: "sealedParts", credential: .operator)

  /// Opens a sealed part of ours to further members.
  package static let disclose = Endpoint<DiscloseRequest, Step>(
    .post, "/office/v1/objects/{id}/disclose", operation: "disclose", credential: .person)

  /// Destroys a sealed part of ours.
  package static let destroy = Endpoint<DestroyRequest, Step>(
    .post, "/office/v1/objects/{id}/destroy", operation: "destroy", credential: .person)

  /// Exports the proof that a sealed part was destroyed.
  package static let certificate = Endpoint<CertificateRequest, Certificate>(
    .get, "/office/v1/objects/{id}/certificate", operation: "certificate", credential: .operator)
}
