import FoundationEssentials
import Ledger
import Node
import Office
import TestSupport
import Testing

@testable import guantong

@Suite struct ConfigurationTests {
  @Test func `a file with every key of the contract is read`() throws {
    let text = """
      agency: 420300-JW
      data_dir: .
      database: { url: "" }
      peer:   { listen: 127.0.0.1:8401, advertise: https://127.0.0.1:8401, gateway: false }
      ops:    { listen: 127.0.0.1:9401 }
      office: { listen: "" }
      language: zh
      time_zone: Asia/Shanghai
      log:    { level: info }
      sample: false
      """
    let values = try SettingsFile.read(text, path: "f")
    #expect(values.count == SettingKey.allCases.count)
    #expect(values[.peerListen]?.text == "127.0.0.1:8401")
    #expect(values[.peerListen]?.origin == .file("f", line: 4))
  }

  @Test(arguments: [
    ("agncy: x", "agency"), ("peer: { lisen: x }", "peer.listen"),
    ("databse: { url: x }", "database"), ("peer.listn: x", "peer.listen"),
    ("log: { levle: info }", "log.level"), ("zzzzzzzzzzzzzz: 1", "nearest known key"),
  ])
  func `an unknown key is an error that names the nearest known one`(
    _ text: String, _ nearest: String
  ) {
    let error = #expect(throws: OfficeError.self) { try SettingsFile.read(text, path: "f") }
    #expect(error?.refusal == .configuration)
    for language in Language.allCases {
      let problem = error?.problem(in: language)
      let known = nearest == "nearest known key" ? error?.values["nearest"] : nearest
      #expect(problem?.detail.contains("“\(known ?? "?")”") == true)
      #expect(problem?.detail.contains("?") == false)
    }
    #expect(error?.values["path"] == "f:1")
  }

  @Test(arguments: ["agency: [1]", "- a", "agency: {a: b}", "a: b: c", "agency: \"x"])
  func `a file of another shape is an error`(_ text: String) {
    #expect(throws: OfficeError.self) { try SettingsFile.read(text, path: "f") }
  }

  @Test(arguments: [
    (SettingKey.agency, "42030-JW"), (.agency, "420300-jw"), (.peerListen, "8401"),
    (.peerListen, "host:99999"), (.peerListen, "::1:8401"), (.opsListen, "::1:9401"),
    (.officeListen, "::1:8501"), (.peerAdvertise, "http://x"), (.language, "fr"),
    (.timeZone, "UTC"), (.logLevel, "loud"), (.sample, "yes"),
    (.peerGateway, "on"), (.databaseURL, "mysql://x"), (.databaseURL, "postgresql://h?nothing=1"),
  ])
  func `a value that cannot be is refused`(_ key: SettingKey, _ value: String) {
    let fault = key.fault(in: value)
    #expect(fault.map { Catalogue.contains($0) } == true)
  }

  @Test(arguments: SettingKey.allCases)
  func `a wrong value is told with the words of what it should be`(_ key: SettingKey) {
    let value = Settings.Value(text: "fr", origin: .file("guantong.yaml", line: 7))
    for language in Language.allCases {
      let detail = value.refusal(of: key).problem(in: language).detail
      #expect(!detail.contains("expected."), "\(detail)")
      #expect(detail.hasSuffix(Catalogue.text(key.expected, in: language)), "\(detail)")
    }
  }

  @Test func `the environment overrides the file, and both say where a value came from`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let file = "\(directory)/guantong.yaml"
      try "agency: 420300-JW\npeer: { listen: 127.0.0.1:1 }\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      let settings = try Settings(
        file: file, environment: ["GUANTONG_PEER__LISTEN": "127.0.0.1:2"])
      #expect(settings[.peerListen] == "127.0.0.1:2")
      #expect(settings.values[.peerListen]?.origin == .environment("GUANTONG_PEER__LISTEN"))
      #expect(settings[.peerAdvertise] == "https://127.0.0.1:2")
      #expect(settings.values[.opsListen]?.origin == .fallback)
      #expect(settings.files.directory == directory)
    }
  }

  @Test(arguments: [
    ("GUANTONG_PEER__LISTN", "GUANTONG_PEER__LISTEN"),
    ("GUANTONG_DATABSE__URL", "GUANTONG_DATABASE__URL"),
    ("GUANTONG_PEER_LISTEN", "GUANTONG_PEER__LISTEN"),
    ("GUANTONG_DATADIR", "GUANTONG_DATA_DIR"),
  ])
  func `a variable that is meant for a key and is none names the nearest one`(
    _ name: String, _ nearest: String
  ) {
    let error = #expect(throws: OfficeError.self) {
      try Settings(text: "agency: 420300-JW", file: "/f", environment: [name: "1"])
    }
    #expect(error?.refusal == .configuration)
    for language in Language.allCases {
      let detail = error?.problem(in: language).detail ?? ""
      #expect(detail.contains("“\(name)”") && detail.contains("“\(nearest)”"), "\(detail)")
    }
  }

  @Test func `variables that stand for no key are none of the configuration's`() throws {
    let others = [
      "GUANTONG_AS", "GUANTONG_CONFIG", "GUANTONG_DEMO_HANDOUT", "GUANTONG_DESK", "GUANTONG_FULL",
      "GUANTONG_FUZZ_ENTRY", "GUANTONG_LANG", "GUANTONG_NEGENTROPY", "GUANTONG_SEED",
      "GUANTONG_SEEDS", "GUANTONG_SOAK_SECONDS", "GUANTONG_TOKEN_FILE", "GUANTONG_URL", "A__B",
    ]
    let settings = try Settings(
      text: "agency: 420300-JW", file: "/f",
      environment: Dictionary(uniqueKeysWithValues: others.map { ($0, "1") }))
    #expect(settings[.agency] == "420300-JW")
  }

  @Test func `a database URL that libpq does not read is refused without its password`() {
    let value = Settings.Value(text: "mysql://u:secret@h/d", origin: .fallback)
    #expect(SettingKey.databaseURL.fault(in: value.text) != nil)
    for good in ["", "service=guantong", "postgresql://u:secret@h/d", "host=h dbname=d"] {
      #expect(SettingKey.databaseURL.fault(in: good) == nil, "\(good)")
    }
    for language in Language.allCases {
      #expect(!value.refusal(of: .databaseURL).problem(in: language).detail.contains("secret"))
    }
  }

  @Test func `sockets whose path would exceed 107 bytes go to a short directory`() {
    let usual = NodeFiles(directory: "/srv/jw", runtimeDirectory: nil)
    #expect(usual.officeSocket == "/srv/jw/run/guantong.sock")
    #expect(usual.databaseSockets == "/srv/jw/run/pg")
    let fits = "/" + String(repeating: "d", count: 107 - "/run/pg/.s.PGSQL.5432".utf8.count - 1)
    #expect(!NodeFiles(directory: fits, runtimeDirectory: nil).isShortened)
    let long = NodeFiles(directory: fits + "d", runtimeDirectory: "/run/user/7")
    #expect(long.isShortened)
    #expect(long.officeSocket.hasPrefix("/run/user/7/guantong-"))
    #expect(long.officeSocket.hasSuffix("/guantong.sock"))
    let place = NodeFiles(directory: fits + "d", runtimeDirectory: nil).databaseSockets
    #expect(place.wholeMatch(of: /\/tmp\/guantong-[0-9a-f]{8}\/pg/) != nil)
  }

  @Test(arguments: [
    ("postgresql://u:secret@h/d", "dbname=d host=h password=*** user=u"),
    ("postgresql://u@h/d", "postgresql://u@h/d"),
    ("host=h password=secret dbname=d", "dbname=d host=h password=***"),
    ("postgresql://u@h/d?password=secret", "dbname=d host=h password=*** user=u"),
    (
      "postgresql://u:secret@h/d?sslpassword=secret",
      "dbname=d host=h password=*** sslpassword=*** user=u"
    ),
    ("password = 'a secret' dbname='my d'", "dbname='my d' password=***"),
    ("postgresql://u:secret@h/d?nothing=1", "***"), ("", ""),
    ("service=guantong", "service=guantong"),
  ])
  func `a password is never shown`(_ url: String, _ shown: String) {
    #expect(SettingsListing.masked(url) == shown)
  }

  @Test func `init makes the files of the contract with closed modes`() async throws {
    try await Scratch.withDirectory { directory in
      let blueprint = NodeBlueprint(
        directory: "\(directory)/n", values: [.agency: "420300-JW", .sample: "true"],
        firstStart: API.FirstStart(
          registrar: true, profile: API.AgencyProfile(code: "420300-JW", name: "n")))
      let made = try blueprint.make()
      #expect(made.config == "\(directory)/n/guantong.yaml")
      #expect(made.fingerprint.wholeMatch(of: /[0-9a-f]{16}/) != nil)
      for file in [
        "guantong.yaml", "keys/agency.pem", "keys/encryption.pem", "keys/tls.pem", "keys/tls.crt",
      ] {
        let path = "\(directory)/n/\(file)"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)", "\(file)")
      }
      let settings = try Settings(file: made.config, environment: [:])
      #expect(settings[.agency] == "420300-JW")
      #expect(try NodeFilesCheck.run(settings.files).isEmpty)
      let hosted = try #require(AgencyCode("420304-JW"))
      let key = try HostedKeyFiles.make(for: hosted, in: settings.files.keys)
      #expect(try NodeFilesCheck.run(settings.files).mapValues(\.key.keyID) == [hosted: key.keyID])
      let checked = try await Program.run("config", "check", "--config", made.config)
      #expect(checked.code == 0 && checked.output.contains(key.keyID.hex.prefix(16)))
      let again = #expect(throws: OfficeError.self) { try blueprint.make() }
      #expect(again?.refusal == .alreadyInitialised)
    }
  }

  @Test(arguments: [
    ("statsu", "status"), ("acept", "accept"), ("feedbakc", "feedback"), ("xyzzy", nil),
  ])
  func `a slip finds the word that was meant`(_ typed: String, _ meant: String?) {
    let words = ["status", "sync", "accept", "feedback", "return"]
    #expect(Nearest.word(to: typed, among: words) == meant)
  }

  @Test func `edits count insertions, deletions, replacements and swaps`() {
    #expect(Nearest.edits("", "abc") == 3)
    #expect(Nearest.edits("abc", "acb") == 1)
    #expect(Nearest.edits("kitten", "sitting") == 3)
    #expect(Nearest.edits("same", "same") == 0)
  }
}
