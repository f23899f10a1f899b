import Foundation
import Ledger
import Office
import TestSupport
import Testing

@testable import Node

/// The files of the keys that a node keeps for the agencies it hosts.
@Suite struct HostedKeyTests {
  private func code(_ text: String) throws -> AgencyCode { try #require(AgencyCode(text)) }

  @Test func `a hosted key is made once, closed to others, and read at the next start`()
    async throws
  {
    try await Scratch.withDirectory { folder in
      let (one, other) = (try code("420304-JW"), try code("420300-U01"))
      let keys = try HostedKeys(folder: folder)
      #expect(keys.all.isEmpty)
      let made = try await keys.open(one)
      #expect(try await keys.open(one).key.keyID == made.key.keyID)
      #expect(try await keys.open(other).key.keyID != made.key.keyID)
      let next = try await keys.makeNext(of: one)
      #expect(try await keys.makeNext(of: one).keyID == next.keyID)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        names == [
          "hosted-420300-U01.pem", "hosted-420304-JW.pem", "hosted-next-420304-JW.pem",
        ])
      for name in names {
        let file = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        #expect(file[.posixPermissions].map { "\($0)" } == "\(0o600)", "\(name)")
      }
      let again = try HostedKeys(folder: folder).all
      #expect(again.keys.sorted() == [other, one])
      #expect(again[one]?.key.keyID == made.key.keyID && again[one]?.next?.keyID == next.keyID)
    }
  }

  @Test func `a succession cut short between its two steps has the new key at the next start`()
    async throws
  {
    try await Scratch.withDirectory { folder in
      let agency = try code("420304-JW")
      let keys = try HostedKeys(folder: folder)
      _ = try await keys.open(agency)
      let next = try await keys.makeNext(of: agency)
      try FileManager.default.removeItem(atPath: "\(folder)/\(HostedKeyFiles.name(of: agency))")
      let kept = try #require(try HostedKeys(folder: folder).all[agency])
      #expect(kept.key.keyID == next.keyID && kept.next == nil)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder) == ["hosted-420304-JW.pem"])
    }
  }

  @Test func `a key that others can read and more desks than a node has are refused`()
    async throws
  {
    try await Scratch.withDirectory { folder in
      for number in 0..<Limits.desksMax {
        _ = try HostedKeyFiles.make(for: try code("420300-U\(number)"), in: folder)
      }
      let keys = try HostedKeys(folder: folder)
      let more = try code("420300-MORE")
      await #expect(throws: NodeError.self) { try await keys.open(more) }
      _ = try HostedKeyFiles.make(for: more, in: folder)
      #expect(throws: NodeError.self) { try HostedKeys(folder: folder) }
      try FileManager.default.removeItem(atPath: "\(folder)/hosted-420300-MORE.pem")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: "\(folder)/hosted-420300-U0.pem")
      let open = #expect(throws: NodeError.self) { try HostedKeys(folder: folder) }
      #expect(open?.object == "\(folder)/hosted-420300-U0.pem")
    }
  }
}
