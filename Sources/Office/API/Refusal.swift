/// Every reason for which the office or the CLI refuses, with its number, status and exit code.
///
/// Numbers are for life. What a person reads about each stands in the catalogue under
/// `refusal.<raw value>.what`, `.why` and `.next`.
package enum Refusal: String, CaseIterable, Sendable {
  // 1000: what was asked cannot be read.
  /// The request has not the shape of the operation; `detail`.
  case malformed
  /// A field has a value that it cannot have; `field`, `value`, `expected`.
  case invalidValue
  /// A field is missing; `field`.
  case missingValue
  /// The stated date is ahead of the business clock; `on`, `today`.
  case dateAhead
  /// A higher secrecy grade than the system may hold; `value`.
  case classified
  /// An idempotency key came back with another request; `key`.
  case keyReused
  /// The request is too large; `bytes`, `limit`.
  case tooLarge
  /// The operations at the path are asked by another method; `method`, `allowed`.
  case methodUnknown
  /// Something would be due before the date of what asks for it; `field`, `due`, `on`.
  case dueTooEarly

  // 2000: not permitted.
  /// The verb needs an acting person.
  case personRequired
  /// No such person acts for the agency; `person`.
  case personUnknown
  /// Several people have this name; `person`.
  case personAmbiguous
  /// The person lacks the role; `person`, `verb`, `roles`.
  case roleMissing
  /// Who drafted may not sign; `person`.
  case drafterSigns
  /// Another agency must do it; `verb`, `agency`.
  case notYours
  /// Only sample nodes allow it.
  case sampleOnly
  /// Only the registrar allows it; `registrar`.
  case registrarOnly
  /// Only a governor may countersign.
  case governorOnly
  /// A web page sent it, or it names another host.
  case foreignPage
  /// A request over TCP brings no token, or another one.
  case tokenRequired
  /// This user may not open the socket of the node; `socket`.
  case socketForbidden

  // 3000: not in this state.
  /// The act is not lawful in the state reached; `verb`, `state`, `agency`, `detail`, maybe `on`.
  case unlawful
  /// The draft is not in the state needed; `state`, `needed`.
  case draftState
  /// An addressee is unknown to the directory; `agency`.
  case agencyUnknown
  /// The number stands on another document of ours; `number`.
  case numberTaken
  /// The node already belongs to a directory.
  case alreadyJoined
  /// The node has joined no directory yet.
  case notJoined
  /// The dossier holds a record type that this build does not know.
  case upgradeNeeded
  /// The chain of an author in this dossier forks; `agency`.
  case forked
  /// After a start the node has not compared with its peers yet; it seals nothing.
  case sealingBlocked
  /// The database went back in time; what this node wrote is to be whole, or confirmed, first;
  /// `detail`.
  case wentBack
  /// The database is none of ours to back up; `key`.
  case ownDatabase
  /// Required countersignatures are missing; `missing`.
  case countersignaturesMissing
  /// Nothing was circulated or the version is another; `version`.
  case versionUnknown
  /// The fingerprint differs from the one compared; `fingerprint`, `expected`.
  case fingerprintDiffers
  /// The statement of a peer is not what this node computes; `pieces`, `count`, `peer`, `period`.
  case statementDiffers
  /// The own extract of a report is not what this node counts; `pieces`, `count`, `peer`, `report`.
  case reportDiffers
  /// Something of the dossier stands in the way; `detail`.
  case conflict

  // 4000: not found.
  /// There is no such thing, or not for this agency: the two look alike; `id`.
  case notFound
  /// The prefix or number names several; `id`, `candidates`.
  case ambiguous
  /// No such peer; `peer`.
  case peerUnknown

  // 5000: cannot be reached now.
  /// The peer does not answer; `peer`, `detail`.
  case peerUnreachable
  /// The registrar refused; `detail`.
  case joinRefused
  /// The database is away; `detail`.
  case databaseAway
  /// The database has no room left to write; `detail`.
  case noRoom
  /// The node is shutting down or not ready; `detail`.
  case unavailable
  /// It took too long; `seconds`.
  case timeout
  /// No node answers at the socket; `command`.
  case nodeNotRunning
  /// The connection ended before the answer was whole; `socket`, `detail`.
  case answerLost
  /// The node cannot be reached for another reason; `socket`, `detail`.
  case nodeUnreachable

  // 6000: refused by a safety limit, nothing changed.
  /// The repair would change more than allowed; `changes`, `limit`.
  case tooManyChanges
  /// A severe action needs its confirmation; `confirm`.
  case confirmationMissing
  /// A backup of another node; `theirs`, `ours`.
  case foreignBackup
  /// A node answers under the keys of this agency; `address`, `agency`.
  case secondNode

  // 7000: never retry.
  /// A signature, hash or chain is invalid; `detail`.
  case integrity

  // 8000: this machine.
  /// The directory holds no node; `path`.
  case notInitialised
  /// The directory holds a node already; `path`.
  case alreadyInitialised
  /// The configuration is wrong; `path`, `detail`.
  case configuration
  /// A key file can be read by others; `path`.
  case keyExposed
  /// Another process holds the lock; `path`.
  case locked
  /// A port is in use; `address`.
  case portInUse
  /// A program is missing; `program`, `package`.
  case programMissing
  /// A file cannot be read or written; `path`, `detail`.
  case file
  /// The command line is wrong; `detail`.
  case usage
  /// The answer is none that this version understands; `detail`.
  case answerUnreadable
  /// The demo could not be brought up; `detail`.
  case demoFailed
  /// The plan of a sample year cannot be used; `path`, `detail`.
  case planWrong

  // 9000: ours.
  /// A fault of the program; `request`.
  case internalFault
  /// A fault of the program in a command, before or after the node was asked; `detail`.
  case programFault

  /// The number, four digits.
  package var number: Int {
    switch self {
    case .malformed: 1001
    case .invalidValue: 1002
    case .missingValue: 1003
    case .dateAhead: 1004
    case .classified: 1005
    case .keyReused: 1006
    case .tooLarge: 1007
    case .methodUnknown: 1008
    case .dueTooEarly: 1009
    case .personRequired: 2001
    case .personUnknown: 2002
    case .personAmbiguous: 2003
    case .roleMissing: 2004
    case .drafterSigns: 2005
    case .notYours: 2006
    case .sampleOnly: 2007
    case .registrarOnly: 2008
    case .governorOnly: 2009
    case .foreignPage: 2010
    case .tokenRequired: 2011
    case .socketForbidden: 2012
    case .unlawful: 3001
    case .draftState: 3002
    case .agencyUnknown: 3003
    case .numberTaken: 3004
    case .alreadyJoined: 3005
    case .notJoined: 3006
    case .upgradeNeeded: 3007
    case .forked: 3008
    case .sealingBlocked: 3009
    case .countersignaturesMissing: 3010
    case .versionUnknown: 3011
    case .fingerprintDiffers: 3012
    case .conflict: 3013
    case .wentBack: 3014
    case .ownDatabase: 3015
    case .statementDiffers: 3016
    case .reportDiffers: 3017
    case .notFound: 4001
    case .ambiguous: 4002
    case .peerUnknown: 4003
    case .peerUnreachable: 5001
    case .joinRefused: 5002
    case .databaseAway: 5003
    case .unavailable: 5004
    case .timeout: 5005
    case .nodeNotRunning: 5006
    case .noRoom: 5007
    case .answerLost: 5008
    case .nodeUnreachable: 5009
    case .tooManyChanges: 6001
    case .confirmationMissing: 6002
    case .foreignBackup: 6003
    case .secondNode: 6004
    case .integrity: 7001
    case .notInitialised: 8001
    case .alreadyInitialised: 8002
    case .configuration: 8003
    case .keyExposed: 8004
    case .locked: 8005
    case .portInUse: 8006
    case .programMissing: 8007
    case .file: 8008
    case .usage: 8009
    case .answerUnreadable: 8010
    case .demoFailed: 8011
    case .planWrong: 8015
    case .internalFault: 9001
    case .programFault: 9002
    }
  }

  /// The code that people quote, `GT-` and the number.
  package var code: String { "GT-\(number)" }

  /// The status of the HTTP answer.
  package var status: Int {
    switch self {
    case .malformed: 400
    case .tooLarge: 413
    case .methodUnknown: 405
    case .invalidValue, .missingValue, .dateAhead, .dueTooEarly, .classified, .agencyUnknown,
      .integrity:
      422
    case .personRequired, .personUnknown, .personAmbiguous, .tokenRequired: 401
    case .roleMissing, .drafterSigns, .notYours, .sampleOnly, .registrarOnly, .governorOnly,
      .foreignPage, .socketForbidden:
      403
    case .notFound, .peerUnknown: 404
    case .peerUnreachable, .joinRefused: 502
    case .databaseAway, .noRoom, .unavailable, .sealingBlocked, .nodeNotRunning,
      .answerLost, .nodeUnreachable:
      503
    case .timeout: 504
    case .locked: 423
    case .internalFault, .programFault, .file, .programMissing, .answerUnreadable, .demoFailed: 500
    default: 409
    }
  }

  /// The exit code of the command.
  package var outcome: Outcome {
    switch self {
    case .personRequired, .personUnknown, .personAmbiguous, .roleMissing, .drafterSigns,
      .notYours, .sampleOnly, .registrarOnly, .governorOnly, .foreignPage,
      .tokenRequired, .socketForbidden:
      .notPermitted
    case .notFound, .peerUnknown, .agencyUnknown, .ambiguous: .notFound
    case .peerUnreachable, .joinRefused, .databaseAway, .noRoom, .unavailable, .sealingBlocked,
      .nodeNotRunning, .answerLost, .nodeUnreachable:
      .unreachable
    case .timeout: .timeout
    case .tooManyChanges, .confirmationMissing, .foreignBackup, .secondNode: .safetyLimit
    case .integrity: .invalid
    case .statementDiffers, .reportDiffers: .differences
    case .locked: .locked
    case .notInitialised, .notJoined: .notInitialised
    case .configuration, .keyExposed, .portInUse, .programMissing, .planWrong: .configuration
    case .usage, .malformed, .missingValue: .usage
    default: .failed
    }
  }
}

/// How a command ends.
package enum Outcome: Int32, CaseIterable, Sendable {
  /// Done, or the replicas are equal.
  case done = 0
  /// Failed.
  case failed = 1
  /// Differences were found.
  case differences = 2
  /// Partly done.
  case partly = 3
  /// Not permitted.
  case notPermitted = 4
  /// Unreachable; a retry may help.
  case unreachable = 5
  /// Refused by a safety limit; nothing changed.
  case safetyLimit = 6
  /// Signature, hash or chain invalid; never retry.
  case invalid = 7
  /// Not found.
  case notFound = 8
  /// Another run holds the lock.
  case locked = 9
  /// The node is not initialised, or has joined no directory.
  case notInitialised = 10
  /// Wrong command line.
  case usage = 64
  /// Wrong configuration, or something missing on this machine.
  case configuration = 78
  /// Took too long.
  case timeout = 124
  /// Cancelled.
  case cancelled = 130
}
