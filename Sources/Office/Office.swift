package import Exchange
package import Ledger
import Postgres
package import Replica

/// Everything one agency does with its node: one method for each verb of the API.
///
/// A method takes the request of the API and who asks, and gives the answer of the API. A verb that
/// writes does so in one transaction: person and role, the rules of the model, the number, the
/// change set, the audit and the answer kept for a repeat all stand or fall together. What is
/// refused is an ``OfficeError``, and stands in the audit too.
///
/// Values only: it may be copied and called from any task.
package struct Office: Sendable {
  /// The agency that acts.
  package let agency: AgencyCode
  /// The agency that runs the node; another than `agency` at the desk of a hosted one.
  package let node: AgencyCode
  /// The business clock.
  package let clock: BusinessClock
  /// What is running.
  package let program: Program
  let store: PostgresStore
  let key: SigningKey
  private let nodeKey: SigningKey
  let encryptionKey: EncryptionKey?
  let isBehindGateway: Bool
  let entropy: Entropy
  let gate: @Sendable () -> SealingGate
  let attached: @Sendable () -> Set<AgencyCode>
  let wake: @Sendable ([AgencyCode]) -> Void
  let kept: KeptCounts

  /// Makes the office of an agency over its store.
  ///
  /// `gate` says whether sealing is allowed after this start, `attached` whose question waits here;
  /// `wake` is called after a commit with the nodes for which something new waits. The particulars
  /// name `encryptionKey`, nil leaves them as they are, and say whether the node `isBehindGateway`.
  package init(
    agency: AgencyCode, key: SigningKey, encryptionKey: EncryptionKey? = nil,
    isBehindGateway: Bool = false, store: PostgresStore, clock: BusinessClock,
    program: Program, entropy: Entropy = .system,
    gate: @escaping @Sendable () -> SealingGate = { .open },
    attached: @escaping @Sendable () -> Set<AgencyCode> = { [] },
    wake: @escaping @Sendable ([AgencyCode]) -> Void = { _ in }
  ) {
    self.agency = agency
    node = agency
    self.key = key
    nodeKey = key
    self.encryptionKey = encryptionKey
    self.isBehindGateway = isBehindGateway
    self.store = store
    self.clock = clock
    self.program = program
    self.entropy = entropy
    self.gate = gate
    self.attached = attached
    self.wake = wake
    kept = KeptCounts()
  }

  /// The office of an agency that this node hosts, over the same store.
  ///
  /// It acts as that agency with that key: its own people, its own chain, its own numbers, drafts
  /// and settings, and it sees what the agency is a member of and nothing else.
  package func desk(of agency: AgencyCode, key: SigningKey) -> Office {
    Office(hosting: agency, key: key, at: self)
  }

  private init(hosting agency: AgencyCode, key: SigningKey, at host: Office) {
    self.agency = agency
    node = host.node
    self.key = key
    nodeKey = host.nodeKey
    // A hosted agency has no node of its own, so nothing is sealed to it or sent to it.
    encryptionKey = nil
    isBehindGateway = false
    store = host.store
    clock = host.clock
    program = host.program
    entropy = host.entropy
    gate = host.gate
    attached = host.attached
    wake = host.wake
    kept = host.kept
  }

  /// The office of the agency that runs the node, for what its host does for a hosted one.
  var atNode: Office { isHosted ? Office(hosting: node, key: nodeKey, at: self) : self }

  /// Whose settings are meant: a hosted agency's own, or those of the node.
  var settingsDesk: AgencyCode? { isHosted ? agency : nil }

  /// Whether this is the desk of an agency that the node hosts.
  package var isHosted: Bool { agency != node }

  /// What is running, for `version` and `status`.
  package struct Program: Sendable {
    /// Version of the program.
    package var version: String
    /// The commit that it was built from; empty when unknown.
    package var commit: String
    /// When the process started, by the system clock.
    package var startedAt: Timestamp

    /// Describes the program.
    package init(version: String, commit: String, startedAt: Timestamp) {
      self.version = version
      self.commit = commit
      self.startedAt = startedAt
    }
  }

  /// The agency with the key it signs with.
  package var signatory: Signatory { Signatory(agency: agency, key: key) }

  /// Reads in one transaction, over one snapshot.
  func read<Answer: Sendable>(
    _ body: @escaping @Sendable (borrowing OfficeTransaction) throws -> Answer
  ) async throws -> Answer {
    do {
      return try await store.read(body)
    } catch {
      throw Self.refusal(of: error)
    }
  }

  /// Reads what may take as long as everything that is held here takes to fold: one at a time, so
  /// that others, peers among them, can always read.
  func count<Answer: Sendable>(
    _ body: @escaping @Sendable (borrowing OfficeTransaction) throws -> Answer
  ) async throws -> Answer {
    do {
      return try await store.count(body)
    } catch {
      throw Self.refusal(of: error)
    }
  }

  /// What a caller is told about a failure below.
  static func refusal(of error: any Error) -> any Error {
    switch error {
    case let error as PostgresError: OfficeError(error)
    case let error as ReplicaError where error.code == .diskFull: OfficeError(running: error)
    case let error as ExchangeError where error.code == .unavailable:
      OfficeError(.unavailable, ["detail": "\(error)"])
    case let refusal as AppendRefusal: OfficeError(refusal)
    default: error
    }
  }
}
