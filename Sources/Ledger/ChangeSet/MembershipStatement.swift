import FoundationEssentials
import SwiftProtobuf
import Wire

/// What part 0 says about who belongs to the dossier.
package enum MembershipStatement: Hashable, Sendable {
  /// Lets an agency in.
  case grant(Grant)
  /// Ends the membership of an agency, by the home; a later grant reopens it.
  case end(agency: AgencyCode, reason: String)
  /// Excludes an agency (回避), by the home or an addressee; final in its dossier.
  case exclude(agency: AgencyCode, reason: String)

  /// The agency it is about.
  package var agency: AgencyCode {
    switch self {
    case .grant(let grant): grant.agency
    case .end(let agency, _), .exclude(let agency, _): agency
    }
  }
}

/// Lets an agency into a dossier.
package struct Grant: Hashable, Sendable {
  /// Why the agency is let in.
  package enum Ground: Int, Hashable, Sendable, CaseIterable {
    /// Admitted by the home.
    case admit = 1
    /// Addressee of a document of the home.
    case to = 2
    /// Receives a copy of a document of the home.
    case cc = 3
    /// Named by an addressee who forwards; an addressee itself.
    case forward = 4

    /// Whether it makes its agency an addressee, who may forward and exclude.
    package var makesAddressee: Bool { self == .to || self == .forward }
  }

  /// Who is let in.
  package var agency: AgencyCode
  /// Why.
  package var ground: Ground
  /// The document that names the agency, where one does.
  package var document: RecordID?
  /// The void change sets whose excludes of this agency the home lifts by this admit.
  package var lifting: [ChangeSetID]

  /// Lets `agency` in on a ground.
  package init(
    agency: AgencyCode, ground: Ground, document: RecordID? = nil, lifting: [ChangeSetID] = []
  ) {
    self.agency = agency
    self.ground = ground
    self.document = document
    self.lifting = lifting
  }
}

extension MembershipStatement {
  /// The fields of a statement that this build knows, as `Schema/wire/ledger.proto` has them.
  private static let fields = KnownFields(
    upTo: 3, holding: [1: KnownFields(upTo: 4), 2: KnownFields(upTo: 2), 3: KnownFields(upTo: 2)])

  /// A ground of a later build.
  static func hasUnknownGround(_ wire: WireMembershipStatement) -> Bool {
    guard case .grant(let grant) = wire.statement, case .UNRECOGNIZED = grant.ground else {
      return false
    }
    return true
  }

  /// A statement of a later build, or with a field of one.
  static func isOfLaterBuild(_ wire: WireMembershipStatement) -> Bool {
    let bytes = LawfulForm.encode(wire)
    return switch LawfulForm.read(WireMembershipStatement.self, bytes, knowing: fields) {
    case .later: true
    case .message, nil: false
    }
  }

  var wire: WireMembershipStatement {
    var wire = WireMembershipStatement()
    switch self {
    case .grant(let grant):
      wire.grant.agency = grant.agency.rawValue
      wire.grant.ground = WireGrant.Ground(rawValue: grant.ground.rawValue) ?? .unspecified
      wire.grant.document = Data(grant.document?.bytes ?? [])
      wire.grant.lifting = grant.lifting.map(\.wire)
    case .end(let agency, let reason):
      wire.end.agency = agency.rawValue
      wire.end.reason = reason
    case .exclude(let agency, let reason):
      wire.exclude.agency = agency.rawValue
      wire.exclude.reason = reason
    }
    return wire
  }

  init?(wire: WireMembershipStatement) {
    switch wire.statement {
    case nil: return nil
    case .grant(let message):
      guard let agency = AgencyCode(message.agency),
        let ground = Grant.Ground(rawValue: message.ground.rawValue),
        let lifting = ChangeSetID.list(message.lifting), lifting.count <= Limits.liftingMax,
        lifting.isStrictlyAscending
      else { return nil }
      var document: RecordID?
      if !message.document.isEmpty {
        guard let id = RecordID(bytes: message.document) else { return nil }
        document = id
      }
      self = .grant(Grant(agency: agency, ground: ground, document: document, lifting: lifting))
    case .end(let message):
      guard let agency = AgencyCode(message.agency) else { return nil }
      self = .end(agency: agency, reason: message.reason)
    case .exclude(let message):
      guard let agency = AgencyCode(message.agency) else { return nil }
      self = .exclude(agency: agency, reason: message.reason)
    }
  }
}
