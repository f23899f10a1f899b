extension API {
  /// What a node has again that lost everything but its key, and what only it held.
  package struct Rebuild: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.rebuild/v1"
    /// Code of the own agency.
    package var agency: String
    /// Id of the directory's first change set.
    package var directory: String
    /// When the rebuild began.
    package var since: String
    /// An operator has let the node write again.
    package var resumed: Bool
    /// Dossiers stored, without the directory.
    package var dossiers: Int
    /// Change sets stored, without the directory's.
    package var changeSets: Int
    /// Of these, the ones that this agency wrote.
    package var own: Int
    /// Every peer, with what came from it.
    package var peers: [RebuildPeer]
    /// What existed and nobody could give.
    package var onlyHere: [OnlyHere]
    /// Sealed parts of own change sets that nobody gave back.
    package var sealedParts: [LostPart]
    /// Attachments of which a piece is not here.
    package var attachments: [LostAttachment]
    /// Codes of what was in the database alone and cannot come back.
    package var neverBack: [String]
    /// Some list was cut at 1,000.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, directory: String, since: String, resumed: Bool, dossiers: Int,
      changeSets: Int, own: Int, peers: [RebuildPeer] = [], onlyHere: [OnlyHere] = [],
      sealedParts: [LostPart] = [], attachments: [LostAttachment] = [],
      neverBack: [String] = [], truncated: Bool = false
    ) {
      self.agency = agency
      self.directory = directory
      self.since = since
      self.resumed = resumed
      self.dossiers = dossiers
      self.changeSets = changeSets
      self.own = own
      self.peers = peers
      self.onlyHere = onlyHere
      self.sealedParts = sealedParts
      self.attachments = attachments
      self.neverBack = neverBack
      self.truncated = truncated
    }
  }

  /// A peer, and what it gave to a rebuilt node.
  package struct RebuildPeer: Codable, Hashable, Sendable {
    /// Code.
    package var agency: String
    /// It publishes an address; one that only dials out cannot be asked.
    package var dialable: Bool
    /// It has answered everything at least once.
    package var answered: Bool
    /// When it last answered or was last asked in vain; null before.
    package var at: String?
    /// Change sets stored that came from it first.
    package var changeSets: Int
    /// Of these, the ones that this agency wrote.
    package var own: Int
    /// Dossiers of which something came from it first.
    package var dossiers: Int
    /// It has heard from another node under the key of this one since.
    package var secondNode: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      agency: String, dialable: Bool = true, answered: Bool = false, at: String? = nil,
      changeSets: Int = 0, own: Int = 0,
      dossiers: Int = 0, secondNode: Bool = false
    ) {
      self.agency = agency
      self.dialable = dialable
      self.answered = answered
      self.at = at
      self.changeSets = changeSets
      self.own = own
      self.dossiers = dossiers
      self.secondNode = secondNode
    }
  }

  /// Something that existed, as others prove, and that nobody could give.
  package struct OnlyHere: Codable, Hashable, Sendable {
    /// `dossierNumber`, `documentNumber`, `changeSet` or `deliveries`.
    package var kind: String
    /// The number, the id of the change set, or the peer that was to get the deliveries.
    package var what: String
    /// The last of several numbers in a row; null for one.
    package var through: String?
    /// How many they are.
    package var count: Int
    /// Its dossier; null when nobody can tell.
    package var dossier: String?
    /// The change set that names it, or the peer that has heard of it; null when it is a gap.
    package var witness: String?

    /// Fills the fields.
    package init(
      kind: String, what: String, through: String? = nil, count: Int = 1,
      dossier: String? = nil, witness: String? = nil
    ) {
      self.kind = kind
      self.what = what
      self.through = through
      self.count = count
      self.dossier = dossier
      self.witness = witness
    }
  }

  /// A sealed part that nobody gave back.
  package struct LostPart: Codable, Hashable, Sendable {
    /// Id of its change set.
    package var changeSet: String
    /// Its dossier.
    package var dossier: String
    /// Its place in the change set.
    package var part: Int

    /// Fills the fields.
    package init(changeSet: String, dossier: String, part: Int) {
      self.changeSet = changeSet
      self.dossier = dossier
      self.part = part
    }
  }

  /// An attachment that is not whole.
  package struct LostAttachment: Codable, Hashable, Sendable {
    /// Id of its change set.
    package var changeSet: String
    /// Its dossier.
    package var dossier: String
    /// The part that lists it.
    package var part: Int
    /// Its number in that part, from 0.
    package var position: Int
    /// Pieces that are here.
    package var have: Int
    /// Pieces it has.
    package var pieces: Int

    /// Fills the fields.
    package init(
      changeSet: String, dossier: String, part: Int, position: Int, have: Int, pieces: Int
    ) {
      self.changeSet = changeSet
      self.dossier = dossier
      self.part = part
      self.position = position
      self.have = have
      self.pieces = pieces
    }
  }
}
