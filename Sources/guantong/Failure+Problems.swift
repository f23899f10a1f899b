import Exchange
import Node
import Office
import Postgres
import Replica

extension Failure {
  /// What a failure at run time says; nil for one that none of our layers throws.
  static func problem(of error: any Error, in language: Language) -> API.Problem? {
    switch error {
    case let problem as API.Problem: problem
    case let error as OfficeError: error.problem(in: language)
    case let error as NodeError: problem(node: error, in: language)
    case let error as ReplicaError: problem(replica: error, in: language)
    case let error as ExchangeError: problem(exchange: error, in: language)
    case let error as PostgresError: ended(by: OfficeError(error), in: language)
    case let error as Teller.Unmet:
      OfficeError(.demoFailed, ["detail": error.description]).problem(in: language)
    default: nil
    }
  }

  /// What ended this process says: a running node goes on by itself when its database is back, and
  /// one that has ended is started again.
  private static func ended(by refusal: OfficeError, in language: Language) -> API.Problem {
    var problem = refusal.problem(in: language)
    let next = "ended.\(refusal.refusal.rawValue)"
    if Catalogue.contains(next) { problem.next = Catalogue.text(next, in: language) }
    return problem
  }

  /// What a failure of the node says, with its own advice.
  private static func problem(node error: NodeError, in language: Language) -> API.Problem {
    let detail = error.words ?? error.message
    let refusal =
      switch error.code {
      case .configuration, .keyFile:
        OfficeError(.configuration, ["path": error.object, "detail": detail])
      case .locked: OfficeError(.locked, ["path": error.object])
      case .address: OfficeError(.portInUse, ["address": error.object])
      case .database: OfficeError(.databaseAway, ["detail": detail])
      case .disk: OfficeError(.file, ["path": error.object, "detail": detail])
      case .peerUnreachable, .peerAnswer:
        OfficeError(.peerUnreachable, ["peer": error.object, "detail": detail])
      }
    var problem = ended(by: refusal, in: language)
    let next = "\(detail).next"
    if Catalogue.contains(next) {
      problem.next = Catalogue.text(next, ["path": error.object], in: language)
    } else if let hint = error.hint {
      problem.next = hint
    }
    return problem
  }

  /// What a failure of the replica says, with its own advice.
  private static func problem(replica error: ReplicaError, in language: Language) -> API.Problem {
    let refusal =
      switch error.code {
      case .binariesMissing:
        OfficeError(.programMissing, ["program": error.object, "package": "postgresql-15"])
      case .inUse: OfficeError(.locked, ["path": error.object])
      case .diskFull: OfficeError(.file, ["path": error.object, "detail": error.reason])
      case .clusterFailed, .programFailed:
        OfficeError(.databaseAway, ["detail": "\(error.object): \(error.reason)"])
      case .damaged, .wentBack:
        OfficeError(.integrity, ["detail": "\(error.object): \(error.reason)"])
      default: OfficeError(.configuration, ["path": error.object, "detail": error.reason])
      }
    var problem = ended(by: refusal, in: language)
    if let hint = error.hint { problem.next = hint }
    return problem
  }

  /// What a failure of the store or of a session says, with its own advice.
  private static func problem(exchange error: ExchangeError, in language: Language) -> API.Problem?
  {
    let refusal: OfficeError
    switch error.code {
    case .notInitialized: refusal = OfficeError(.notInitialised, ["path": error.object])
    case .corrupt: refusal = OfficeError(.integrity, ["detail": error.object])
    case .unavailable: refusal = OfficeError(.databaseAway, ["detail": error.object])
    // Neither is the doing of whoever started the command.
    case .readOnly, .malformed: return nil
    }
    var problem = ended(by: refusal, in: language)
    if let hint = error.hint { problem.next = hint }
    return problem
  }
}

extension API.Problem {
  /// How a command ends that ran into it.
  var outcome: Outcome { Refusal(rawValue: refusal)?.outcome ?? .failed }
}
