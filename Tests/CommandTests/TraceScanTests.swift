import Foundation
import Testing

@testable import guantong

@Suite struct TraceScanTests {
  private let secret = Array("样例卷宗 canary 7f3a".utf8)

  private func scan(_ secret: [UInt8]) throws -> TraceScan {
    try #require(TraceScan([(name: "canary", bytes: secret)]))
  }

  private func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5])
  func `a secret in base64 is found wherever its group of three begins`(before: Int) throws {
    let text = Data(noise(before) + secret + noise(7)).base64EncodedString()
    let traces = try scan(secret).traces(in: noise(50) + Array(text.utf8) + noise(50))
    #expect(traces.map(\.spelling) == [.base64])
  }

  @Test func `a secret in the base64 of addresses is found`() throws {
    let secret: [UInt8] = [0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFE, 0xFB, 0xF0, 0x3E, 0x3F]
    let text = Data(secret).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_")
    try #require(text.contains("-") && text.contains("_"))
    let traces = try scan(secret).traces(in: noise(50) + Array(text.utf8) + noise(50))
    #expect(traces.map(\.spelling) == [.base64])
  }

  @Test func `a secret is found as bytes and in both cases of hexadecimal`() throws {
    let hex = secret.map { String(format: "%02x", $0) }.joined()
    let scan = try scan(secret)
    #expect(scan.traces(in: noise(9) + secret).map(\.offset) == [9])
    #expect(scan.traces(in: Array(hex.utf8)).map(\.spelling) == [.hex])
    #expect(scan.traces(in: Array(hex.uppercased().utf8)).map(\.spelling) == [.upperHex])
  }

  @Test func `noise without the secret has no trace`() throws {
    #expect(try scan(secret).traces(in: noise(100_000)).isEmpty)
    #expect(try scan(secret).traces(in: Array(secret.dropLast())).isEmpty)
  }

  @Test(arguments: [1, 7, 8, 9, 24, 100])
  func `a secret is found once across the boundaries of chunks`(chunk: Int) throws {
    let bytes = noise(333) + secret + noise(77)
    var rest = bytes[...]
    var found = TraceScan.Findings()
    try scan(secret).scan(path: "x", into: &found) {
      guard !rest.isEmpty else { return nil }
      defer { rest = rest.dropFirst(chunk) }
      return Array(rest.prefix(chunk))
    }
    #expect(found.traces.map(\.offset) == [333])
  }

  @Test func `a secret too short to mean anything is refused`() {
    #expect(TraceScan([(name: "short", bytes: [1, 2, 3])]) == nil)
  }

  @Test func `files below a directory are searched and links are not followed`() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let deep = root.appending(path: "a/b")
    try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let large = noise(TraceScan.chunkBytes - 5) + secret
    try Data(large).write(to: deep.appending(path: "large"))
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "link"), withDestinationURL: deep.appending(path: "large"))
    let traces = try scan(secret).traces(below: root.path)
    #expect(traces.map(\.offset) == [TraceScan.chunkBytes - 5])
  }

  @Test func `a secret that is nowhere is named, however often another one is found`() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let often = Array(repeating: secret + noise(3), count: TraceScan.tracesMax + 5).flatMap { $0 }
    try Data(often + Array("second secret".utf8)).write(to: root.appending(path: "file"))
    let scan = try #require(
      TraceScan([
        ("often", secret), ("second", Array("second secret".utf8)),
        ("nowhere", Array("another secret".utf8)),
      ]))
    #expect(try scan.missing(below: [root.path]) == ["nowhere"])
    #expect(try scan.traces(below: root.path).count == TraceScan.tracesMax)
  }
}
