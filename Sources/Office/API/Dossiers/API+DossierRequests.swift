extension API {
  /// Asks for dossiers.
  package struct DossierListRequest: Codable, Hashable, Sendable {
    /// Only this kind.
    package var kind: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(kind: String? = nil, page: Int? = nil, limit: Int? = nil) {
      self.kind = kind
      self.page = page
      self.limit = limit
    }
  }

  /// Names a dossier.
  package struct DossierRequest: Codable, Hashable, Sendable {
    /// Id, unique prefix, number, or id of a record in it.
    package var dossier: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String) {
      self.dossier = dossier
    }
  }

  /// Opens a dossier.
  package struct CreateDossierRequest: Codable, Hashable, Sendable {
    /// Kind, as in the code table.
    package var kind: String
    /// Title.
    package var title: String
    /// Number; drawn from the series of the kind when absent.
    package var number: String?
    /// Source code.
    package var source: String?
    /// Agency it came from.
    package var sourceAgency: String?
    /// Region code.
    package var region: String?
    /// Campaign.
    package var campaign: String?
    /// public, internal or workSecret; anything higher is refused.
    package var classification: String?
    /// Petitions: letter, call, visit, email, box or web.
    package var channel: String?
    /// Petitions: suggestion, report or appeal.
    package var demandKind: String?
    /// Demonstration bids: national, provincial or city.
    package var level: String?
    /// Demonstration bids: the batch, from 1.
    package var batch: Int?
    /// Agencies to exclude from the start.
    package var exclude: [String]
    /// Agencies to admit from the start.
    package var admit: [String]
    /// Why they are excluded or admitted; never shown to those excluded.
    package var reason: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      kind: String, title: String, number: String? = nil, source: String? = nil,
      sourceAgency: String? = nil, region: String? = nil, campaign: String? = nil,
      classification: String? = nil, channel: String? = nil, demandKind: String? = nil,
      level: String? = nil, batch: Int? = nil, exclude: [String] = [], admit: [String] = [],
      reason: String? = nil, on: String? = nil
    ) {
      self.kind = kind
      self.title = title
      self.number = number
      self.source = source
      self.sourceAgency = sourceAgency
      self.region = region
      self.campaign = campaign
      self.classification = classification
      self.channel = channel
      self.demandKind = demandKind
      self.level = level
      self.batch = batch
      self.exclude = exclude
      self.admit = admit
      self.reason = reason
      self.on = on
    }
  }

  /// Admits an agency to a dossier.
  package struct AdmitRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Agency.
    package var agency: String
    /// Why.
    package var reason: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String, agency: String, reason: String? = nil, on: String? = nil) {
      self.dossier = dossier
      self.agency = agency
      self.reason = reason
      self.on = on
    }
  }

  /// Ends the membership of an agency in a dossier; a later admission reopens it.
  package struct EndRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Agency.
    package var agency: String
    /// Why.
    package var reason: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String, agency: String, reason: String? = nil, on: String? = nil) {
      self.dossier = dossier
      self.agency = agency
      self.reason = reason
      self.on = on
    }
  }

  /// Excludes an agency from a dossier, for good.
  package struct ExcludeRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Agency.
    package var agency: String
    /// Why; never shown to it.
    package var reason: String?
    /// The date that the clerk states, `YYYY-MM-DD`; today when absent, never ahead of the business
    /// clock.
    package var on: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String, agency: String, reason: String? = nil, on: String? = nil) {
      self.dossier = dossier
      self.agency = agency
      self.reason = reason
      self.on = on
    }
  }

  /// Asks why the cards of a dossier say what they say.
  package struct ExplainRequest: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(dossier: String) {
      self.dossier = dossier
    }
  }
}
