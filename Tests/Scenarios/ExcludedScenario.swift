import Exchange
import FoundationEssentials
import HTTPTypes
import Ledger
import Office
import PeerSupport
import TestSupport
import Testing

@testable import guantong

/// An excluded agency that asks in every way there is, and what can be found at it afterwards.
@Suite(.timeLimit(.minutes(10)), .serialized) struct ExcludedScenario {
  /// Random words of titles, texts, sealed sheets and files.
  private let canary = Canary()

  @Test func `scenario S11 an excluded agency gets no byte of the dossier, however it asks`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let handout = "\(directory)/handout"
      try FileManager.default.createDirectory(
        atPath: handout, withIntermediateDirectories: false)
      // All that leaves a node is written down there before TLS hides it.
      let recording = ["GUANTONG_DEMO_HANDOUT": handout]
      let (home, addressee) = try await RealNode.pair(in: directory)
      let excluded = try await RealNode.make("420300-SFJ", in: directory)
      try await home.whileRunning(environment: recording) { _ in
        try await addressee.whileRunning(environment: recording) { _ in
          try await excluded.whileRunning(environment: recording) { _ in
            for newcomer in [addressee, excluded] { try await home.admit(newcomer) }
            for node in [home, addressee, excluded] { try await node.isReady() }
            let dossier = try await written(by: home, and: addressee, not: excluded, directory)
            let holders = [home, addressee]
            for holder in holders { try await excluded.asks(holder, for: dossier, in: directory) }
            let scan = try await scan(for: dossier, at: home)
            for place in [excluded.directory, "\(handout)/\(excluded.code)"] {
              let traces = try scan.traces(below: place)
              #expect(traces.isEmpty, "\(traces.prefix(5))")
            }
            // The same look finds each of them where it is lawful, in what was given out too.
            #expect(try scan.missing(below: holders.map(\.directory)) == [])
            #expect(try !scan.traces(below: "\(handout)/\(addressee.code)").isEmpty)
            let givers = try FileManager.default.contentsOfDirectory(
              atPath: "\(handout)/\(excluded.code)")
            #expect(Set(givers) == Set(holders.map(\.code)))
            for holder in holders {
              try await expectNothing(of: dossier, from: holder, to: excluded, scan)
            }
          }
        }
      }
    }
  }

  /// A dossier with a letter in either direction, a sealed sheet and a file; gives its id.
  private func written(
    by home: RealNode, and addressee: RealNode, not excluded: RealNode, _ directory: String
  ) async throws -> String {
    let dossier = try await home.run(
      "dossier", "create", "--kind", "advice", "--title", canary.title, "--exclude",
      excluded.code, "--admit", addressee.code, "--json", as: RealNode.clerk
    ).text("dossier")
    let file = "\(directory)/scan.txt"
    try Data(canary.attachment.utf8).write(to: URL(filePath: file))
    let letter = try await home.run(
      "document", "draft", dossier, "--form", "leadSupply", "--to", addressee.code, "--title",
      canary.title, "--body", canary.text, "--sealed-for", home.code, "--sealed-title", "sheet",
      "--sealed-body", canary.sealed, "--attach", file, "--json", as: RealNode.clerk
    ).text("id")
    try await home.run("document", "submit", letter, as: RealNode.clerk)
    try await home.run("document", "sign", letter, as: "signer")
    try await home.run("document", "issue", letter, as: "issuer")
    try await addressee.receives(letter)
    let answer = try await addressee.sent(canary.act, to: home, in: dossier)
    try await home.receives(answer)
    try await home.expectSame(dossier, as: addressee)
    return dossier
  }

  /// A look for every word, change set, part and record of the dossier.
  private func scan(for dossier: String, at node: RealNode) async throws -> TraceScan {
    let words = [
      ("title", canary.title), ("text", canary.text), ("sealed", canary.sealed),
      ("file", canary.attachment), ("answer", canary.act),
    ].map { (name: $0.0, bytes: Array($0.1.utf8)) }
    let id = try #require(Hex.decode(dossier))
    let read = try await DossierSecrets.read(id, through: node.owner)
    #expect(read.changeSets >= 3)
    return try #require(TraceScan(words + read.secrets))
  }

  /// Every question by an id is answered like one about what never was, to the byte.
  private func expectNothing(
    of dossier: String, from holder: RealNode, to excluded: RealNode, _ scan: TraceScan
  ) async throws {
    let member = try HostileMember(excluded, against: holder)
    let ids = try await holder.superuser(
      "SELECT encode(id, 'hex') FROM ledger.change_set WHERE dossier = '\\x\(dossier)'"
    ).split(separator: "\n").compactMap { ChangeSetID(hex: String($0)) }.sorted()
    try #require(ids.count >= 3)
    let id = try #require(DossierID(hex: dossier))
    let author = try #require(AgencyCode(holder.code))
    let asked = try Question.all(about: id, ids, by: author, from: member)
    let invented = try Question.all(
      about: DossierID(.sha256(id.bytes)), ids.map { ChangeSetID(.sha256($0.bytes)) },
      by: author, from: member)
    try await RawConnection.open(port: member.port, as: member.certificate) { stream in
      for (question, other) in zip(asked, invented) {
        var answers: [RawAnswer] = []
        for one in [question, other] {
          try await stream.send(one.request, body: one.body)
          answers.append(try #require(try await stream.answer()))
        }
        #expect(answers[0].status == question.status, "\(answers[0].code ?? "")")
        #expect(answers[0].status == answers[1].status && answers[0].body == answers[1].body)
        #expect(scan.traces(in: answers[0].body).isEmpty)
      }
    }
  }

  /// One question of the excluded agency, and the status of an answer that holds nothing.
  private struct Question {
    let request: HTTPRequest
    let body: [UInt8]
    let status: Int

    /// By id, by stretch of a chain, by dossier, and each attachment that may be there.
    static func all(
      about dossier: DossierID, _ ids: [ChangeSetID], by author: AgencyCode,
      from member: HostileMember
    ) throws -> [Question] {
      let stretch = FetchRequest.Range(dossier: dossier, author: author, sequences: 1...100)
      let fetches = [
        FetchRequest(ids: ids), FetchRequest(ranges: [stretch]), FetchRequest(dossiers: [dossier]),
      ].map { $0.encoded() }
      let places = ids.flatMap { id in
        (0..<2).map { AttachmentPlace(change: id, part: $0, position: 0) }
      }
      return try fetches.map {
        Question(request: try member.request($0), body: $0, status: 200)
      }
        + places.map { place in
          let path = "/peer/v1/attachments/\(place.change.hex)/\(place.part)/\(place.position)"
          let request = try member.request(
            [], to: path, method: .get, range: AttachmentRange(first: 0))
          return Question(request: request, body: [], status: 404)
        }
    }
  }
}

extension RealNode {
  /// Asks a holder by every command there is: pull, comparison of all and of the one dossier, what
  /// is here, and a bundle.
  fileprivate func asks(
    _ holder: RealNode, for dossier: String, in directory: String
  ) async throws {
    try await run("sync", "now", "--peer", holder.code, "--wait")
    try await run("reconcile", "--peer", holder.code, "--json")
    try await run(
      "reconcile", "--peer", holder.code, "--dossier", dossier, "--json", expecting: 8)
    let never = String(repeating: "0", count: 64)
    for id in [dossier, never] { try await run("dossier", "show", id, expecting: 8) }
    let disc = "\(directory)/\(holder.code).gtb"
    try await holder.run("bundle", "export", "--to", code, "--out", disc)
    try await run("bundle", "import", disc)
  }
}
