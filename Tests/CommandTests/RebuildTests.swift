import FoundationEssentials
import Ledger
import Node
import TestSupport
import Testing

@testable import Office
@testable import guantong

/// `node rebuild` reads the keys wherever they are, and makes nothing where something does not fit.
@Suite struct RebuildTests {
  private static let passphrase = "correct horse battery"
  private static let directory = String(repeating: "ab", count: 32)

  /// Makes the keys of an agency in a folder, each closed to others.
  private func makeKeys(in folder: String, without missing: String = "") throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let key = try #require(SigningKey(rawRepresentation: Array(repeating: 7, count: 32)))
    let pair = try TransportCertificate.generate(name: "420300-JW")
    let files = [
      ("agency.pem", AgencyKeyFile.pem(of: key)), ("tls.pem", pair.keyPEM),
      ("tls.crt", pair.certificatePEM),
    ]
    for (name, text) in files where name != missing {
      let path = "\(folder)/\(name)"
      try Data(text.utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
  }

  private func secret(_ text: String, in folder: String) throws -> String {
    let path = "\(folder)/passphrase"
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  @Test func `the keys are read out of a folder, a sealed file and a clear one`() async throws {
    try await Scratch.withDirectory { directory in
      try makeKeys(in: "\(directory)/keys")
      let folder = try await RebuildKeys(
        at: "\(directory)/keys", agency: nil, passphraseFile: nil)
      #expect(folder.agency == nil && folder.directory == nil && folder.configuration == nil)
      let secret = try secret(Self.passphrase, in: directory)
      try Data(try folder.keys.encoded()).write(to: URL(filePath: "\(directory)/keys.json"))
      let sealed = try await folder.keys.sealed(by: Self.passphrase, for: "420300-JW")
      try Data(sealed).write(to: URL(filePath: "\(directory)/keys.sealed"))
      let clear = try await RebuildKeys(
        at: "\(directory)/keys.json", agency: nil, passphraseFile: nil)
      let opened = try await RebuildKeys(
        at: "\(directory)/keys.sealed", agency: "420300-JW", passphraseFile: secret)
      for keys in [clear, opened] {
        for name in RebuildKeys.needed { #expect(keys.text(name) == folder.text(name)) }
      }
      for (agency, file, refusal) in [
        (nil, secret, Refusal.missingValue), ("420300-JW", nil, .missingValue),
        ("420300-FZB", secret, .integrity),
      ] {
        let error = await #expect(throws: OfficeError.self) {
          try await RebuildKeys(
            at: "\(directory)/keys.sealed", agency: agency, passphraseFile: file)
        }
        #expect(error?.refusal == refusal)
      }
    }
  }

  @Test(arguments: RebuildKeys.needed)
  func `keys without one that peers know are refused`(_ missing: String) async throws {
    try await Scratch.withDirectory { directory in
      try makeKeys(in: "\(directory)/keys", without: missing)
      let error = await #expect(throws: OfficeError.self) {
        try await RebuildKeys(at: "\(directory)/keys", agency: nil, passphraseFile: nil)
      }
      #expect(error?.refusal == .file)
    }
  }

  @Test func `nothing is made without a confirmation, a directory or a peer that answers`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      try makeKeys(in: "\(directory)/keys")
      let words = [
        "node", "rebuild", "--dir", "\(directory)/node", "--keys", "\(directory)/keys", "--json",
        "--peer", "420300-FZB", "--address", "https://127.0.0.1:1",
      ]
      let named = ["--agency", "420300-JW", "--confirm", "420300-JW"]
      let pinned = ["--directory", Self.directory]
      for (more, code, refusal) in [
        ([], 64, Refusal.missingValue),
        (["--agency", "420300-JW"] + pinned, 6, .confirmationMissing),
        (["--agency", "420300-JW", "--confirm", "420300-FZB"] + pinned, 6, .confirmationMissing),
        (named, 64, .missingValue), (named + ["--directory", "abc"], 1, .invalidValue),
        (named + pinned + ["--peer-listen", "nowhere"], 1, .invalidValue),
        (named + pinned, 5, .peerUnreachable),
      ] {
        let run = try await Program.run(words: words + more)
        #expect(run.code == code, "\(more): \(run.output)\(run.errors)")
        #expect(run.errors.contains("\"\(refusal.rawValue)\""), "\(more): \(run.errors)")
      }
      let bad = try await Program.run(
        words: words.map { $0 == "https://127.0.0.1:1" ? "http://127.0.0.1:1" : $0 } + named
          + pinned)
      #expect(bad.code == 1 && bad.errors.contains("https://host:port"), "\(bad.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/node"))
    }
  }

  @Test func `a node whose database is there is not rebuilt`() async throws {
    try await Scratch.withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: "\(directory)/node/data", withIntermediateDirectories: true)
      try Data("15\n".utf8).write(to: URL(filePath: "\(directory)/node/data/PG_VERSION"))
      let run = try await Program.run(words: [
        "node", "rebuild", "--dir", "\(directory)/node", "--peer", "420300-FZB", "--address",
        "https://127.0.0.1:1", "--confirm", "420300-JW", "--json",
      ])
      #expect(run.code == 1 && run.errors.contains("GT-8002"), "\(run.errors)")
    }
  }

  @Test func `the report says in words who has not answered, what is lost and what to do`() {
    var report = API.Rebuild(
      agency: "420300-JW", directory: Self.directory, since: "2026-11-29T00:00:00Z",
      resumed: false, dossiers: 2, changeSets: 9, own: 4,
      peers: [
        API.RebuildPeer(agency: "420300-FZB", answered: true, changeSets: 9, own: 4, dossiers: 2),
        API.RebuildPeer(agency: "420300-FY", secondNode: true),
      ],
      onlyHere: [API.OnlyHere(kind: "dossierNumber", what: "420300-JW-YJ-2026-0002")],
      neverBack: RebuildReport.neverBack)
    func text(_ language: Language) -> String {
      let words = Words(language: language, isASCII: true)
      return report.page(words).lines(paint: Paint(.never, environment: [:], isTerminal: false))
        .joined(separator: "\n")
    }
    for language in Language.allCases {
      let shown = text(language)
      for part in [
        "420300-FY", "420300-JW-YJ-2026-0002", "--resume --reason", "--confirm 420300-JW",
      ] {
        #expect(shown.contains(part), "\(language): \(part)")
      }
      #expect(!shown.contains("neverBack.") && !shown.contains("onlyHere."), "\(shown)")
    }
    report.resumed = true
    #expect(text(.en).contains("guantong backup create"))
    #expect(!text(.en).contains("--resume"))
  }
}
