import Foundation
import Ledger
import TestSupport
import Testing

@testable import Node

/// The key that content for a node is sealed to, and those before it.
@Suite struct EncryptionKeyFileTests {
  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test func `a node without an encryption key makes one, once, for nobody else to read`()
    async throws
  {
    try await Scratch.withDirectory { folder in
      let today = try day("2026-11-28")
      #expect(try EncryptionKeyFiles.existing(in: folder, today: today) == nil)
      let made = try EncryptionKeyFiles.read(in: folder, today: today)
      #expect(try EncryptionKeyFiles.read(in: folder, today: today).current.id == made.current.id)
      let path = "\(folder)/encryption.pem"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
      #expect(throws: NodeError.self, "it never overwrites a key") {
        try EncryptionKeyFiles.make(in: folder)
      }
    }
  }

  @Test func `a replaced key opens for a year and is not read afterwards`() async throws {
    try await Scratch.withDirectory { folder in
      let first = try EncryptionKeyFiles.read(in: folder, today: day("2026-11-28")).current
      let second = try EncryptionKeyFiles.replace(in: folder, today: day("2026-11-28"))
      let name = "encryption-\(first.id.hex.prefix(16))-until-2027-11-28.pem"
      #expect(FileManager.default.fileExists(atPath: "\(folder)/\(name)"))
      let lastDay = try EncryptionKeyFiles.read(in: folder, today: day("2027-11-28"))
      #expect(lastDay.current.id == second.id && lastDay.former.map(\.id) == [first.id])
      #expect(lastDay[first.id] != nil && lastDay[second.id] != nil)
      let after = try EncryptionKeyFiles.read(in: folder, today: day("2027-11-29"))
      #expect(after.former.isEmpty && after[first.id] == nil)
    }
  }

  @Test(arguments: [
    "", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "signing",
  ])
  func `a file that holds no such key is refused`(_ text: String) async throws {
    try await Scratch.withDirectory { folder in
      let signing = try #require(SigningKey(rawRepresentation: Array(repeating: 5, count: 32)))
      let content = text == "signing" ? AgencyKeyFile.pem(of: signing) : text
      #expect(
        FileManager.default.createFile(
          atPath: "\(folder)/encryption.pem", contents: Data(content.utf8),
          attributes: [.posixPermissions: 0o600]))
      let refusal = #expect(throws: NodeError.self) {
        try EncryptionKeyFiles.read(in: folder, today: day("2026-11-28"))
      }
      #expect(refusal?.code == .keyFile)
    }
  }
}
