extension API {
  /// What a comparison found, to be repaired exactly so and later: the content of a plan file.
  ///
  /// It names what the lists of an answer name, so at most `listMax` of each.
  package struct ReconcilePlan: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.reconcile-plan/v1"
    /// Code of the agency whose node made the comparison.
    package var agency: String
    /// The peer; null for a check of the own ledger and tables.
    package var peer: String?
    /// The one dossier that was compared; null for all.
    package var dossier: String?
    /// Change sets that one side lacks; for the own ledger the holes.
    package var changeSets: [PlannedChangeSet]
    /// Rows that are not what the log says.
    package var rows: [RowDifference]
    /// There was more than it names.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, peer: String? = nil, dossier: String? = nil,
      changeSets: [PlannedChangeSet] = [], rows: [RowDifference] = [], truncated: Bool = false
    ) {
      self.agency = agency
      self.peer = peer
      self.dossier = dossier
      self.changeSets = changeSets
      self.rows = rows
      self.truncated = truncated
    }
  }

  /// A change set of a plan.
  package struct PlannedChangeSet: Codable, Hashable, Sendable {
    /// `+` only here, `-` only there or a hole, `*` on one side with another of the same place on
    /// the other.
    package var sign: String
    /// Id.
    package var id: String
    /// Dossier.
    package var dossier: String
    /// Author.
    package var author: String
    /// Place in the chain.
    package var sequence: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(sign: String, id: String, dossier: String, author: String, sequence: Int) {
      self.sign = sign
      self.id = id
      self.dossier = dossier
      self.author = author
      self.sequence = sequence
    }
  }
}

extension API.ReconcilePeer {
  /// A plan that repairs what this comparison names.
  package func plan(of dossier: String?) -> API.ReconcilePlan {
    func planned(_ sign: String, _ places: [API.ChangeSetPlace]) -> [API.PlannedChangeSet] {
      places.map { API.PlannedChangeSet(sign: sign, $0) }
    }
    let twins = differing.flatMap { place in
      place.ids.map {
        API.PlannedChangeSet(
          sign: "*", id: $0, dossier: place.dossier, author: place.author,
          sequence: place.sequence)
      }
    }
    return API.ReconcilePlan(
      agency: agency, peer: peer, dossier: dossier,
      changeSets: planned("+", onlyLocal) + planned("-", onlyRemote) + twins,
      truncated: truncated)
  }
}

extension API.ReconcileSelf {
  /// A plan that repairs what this check names, but for the audit, which nothing repairs.
  package func plan(of dossier: String?) -> API.ReconcilePlan {
    API.ReconcilePlan(
      agency: agency, dossier: dossier,
      changeSets: holes.map { API.PlannedChangeSet(sign: "-", $0) },
      rows: differing.filter { !$0.dossier.isEmpty }, truncated: truncated)
  }
}

extension API.PlannedChangeSet {
  init(sign: String, _ place: API.ChangeSetPlace) {
    self.init(
      sign: sign, id: place.id, dossier: place.dossier, author: place.author,
      sequence: place.sequence)
  }
}
