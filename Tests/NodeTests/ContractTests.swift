import Exchange
import Foundation
import HTTPTypes
import Ledger
import Office
import Testing

@testable import Node

/// The contract's page against the program.
@Suite struct ContractTests {
  private var lines: [String] {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/guantong/Guantong.docc/Contract.md")
      return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }
  }

  /// The rows of the table with these heads, cells without marks.
  private func rows(_ heads: String...) throws -> [[String]] {
    let lines = try lines
    let head = "| \(heads.joined(separator: " | ")) |"
    let start = try #require(lines.firstIndex(of: head), "no table \(head)")
    return lines[(start + 2)...].prefix { $0.hasPrefix("| ") }.map { line in
      line.split(separator: "|").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      }
    }
  }

  private func desk() throws -> PeerDesk<MemoryStore> {
    WorldNode(
      try TestNode("420300-FZB"),
      store: MemoryStore { _, _ in MemoryProjection(rows: [], digest: nil) }
    ).desk
  }

  @Test func `the page names every fault of a comparison`() throws {
    let named = try rows("Code of `errors`", "What it says").compactMap(\.first)
    #expect(named == ReconcileReport.Fault.Code.allCases.map(\.rawValue))
  }

  @Test func `the faults of a comparison are told in the language of the reader`() throws {
    let peer = try #require(AgencyCode("420300-JW"))
    var report = ReconcileReport(peer: peer)
    report.errors = [.notGiven(2), .sums]
    let zh = API.ReconcilePeer(report, agency: peer, in: .zh).errors
    let en = API.ReconcilePeer(report, agency: peer, in: .en).errors
    #expect(zh.map(\.code) == ["not-given", "sums"] && en.map(\.code) == zh.map(\.code))
    #expect(zh[0].detail == "对方列有 2 件,两次请取均未给出")
    #expect(en[0].detail == "the peer lists 2 that it did not give when it was asked twice")
  }

  @Test func `the page names every peer route`() throws {
    let served = try desk().routes.map { "\($0.method.rawValue) \($0.path)" }
    #expect(try rows("Route", "What for").map { $0[0] }.sorted() == served.sorted())
  }

  @Test func `the page names every problem code with its status`() throws {
    let told = try rows("Code", "Status", "When").map { "\($0[0]) \($0[1])" }
    #expect(told == Problem.Code.allCases.map { "\($0.rawValue) \($0.status.code)" })
    #expect(Problem.typePrefix == "https://guantong.example/problems/")
    #expect(Problem.mediaType == "application/problem+json")
    let text = String(decoding: Problem(.replay).json, as: UTF8.self)
    #expect(text.contains("\"type\":\"https://guantong.example/problems/replay\""))
    #expect(text.contains("\"code\":\"replay\""))
  }

  @Test func `requests and answers cover what the page says, also with an empty body`() throws {
    let node = try TestNode("420300-JW")
    let registrar = try #require(AgencyCode("420300-FZB"))
    let plain = HTTPRequest(
      method: .get, scheme: "https", authority: "127.0.0.1:8401", path: "/peer/v1/info")
    let request = try #require(
      RequestSigner(agency: node.agency, key: node.key, destination: registrar)
        .sign(plain, content: [], at: 1_700_000_000, nonce: String(repeating: "0", count: 32)))
    let answer = try #require(
      ResponseSigner(agency: node.agency, key: node.key)
        .sign(HTTPResponse(status: .ok), content: [], to: request, at: 1_700_000_000))
    let keyID = "\(node.agency)/\(node.key.keyID.hex.prefix(16))"
    let digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    for (mark, fields) in [("request", request.headerFields), ("answer", answer.headerFields)] {
      let line = try #require(
        try lines.first { $0.hasPrefix("- a\(mark == "answer" ? "n" : "") \(mark): `") })
      let covered = line.split(separator: "`")[1]
      let input = try #require(fields[.signatureInput])
      #expect(input.hasPrefix("sig1=(\(covered));"), "\(mark)")
      #expect(input.contains("keyid=\"\(keyID)\""))
      #expect(fields[.contentDigest] == digest)
    }
  }

  @Test func `info answers with the members of the page, in the values of the build`() async throws
  {
    let route = try #require(try desk().routes.first { $0.path == "/peer/v1/info" })
    let answer = try await route.answer(
      PeerRequest(
        agency: try #require(AgencyCode("420300-JW")), isWithdrawn: false,
        head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: route.path), query: [:],
        body: []))
    #expect(
      String(decoding: answer.body, as: UTF8.self)
        == "{\"schema\":\"guantong.info/v1\",\"agency\":\"420300-FZB\",\"version\":\"0.1.0\","
        + "\"commit\":\"test\",\"formats\":[1],\"peer_protocol\":1}")
    let version = try JSONValue(
      encoding: API.Version(version: "0.1.0", commit: "test", formats: [1], peerProtocol: 1))
    guard case .object(let members) = version else {
      Issue.record("\(version)")
      return
    }
    let told = try lines.joined(separator: " ")
    #expect(
      told.contains("`version --json` is `{\(members.map(\.name).joined(separator: ", "))}`"))
    #expect(told.contains("`{schema, agency, version, commit, formats, peer_protocol}`"))
  }
}
