import FoundationEssentials
import Office

/// Evidence proves itself without a network, to this program and to an independent one.
struct EvidenceChapter: Sendable {
  let story: Story
  /// Title of the clue whose letter is proved.
  let title: String
  private var teller: Teller { story.teller }

  /// Tells it.
  func run() async {
    await teller.step("evidence") {
      let directory = try DemoSheet.read(in: teller.place.directory).directory
      let file = "\(teller.place.directory)/evidence.gtev"
      let forged = "\(teller.place.directory)/forged.gtev"
      try await export(to: file)
      try flip(file, into: forged)
      var remarks: [String] = []
      let words = { (path: String) in ["verify", path, "--directory", directory, "--json"] }
      let offline = await isolation()
      if offline == nil { remarks.append("the network could not be taken away here (unshare)") }
      var command = ""
      for (path, code) in [(file, Int32(0)), (forged, 7)] {
        let verified =
          if let offline {
            try await teller.other(
              "unshare", offline + [DemoNode.executable] + words(path), expecting: code)
          } else {
            try await teller.program(words(path), expecting: code)
          }
        try verified.expect("valid", code == 0 ? "true" : "false")
        if code == 0 {
          command = try verified.expect("author", story.office).expect("root_pinned", "true")
            .command
        }
      }
      if let oracle = await oracle() {
        for (path, code) in [(file, Int32(0)), (forged, 7)] {
          try await teller.other("/usr/bin/python3", [oracle, path, directory], expecting: code)
        }
        remarks.append("an independent verifier in Python agrees")
      } else {
        remarks.append("the independent verifier is not here: python3-cryptography and the source")
      }
      return ([command] + remarks).joined(separator: " | ")
    }
  }

  private func export(to file: String) async throws {
    let list = try await teller.run(
      story.office, ["dossier", "list", "--kind", "clue", "--limit", "200", "--json"])
    let clue = list.list("dossiers").first { $0["title"]?.text?.contains(title) == true }
    guard let clue = clue?["id"]?.text else {
      throw Teller.Unmet(description: "\(list.command) has no such clue")
    }
    let dossier = try await teller.run(story.office, ["dossier", "show", clue, "--json"])
    guard let change = dossier.list("documents").first?["change_set"]?.text else {
      throw Teller.Unmet(description: "\(dossier.command) has no document")
    }
    try await teller.run(story.office, ["show", change, "--evidence", "--out", file])
  }

  /// The same file with one bit of its middle byte changed.
  private func flip(_ file: String, into forged: String) throws {
    guard let data = FileManager.default.contents(atPath: file), !data.isEmpty else {
      throw OfficeError(.file, ["path": file, "detail": "file.unreadable"])
    }
    var bytes = Array(data)
    bytes[bytes.count / 2] ^= 1
    try FileOutput.write(bytes, to: forged)
  }

  /// The words after `unshare` with which a program sees no network; nil where it is not allowed.
  private func isolation() async -> [String]? {
    for words in [["-n"], ["-rn"]] {
      if (try? await teller.other("unshare", words + ["true"])) != nil { return words }
    }
    return nil
  }

  /// The verifier in the source tree that this program was built in, if Python can run it.
  private func oracle() async -> String? {
    let library = ["-c", "import cryptography"]
    guard (try? await teller.other("/usr/bin/python3", library)) != nil else { return nil }
    var directory = AbsolutePath.parent(of: DemoNode.executable)
    while directory.count > 1 {
      let path = "\(directory)/Tests/Oracle/verify_evidence.py"
      if FileManager.default.fileExists(atPath: path) { return path }
      directory = AbsolutePath.parent(of: directory)
    }
    return nil
  }
}
