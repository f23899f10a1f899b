import Ledger
import TestSupport
import Testing

/// The vectors of the page on the wire format, which an independent program computed.
@Suite struct WireFormatTests {
  private let vectors = WireFormatTests.read()
  private let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"

  /// The lines `name: hex` of the last block of code; an indented line goes on with the one before.
  private static func read() -> [String: [UInt8]] {
    let page = Repository.text("Sources/Ledger/Ledger.docc/WireFormat.md") ?? ""
    let blocks = page.split(separator: "```\n", omittingEmptySubsequences: false)
    guard let block = blocks.dropLast().last else { return [:] }
    var found: [String: String] = [:]
    var name = ""
    for line in block.split(separator: "\n") {
      if line.hasPrefix("  ") {
        found[name, default: ""] += line.drop { $0 == " " }
      } else {
        let halves = line.split(separator: ":", maxSplits: 1)
        name = String(halves[0])
        found[name] = halves.count > 1 ? String(halves[1].drop { $0 == " " }) : ""
      }
    }
    return found.compactMapValues { Hex.decode($0) }
  }

  private func key() throws -> SigningKey {
    try #require(SigningKey(rawRepresentation: Hex.decode(secret) ?? []))
  }

  private func header() throws -> ChangeSetHeader {
    let part = try #require(vectors["part content"])
    let salted = SaltedPart(salt: [UInt8](repeating: 1, count: 32), content: part)
    return ChangeSetHeader(
      dossier: nil, author: try Agencies.code("420300-FZB"), key: try key().keyID, sequence: 1,
      previous: nil, parents: [],
      directory: ChangeSetID([UInt8](repeating: 0x11, count: 32)),
      authoredAt: Timestamp(microseconds: 1_700_000_000_000_000), parts: [salted.hash])
  }

  @Test func `the page has its vectors`() {
    #expect(vectors.count == 16)
  }

  @Test func `keys, parts and headers have the bytes of the page`() throws {
    #expect(try key().publicKey.bytes == vectors["public key"])
    #expect(try key().keyID.bytes == vectors["key id"])
    let grant = Part(
      membership: [.grant(Grant(agency: try Agencies.code("420300-JW"), ground: .admit))])
    #expect(grant.encoded() == vectors["part content"])
    let header = try header()
    #expect(header.parts.first?.bytes == vectors["part hash"])
    #expect(header.encoded() == vectors["header"])
    #expect(header.id.bytes == vectors["change set id"])
    #expect(ChangeSetHeader.decode(try #require(vectors["header"])) == .header(header))
  }

  @Test func `a seal has the bytes and the signature of the page`() throws {
    let key = try key()
    let id = try #require(ChangeSetID(vectors["change set id"] ?? []))
    let neighbour = try #require(ChangeSetID([UInt8](repeating: 0x22, count: 32)))
    let tree = try #require(
      SealTree([
        (id, [UInt8](repeating: 2, count: 32)), (neighbour, [UInt8](repeating: 3, count: 32)),
      ]))
    let author = try Agencies.code("420300-FZB")
    let proof = try #require(tree.sealed(by: author, with: key, at: try header().authoredAt).first)
    #expect(proof.path.map(\.bytes) == [vectors["neighbour's leaf"]])
    #expect(proof.seal.body == vectors["seal body"])
    #expect(
      SignedObject.preAuthenticated(proof.seal.body, type: Seal.type) == vectors["what is signed"])
    #expect(proof.seal.signature == vectors["signature"])
    let body = try #require(Seal(decoding: proof.seal.body))
    #expect(body.root.bytes == vectors["root of both"])
    let verifying = try #require(VerificationKey(bytes: vectors["public key"] ?? []))
    #expect(proof.verify(id: id, author: author, key: verifying))
    #expect(!proof.verify(id: neighbour, author: author, key: verifying))
  }

  @Test func `a running hash is that of the page`() throws {
    let next = RunningHash.next(
      after: RunningHash.start, outbox: try #require(OutboxID(vectors["outbox"] ?? [])), number: 1,
      change: try #require(ChangeSetID(vectors["change set id"] ?? [])),
      parts: RunningHash.bits(of: [0]))
    #expect(next.bytes == vectors["h(1)"])
  }
}
