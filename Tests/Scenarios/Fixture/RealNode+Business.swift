import Office
import TestSupport
import Testing

extension RealNode {
  /// Those besides the clerk whom a letter needs, for `make`.
  static let lettersPeople = [
    "--person", "name=signer;roles=deputy", "--person", "name=issuer;roles=registry",
  ]

  /// Opens a dossier that another agency is admitted to.
  func opened(_ title: String, for other: RealNode) async throws -> String {
    let dossier = try await run(
      "dossier", "create", "--kind", "advice", "--title", title, "--json", as: Self.clerk
    ).text("dossier")
    try await run("dossier", "admit", dossier, other.code, as: Self.clerk)
    return dossier
  }

  /// Issues a letter, by three people, with a file or without, and gives its id.
  func sent(
    _ title: String, to other: RealNode, in dossier: String, attaching path: String? = nil
  ) async throws -> String {
    let words = [
      "document", "draft", dossier, "--form", "leadSupply", "--to", other.code, "--title", title,
      "--body", title, "--json", "--as", Self.clerk, "--config", config,
    ]
    let drafted = try await Program.run(words: words + (path.map { ["--attach", $0] } ?? []))
    try #require(drafted.code == 0, "\(drafted.errors)")
    let id = try drafted.text("id")
    try await run("document", "submit", id, as: Self.clerk)
    try await run("document", "sign", id, as: "signer")
    try await run("document", "issue", id, as: "issuer")
    return id
  }

  /// Waits until a letter is there.
  func receives(
    _ letter: String, within limit: Duration = .seconds(60),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await eventually(
      "the letter is at \(code)", within: limit, sourceLocation: sourceLocation
    ) { try await run("document", "show", letter, "--json", expecting: nil).code == 0 }
  }

  /// Waits until the node may seal.
  func isReady(
    within limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await eventually(
      "\(code) is ready", within: limit, sourceLocation: sourceLocation
    ) {
      try await run("status", "--json", expecting: nil).json["node"]?["ready"] == .bool(true)
    }
  }

  /// A registrar and a member that has yet to be admitted, each with the people for letters.
  static func pair(
    in directory: String
  ) async throws -> (registrar: RealNode, member: RealNode) {
    (
      try await make("420300-FZB", in: directory, registrar: true, words: lettersPeople),
      try await make("420300-JW", in: directory, words: lettersPeople)
    )
  }

  /// The change sets of an author that are stored here, each as dossier, sequence and id; only
  /// those in dossiers of a member when one is named.
  func chains(of author: String, sharedWith member: String? = nil) async throws -> Set<String> {
    let shared = member.map { member in
      "AND dossier IN (SELECT id FROM ledger.dossier WHERE '\(member)' = ANY(members))"
    }
    let lines = try await superuser(
      """
      SELECT encode(dossier, 'hex') || ' ' || sequence || ' ' || encode(id, 'hex')
      FROM ledger.change_set WHERE author = '\(author)' \(shared ?? "")
      """)
    return Set(lines.split(separator: "\n").map(String.init))
  }

  /// The ids in lines of ``chains(of:)``.
  static func ids(_ chains: Set<String>) -> Set<String> {
    Set(chains.compactMap { $0.split(separator: " ").last.map(String.init) })
  }

  /// No chain here forks, has a gap or holds a place twice, and log and tables agree.
  func expectWhole(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let flaws = try await superuser(
      """
      SELECT author || ' ' || count(*) || ' ' || max(sequence) FROM ledger.change_set
      GROUP BY dossier, author
      HAVING count(DISTINCT sequence) <> count(*) OR max(sequence) <> count(*)
      UNION ALL
      SELECT 'twice: ' || number FROM casework.document WHERE number <> ''
      GROUP BY author, number HAVING count(*) > 1
      UNION ALL SELECT 'fork of ' || author FROM ledger.fork
      UNION ALL SELECT 'held' FROM ledger.held
      """)
    #expect(flaws.isEmpty, "\(code): \(flaws)", sourceLocation: sourceLocation)
    try await run("reconcile", "--self", sourceLocation: sourceLocation)
  }

  /// Both hold the same of a dossier, to the last row.
  func expectSame(
    _ dossier: String, as other: RealNode, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await eventually("both have the dossier alike", sourceLocation: sourceLocation) {
      let here = try await run("dossier", "show", dossier, "--json", expecting: nil)
      let there = try await other.run("dossier", "show", dossier, "--json", expecting: nil)
      guard here.code == 0, there.code == 0, here.json["digest"]?.text != nil else { return false }
      return here.json["digest"] == there.json["digest"]
    }
  }
}
