package import Ledger

/// The cover sheet of a dossier (卷宗封面); the home may revise it.
package struct Dossier: Sendable, Equatable {
  /// What the dossier is about.
  package var kind: DossierKind
  /// The number inside the home agency, empty where none was drawn.
  package var number: String
  /// The title.
  package var title: String
  /// The kind of oversight it comes from.
  package var source: OversightKind?
  /// The agency it comes from.
  package var sourceAgency: AgencyCode?
  /// GB/T 2260 region code, empty where none is given.
  package var region: String
  /// The code of the campaign it belongs to, empty where none.
  package var campaign: String
  /// How far it may be known.
  package var classification: Classification
  /// Petitions: the way by which it came.
  package var channel: PetitionChannel?
  /// Petitions: what the petitioner asks for.
  package var demandKind: DemandKind?
  /// Demonstration bids: who names those that succeed.
  package var level: BidLevel?
  /// Demonstration bids: the batch, from 1; 0 where none is stated.
  package var batch: UInt32

  /// Makes a cover.
  package init(
    kind: DossierKind, number: String = "", title: String, source: OversightKind? = nil,
    sourceAgency: AgencyCode? = nil, region: String = "", campaign: String = "",
    classification: Classification = .internal, channel: PetitionChannel? = nil,
    demandKind: DemandKind? = nil, level: BidLevel? = nil, batch: UInt32 = 0
  ) {
    self.kind = kind
    self.number = number
    self.title = title
    self.source = source
    self.sourceAgency = sourceAgency
    self.region = region
    self.campaign = campaign
    self.classification = classification
    self.channel = channel
    self.demandKind = demandKind
    self.level = level
    self.batch = batch
  }

  /// Whether it states nothing that dossiers of its kind leave out: a channel and a kind of demand
  /// belong to petitions, a level and a batch to bids.
  package var fitsKind: Bool {
    !hasForeignBid && (kind == .petition || (channel == nil && demandKind == nil))
  }

  /// Whether it states a level or a batch and is no bid.
  package var hasForeignBid: Bool { kind != .demonstration && (level != nil || batch != 0) }
}
