import FoundationEssentials
import Office
import TestSupport
import Testing

@testable import guantong

@Suite struct EvidenceFileTests {
  private static func mode(_ path: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return "\(attributes[.posixPermissions] ?? 0)"
  }

  @Test func `a secret file is closed to others, whether it is new or was there`() async throws {
    try await Scratch.withDirectory { directory in
      let new = "\(directory)/new"
      try FileOutput.writeSecret([1, 2], to: new)
      #expect(try Self.mode(new) == "\(0o600)")
      let old = "\(directory)/old"
      try "a longer text".write(toFile: old, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: old)
      try FileOutput.writeSecret([3], to: old)
      #expect(try Self.mode(old) == "\(0o600)")
      #expect(FileManager.default.contents(atPath: old) == Data([3]))
      let device = try Self.mode("/dev/null")
      try FileOutput.writeSecret([4], to: "/dev/null")
      #expect(try Self.mode("/dev/null") == device)
      let refusal = #expect(throws: OfficeError.self) {
        try FileOutput.writeSecret([5], to: "\(directory)/none/file")
      }
      #expect(refusal?.refusal == .file)
    }
  }

  @Test func `what was written is one sentence for people and fields for programs`() throws {
    let written = WrittenEvidence(id: "ab", path: "/e")
    #expect(
      String(decoding: try JSONValue(encoding: written).encoded(), as: UTF8.self)
        == #"{"schema":"guantong.evidence-file/v1","id":"ab","path":"/e"}"#)
    let page = written.page(Words(language: .en, isASCII: true))
    #expect(page.programLines { $0.tabbed() } == ["change_set\tab", "path\t/e"])
    #expect(
      page.lines(paint: Paint(.never, environment: [:], isTerminal: false))
        == ["evidence of ab written to /e"])
  }

  @Test func `a named node that gives no root ends verify with the code of the reason`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      let file = "\(directory)/evidence"
      try "no evidence".write(toFile: file, atomically: true, encoding: .utf8)
      let wrong = "\(directory)/wrong.yaml"
      try "agency: 420300-JW\npear: 1\n".write(toFile: wrong, atomically: true, encoding: .utf8)
      for (config, code) in [
        ("\(directory)/n/guantong.yaml", Int32(5)), ("\(directory)/none.yaml", 10), (wrong, 78),
      ] {
        #expect(try await Program.run("verify", file, "--config", config).code == code)
        let named = ["GUANTONG_CONFIG": config]
        #expect(try await Program.run("verify", file, environment: named).code == code)
        let given = try await Program.run(
          "verify", file, "--config", config, "--directory", String(repeating: "0", count: 64))
        #expect(given.code == 7)
      }
      #expect(try await Program.run("verify", file, "--url", "http://127.0.0.1:1").code == 5)
      #expect(try await Program.run("verify", file).code == 7)
    }
  }
}
