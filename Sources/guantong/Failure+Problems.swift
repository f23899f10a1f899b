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

  /// What ended this process says.
  ///
  /// A running node goes on by itself when its database is back; one that has ended is started
  /// again. Words that have advice of their own give that.
  private static func ended(
    by refusal: OfficeError, advising words: String = "", in language: Language
  ) -> API.Problem {
    var problem = refusal.problem(in: language)
    let advice = ["\(words).next", "ended.\(refusal.refusal.rawValue)"]
    if let next = advice.first(where: Catalogue.contains) {
      problem.next = Catalogue.text(next, refusal.values, in: language)
    }
    return problem
  }

  /// What a failure of the node says, with its own advice.
  private static func problem(node error: NodeError, in language: Language) -> API.Problem {
    let refusal: Refusal =
      switch error.code {
      case .configuration, .keyFile: .configuration
      case .locked: .locked
      case .address: .portInUse
      case .database: .databaseAway
      case .disk: .file
      case .peerUnreachable, .peerAnswer: .peerUnreachable
      }
    let own = ["address": error.object, "peer": error.object, "detail": error.words]
    return ended(
      by: OfficeError(refusal, error.values.merging(own) { $1 }), advising: error.words,
      in: language)
  }

  /// What a failure of the replica says, with its own advice.
  private static func problem(replica error: ReplicaError, in language: Language) -> API.Problem {
    let refusal: Refusal =
      switch error.code {
      case .binariesMissing: .programMissing
      case .inUse: .locked
      case .diskFull: .file
      case .clusterFailed, .programFailed: .databaseAway
      case .damaged, .wentBack: .integrity
      default: .configuration
      }
    var own = ["program": error.object, "package": "postgresql-15", "detail": error.words]
    if refusal == .databaseAway || refusal == .integrity {
      own.merge(["detail": "replica.told", "what": error.words]) { $1 }
    }
    return ended(
      by: OfficeError(refusal, error.values.merging(own) { $1 }), advising: error.words,
      in: language)
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
