extension API {
  /// Changes that a repair makes unless told otherwise: what a person can look through in a dry
  /// run of a damaged node, a tenth of 100,000 dossiers.
  package static let repairChangesMax = 10_000

  /// Compares with a peer, and repairs.
  package struct ReconcilePeerRequest: Codable, Hashable, Sendable {
    /// Code of the peer.
    package var peer: String
    /// Only this dossier.
    package var dossier: String?
    /// Fetch what is missing.
    package var repair: Bool
    /// Say what a repair would do.
    package var dryRun: Bool
    /// How long a difference may be on its way; 5 when absent.
    package var settleSeconds: Int?
    /// Refuse a repair of more; 10,000 when absent.
    package var maxChanges: Int?
    /// Repair only what this plan names.
    package var plan: ReconcilePlan?
    /// Why; for the audit.
    package var reason: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      peer: String, dossier: String? = nil, repair: Bool = false, dryRun: Bool = false,
      settleSeconds: Int? = nil, maxChanges: Int? = nil, plan: ReconcilePlan? = nil,
      reason: String? = nil
    ) {
      self.plan = plan
      self.reason = reason
      self.peer = peer
      self.dossier = dossier
      self.repair = repair
      self.dryRun = dryRun
      self.settleSeconds = settleSeconds
      self.maxChanges = maxChanges
    }
  }

  /// Checks the own ledger and tables, and repairs.
  package struct ReconcileSelfRequest: Codable, Hashable, Sendable {
    /// Only this dossier, without the audit.
    package var dossier: String?
    /// Refetch holes and re-materialize rows.
    package var repair: Bool
    /// Say what a repair would do.
    package var dryRun: Bool
    /// Refuse a repair of more; 10,000 when absent.
    package var maxChanges: Int?
    /// Repair only what this plan names.
    package var plan: ReconcilePlan?
    /// Why; for the audit.
    package var reason: String?
    /// Check one stretch of dossiers and answer with `next`, instead of all at once.
    package var stretch: Bool
    /// The dossier after which the stretch begins; the first when absent.
    package var after: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String? = nil, repair: Bool = false, dryRun: Bool = false,
      maxChanges: Int? = nil, plan: ReconcilePlan? = nil, reason: String? = nil,
      stretch: Bool = false, after: String? = nil
    ) {
      self.plan = plan
      self.reason = reason
      self.stretch = stretch
      self.after = after
      self.dossier = dossier
      self.repair = repair
      self.dryRun = dryRun
      self.maxChanges = maxChanges
    }
  }

  /// Lets a node write again that went back in time, or that no peer has confirmed.
  package struct ResumeRequest: Codable, Hashable, Sendable {
    /// Why; for the audit.
    package var reason: String
    /// Code of the own agency, as confirmation.
    package var confirm: String?
    /// Only show what would be decided about.
    package var dryRun: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(reason: String, confirm: String? = nil, dryRun: Bool = false) {
      self.reason = reason
      self.confirm = confirm
      self.dryRun = dryRun
    }
  }

  /// Asks for held change sets.
  package struct HeldListRequest: Codable, Hashable, Sendable {
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

  /// Asks for the quarantine.
  package struct RejectedListRequest: Codable, Hashable, Sendable {
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

  /// Names anything.
  package struct ShowRequest: Codable, Hashable, Sendable {
    /// UUID, change set id or unique prefix of 8 hex digits, document number, or clue number.
    package var id: String

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String) {
      self.id = id
    }
  }

  /// Asks for the evidence of a change set.
  package struct EvidenceRequest: Codable, Hashable, Sendable {
    /// UUID, change set id or unique prefix of 8 hex digits, document number, or clue number.
    package var id: String
    /// Numbers of the sealed parts to show beside the open one, parted by commas; they take an
    /// acting person with a content role.
    package var parts: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(id: String, parts: String? = nil) {
      self.id = id
      self.parts = parts
    }
  }
}
