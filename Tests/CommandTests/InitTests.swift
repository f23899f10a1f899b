import FoundationEssentials
import Node
import Office
import TestSupport
import Testing

@testable import guantong

/// What `init` makes, and what it refuses before anything is made.
@Suite struct InitTests {
  private func blueprint(
    _ directory: String, _ values: [SettingKey: String] = [:], kind: String? = "court",
    level: String? = "city", roles: [String] = ["handler"]
  ) -> NodeBlueprint {
    NodeBlueprint(
      directory: directory, values: values.merging([.agency: "420300-FY"]) { given, _ in given },
      firstStart: API.FirstStart(
        profile: API.AgencyProfile(code: "420300-FY", name: "n", level: level, kind: kind),
        people: [API.PersonRequest(name: "p", roles: roles)]))
  }

  private func mode(of path: String) throws -> String {
    "\(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] ?? 0)"
  }

  @Test func `a node that only dials out is made by init and publishes no address`() async throws {
    try await Scratch.withDirectory { directory in
      let made = try await Program.run(
        "init", "--dir", "\(directory)/n", "--agency", "420300-FY", "--peer-listen",
        "0.0.0.0:8401", "--peer-advertise", "none")
      #expect(made.code == 0, "\(made.errors)")
      let file = "\(directory)/n/guantong.yaml"
      let settings = try Settings(file: file, environment: [:])
      #expect(settings[.peerAdvertise] == "none")
      #expect(try NodeConfiguration(settings).peerAdvertise == "")
      let url = "https://node.example:8401"
      let named = try Settings(file: file, environment: ["GUANTONG_PEER__ADVERTISE": url])
      #expect(try NodeConfiguration(named).peerAdvertise == url)
      let derived = try Settings(
        file: file,
        environment: ["GUANTONG_PEER__ADVERTISE": "", "GUANTONG_PEER__LISTEN": "node.example:1"])
      #expect(try NodeConfiguration(derived).peerAdvertise == "https://node.example:1")
    }
  }

  @Test(arguments: [
    ("0.0.0.0:8401", ""), ("[::]:8401", ""), ("[0:0::0]:8401", ""), ("127.0.0.1:0", ""),
    ("127.0.0.1:8401", "https://0.0.0.0:8401"), ("127.0.0.1:8401", "https://node.example:0"),
  ])
  func `an address that nobody can dial is not published, and init makes nothing`(
    _ listen: String, _ advertise: String
  ) async throws {
    try await Scratch.withDirectory { directory in
      let wrong = blueprint(
        "\(directory)/n", [.peerListen: listen, .peerAdvertise: advertise])
      let error = #expect(throws: NodeError.self) { try wrong.make() }
      let problem = error.flatMap { Failure.problem(of: $0, in: .en) }
      #expect(problem?.code == "GT-8003")
      #expect(problem?.detail.contains("peer.advertise") == true)
      #expect(problem?.next.contains("none") == true)
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/n"))
    }
  }

  @Test(arguments: ["https://node.example:99999", "node.example:8401", "https://:8401"])
  func `what is no address of a node is refused with the key that it stands in`(
    _ advertise: String
  ) async throws {
    try await Scratch.withDirectory { directory in
      let wrong = blueprint("\(directory)/n", [.peerAdvertise: advertise])
      let error = #expect(throws: OfficeError.self) { try wrong.make() }
      #expect(error?.refusal == .invalidValue)
      #expect(error?.values["field"] == "peer.advertise")
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/n"))
    }
  }

  @Test func `what the first start would refuse is refused by init`() async throws {
    try await Scratch.withDirectory { directory in
      let home = "\(directory)/n"
      for (wrong, field) in [
        (blueprint(home, kind: "cour"), "kind"), (blueprint(home, level: "town"), "level"),
        (blueprint(home, roles: ["foo"]), "roles"),
      ] {
        let error = #expect(throws: OfficeError.self) { try wrong.make() }
        #expect(error?.refusal == .invalidValue)
        #expect(error?.values["field"] == field)
      }
      #expect(!FileManager.default.fileExists(atPath: home))
    }
  }

  @Test func `a directory that is there keeps its mode, and one with something in it is refused`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let home = "\(directory)/n"
      try FileManager.default.createDirectory(
        atPath: home, withIntermediateDirectories: false, attributes: nil)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home)
      try "mine".write(toFile: "\(home)/file", atomically: false, encoding: .utf8)
      let error = #expect(throws: OfficeError.self) { try blueprint(home).make() }
      #expect(error?.refusal == .file)
      #expect(try FileManager.default.contentsOfDirectory(atPath: home) == ["file"])
      try FileManager.default.removeItem(atPath: "\(home)/file")
      _ = try blueprint(home).make()
      #expect(try mode(of: home) == "\(0o755)")
      #expect(try mode(of: "\(home)/keys") == "\(0o700)")
    }
  }

  @Test func `an init that found no room leaves nothing and can be repeated`() async throws {
    try await Scratch.withDirectory { directory in
      let words = ["init", "--dir", "\(directory)/n", "--agency", "420300-FY"]
      let broken = try await Program.run(
        words: words,
        through: ["bash", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "bash"])
      #expect(broken.code == 1, "\(broken.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/n"))
      #expect(try await Program.run(words: words).code == 0)
    }
  }
}
