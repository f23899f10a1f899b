import Foundation
import Synchronization

/// Business steps as clerks make them: letters of one document with two items, each drafted,
/// signed and issued by three people through the JSON API.
struct Steps: Sendable {
  /// A letter that only has to be issued.
  struct Letter: Sendable {
    let draft: String
    let dossier: String
  }

  /// The socket of the node whose steps they are.
  let socket: String
  /// Who gets the letters.
  let addressees: [String]
  /// Connections at the same time; each makes its steps one after the other.
  static let writers = 4

  /// Steps of one node for some others.
  init(of node: AgencyNode, for readers: [String]) {
    (socket, addressees) = (node.socket, readers)
  }

  /// Steps of one node for another.
  init(of node: AgencyNode, for reader: AgencyNode) {
    self.init(of: node, for: [reader.code])
  }

  /// Opens dossiers that the addressees are admitted to, and gives their ids.
  func open(_ count: Int) throws -> [String] {
    try inParallel(count) { connection, index in try open(index, over: connection) }
  }

  /// Opens a dossier that the addressees are admitted to, in one change set, and gives its id.
  @discardableResult
  func open(_ index: Int, over connection: OfficeConnection) throws -> String {
    try connection.call(
      "POST", "/office/v1/dossiers",
      Dossier(kind: "advice", title: "样例建议 \(index)", admit: addressees), as: "drafter",
      for: Opened.self
    ).dossier
  }

  /// Drafts, submits and signs letters, in turn in each of some dossiers.
  func prepare(_ count: Int, in dossiers: [String]) throws -> [Letter] {
    return try inParallel(count) { connection, index in
      let dossier = dossiers[index % dossiers.count]
      let draft = try connection.call(
        "POST", "/office/v1/documents",
        Draft(
          dossier: dossier, form: "leadSupply", title: "样例函 \(index)",
          body: ChineseText.of(200, seed: index), to: addressees,
          items: [0, 1].map {
            Draft.Item(kind: "opinion", text: ChineseText.of(70, seed: index * 2 + $0))
          }), as: "drafter", for: Drafted.self
      ).id
      try connection.call("POST", "/office/v1/drafts/\(draft)/submit", Nothing(), as: "drafter")
      try connection.call("POST", "/office/v1/drafts/\(draft)/sign", Nothing(), as: "signer")
      return Letter(draft: draft, dossier: dossier)
    }
  }

  /// Issues letters: each is one change set, committed before its answer comes.
  func issue(_ letters: [Letter]) throws {
    _ = try inParallel(letters.count) { connection, index in
      try Self.issue(letters[index], over: connection)
      return ""
    }
  }

  /// Issues one letter.
  static func issue(_ letter: Letter, over connection: OfficeConnection) throws {
    try connection.call(
      "POST", "/office/v1/drafts/\(letter.draft)/issue", Nothing(), as: "issuer")
  }

  /// Opens dossiers as two change sets each: the dossier, and the admission of the first addressee.
  func openAndAdmit(_ count: Int) throws {
    let addressee = addressees[0]
    _ = try inParallel(count) { connection, index in
      let opened = try connection.call(
        "POST", "/office/v1/dossiers", Dossier(kind: "advice", title: "样例 \(index)", admit: []),
        as: "drafter", for: Opened.self)
      try connection.call(
        "POST", "/office/v1/dossiers/\(opened.dossier)/admit", ["agency": addressee],
        as: "drafter")
      return ""
    }
  }

  /// Does `count` things over as many connections as there are writers; results in their order.
  private func inParallel<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (OfficeConnection, Int) throws -> Result
  ) throws -> [Result] {
    let next = Atomic(0)
    let path = socket
    let outcome = Mutex<(results: [(Int, Result)], failure: (any Error)?)>(([], nil))
    DispatchQueue.concurrentPerform(iterations: Self.writers) { _ in
      var own: [(Int, Result)] = []
      do {
        let connection = try OfficeConnection(path)
        while outcome.withLock({ $0.failure == nil }) {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < count else { break }
          own.append((index, try body(connection, index)))
        }
      } catch {
        outcome.withLock { $0.failure = error }
      }
      outcome.withLock { $0.results += own }
    }
    return try outcome.withLock { outcome in
      if let failure = outcome.failure { throw failure }
      return outcome.results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private struct Dossier: Encodable {
    let kind: String
    let title: String
    let admit: [String]
  }

  private struct Opened: Decodable {
    let dossier: String
  }

  private struct Draft: Encodable {
    struct Item: Encodable {
      let kind: String
      let text: String
    }

    let dossier: String
    let form: String
    let title: String
    let body: String
    let to: [String]
    let items: [Item]
  }

  private struct Drafted: Decodable {
    let id: String
  }
}
