import FoundationEssentials
import Office
import TestSupport
import Testing

@testable import guantong

@Suite struct ProgramTests {
  @Test func `version is known without a node`() async throws {
    let run = try await Program.run("version", "--json")
    #expect(run.code == 0)
    #expect(
      run.output.hasPrefix(
        "{\"schema\":\"guantong.version/v1\",\"version\":\"\(Build.version)\",\"commit\":"))
    #expect(run.output.contains("\"formats\":[1],\"peer_protocol\":1,\"postgres\":null}"))
    let version: API.Version = try JSONValue(parsing: run.output.utf8).decoded()
    #expect(version.commit.wholeMatch(of: /[0-9a-f]{40}(-dirty)?|unknown/) != nil)
  }

  @Test(arguments: [
    ["statsu"], ["clue", "acept", "x"], ["status", "--no-such"], ["init"],
    ["status", "--watch", "1", "--fail-on", "held"],
  ])
  func `a wrong command line ends with 64 and says what to do`(_ words: [String]) async throws {
    let run = try await Program.run(words: words)
    #expect(run.code == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("GT-8009"))
  }

  @Test(arguments: [
    ["--self", "--peer", "420300-JW"], ["--self", "--settle", "1"], ["--explain", "x", "--repair"],
    ["--explain", "x", "--self"], ["--resume", "--repair"], ["--resume", "--dossier", "x"],
    ["--reason", "x"], ["--confirm", "420300-JW", "--self"], ["--max-changes", "-1"],
    ["--plan", "x"], ["--plan", "x", "--repair", "--self"], ["--out", "x"],
    ["--plan", "x", "--repair", "--dossier", "x"], ["--self", "--repair", "--out", "x"],
    ["--peer", "420300-JW", "--peer", "420300-FY", "--out", "x"], ["--after", "x"],
    ["--self", "--throttle", "0"], ["--self", "--dossier", "x", "--after", "y"],
    ["--self", "--reason", "x"],
  ])
  func `flags of reconcile that contradict each other are a wrong command line`(
    _ flags: [String]
  ) async throws {
    let run = try await Program.run(words: ["reconcile"] + flags)
    #expect(run.code == 64)
    #expect(run.errors.contains("GT-8009"))
  }

  @Test func `what could not be written to standard output is a failure`() async throws {
    let run = try await Program.run(
      "version", through: ["bash", "-c", "exec \"$@\" > /dev/full", "bash"])
    #expect(run.code == 1)
    #expect(run.errors.contains("GT-8008"))
  }

  @Test func `a mistyped command gets a suggestion`() async throws {
    let run = try await Program.run("clue", "acept", "x")
    #expect(run.errors.contains("there is no command “acept”"))
    #expect(run.errors.contains("did you mean “accept”?"))
  }

  @Test func `without a node's files the code is 10`() async throws {
    try await Scratch.withDirectory { directory in
      let run = try await Program.run("status", in: directory)
      #expect(run.code == 10)
    }
  }

  @Test func `a verb on a node that is not running ends with 5 and says how to start it`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      let made = try await Program.run(
        "init", "--dir", "\(directory)/n", "--agency", "420300-JW", "--registrar")
      #expect(made.code == 0)
      let config = "\(directory)/n/guantong.yaml"
      for words in [["status"], ["clue", "list"], ["reconcile", "--self"], ["held", "list"]] {
        let run = try await Program.run(words: words + ["--config", config])
        #expect(run.code == 5)
        #expect(
          run.errors.contains("node is not running: start it with guantong node run --config"))
      }
      let json = try await Program.run("--config", config, "status", "--json")
      #expect(json.code == 5)
      let problem = try JSONValue(parsing: json.errors.utf8.filter { $0 != 0x0A })
        .decoded(as: API.Problem.self)
      #expect(problem.code == "GT-5006")
    }
  }

  @Test func `a wrong configuration ends with 78 and names the nearest key`() async throws {
    try await Scratch.withDirectory { directory in
      let file = "\(directory)/guantong.yaml"
      try "agency: 420300-JW\npear: { listen: 127.0.0.1:1 }\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      let run = try await Program.run("config", "check", in: directory)
      #expect(run.code == 78)
      #expect(run.errors.contains("the nearest known key is “peer”"))
    }
  }

  @Test func `an open key file ends with 78 and names the command that closes it`() async throws {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      let key = "\(directory)/n/keys/agency.pem"
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
      let run = try await Program.run("--config", "\(directory)/n/guantong.yaml", "config", "check")
      #expect(run.code == 78)
      #expect(run.errors.contains("chmod 600 \(key)"))
    }
  }

  @Test func `an open token file is refused by the client and by config check, a missing one too`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      let config = "\(directory)/n/guantong.yaml"
      let token = "\(directory)/n/keys/office.token"
      let asking = ["GUANTONG_URL": "http://127.0.0.1:1", "GUANTONG_TOKEN_FILE": token]
      #expect(try await Program.run("status", environment: asking).code == 5)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: token)
      for run in [
        try await Program.run("status", environment: asking),
        try await Program.run("config", "check", "--config", config),
      ] {
        #expect(run.code == 78)
        #expect(run.errors.contains("chmod 600 \(token)"))
      }
      try FileManager.default.removeItem(atPath: token)
      #expect(try await Program.run("config", "check", "--config", config).code == 0)
      let missing = try await Program.run("status", environment: asking)
      #expect(missing.code == 78)
      #expect(missing.errors.contains("GUANTONG_TOKEN_FILE"))
    }
  }

  @Test(arguments: [
    "http://node.example:8501", "http://127.0.0.1@node.example:8501", "http://127.example",
    "HTTP://10.0.0.7:8501/", "ftp://127.0.0.1", "127.0.0.1:8501", "http://",
  ])
  func `the token goes to no other machine in clear, and nothing is asked there`(
    _ url: String
  ) async throws {
    for run in [
      // The file is not there: it is not even looked for.
      try await Program.run(
        "status", environment: ["GUANTONG_URL": url, "GUANTONG_TOKEN_FILE": "/nowhere"]),
      try await Program.run("status", "--url", url),
    ] {
      #expect(run.code == 64)
      #expect(run.errors.contains("GT-8009") && run.errors.contains(url))
    }
  }

  @Test(arguments: [
    "http://127.0.0.1:1", "http://localhost:1/", "http://[::1]:1", "https://127.0.0.1:1",
  ])
  func `over loopback and by https a node is asked`(_ url: String) async throws {
    #expect(try await Program.run("status", "--url", url).code == 5)
  }

  @Test func `config show tells one value raw`() async throws {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", directory + "/n", "--agency", "420300-JW")
      let config = "\(directory)/n/guantong.yaml"
      let url = try await Program.run(
        "config", "show", "database.reader_url", "--raw", "--config", config)
      #expect(url.code == 0)
      #expect(url.output.hasPrefix("postgresql://guantong_reader@/guantong?host="))
      let origin = try await Program.run(
        "config", "show", "peer.listen", "--origin", "--config", config,
        environment: ["GUANTONG_PEER__LISTEN": "127.0.0.1:7"])
      #expect(
        origin.output == "key\tvalue\torigin\npeer.listen\t127.0.0.1:7\t$GUANTONG_PEER__LISTEN\n")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are generated`(_ shell: String) async throws {
    let run = try await Program.run("--generate-completion-script", shell)
    #expect(run.code == 0)
    #expect(run.output.contains("guantong"))
  }

  @Test(arguments: [
    (["help", "nothing"], "there is no help about “nothing”", nil),
    (["help", "exitcodes"], "there is no help about “exitcodes”", "exit-codes"),
    (["help", "clue", "acept"], "there is no help about “acept”", "accept"),
  ])
  func `help about nothing ends with 64 and names the nearest`(
    _ words: [String], _ found: String, _ meant: String?
  ) async throws {
    let run = try await Program.run(words: words)
    #expect(run.code == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(found))
    if let meant { #expect(run.errors.contains("did you mean “\(meant)”?")) }
    for good in [["help"], ["help", "clue"], ["help", "clue", "accept"]] {
      #expect(try await Program.run(words: good).code == 0)
    }
  }

  @Test(arguments: [
    ("GUANTONG_OPS__LISTEN", "0.0.0.0:9401"), ("GUANTONG_OFFICE__LISTEN", "0.0.0.0:8501"),
    ("GUANTONG_DATABASE__URL", "mysql://x"), ("GUANTONG_PEER__LISTN", "127.0.0.1:1"),
    ("GUANTONG_PEER__ADVERTISE", "https://h:1/path"), ("GUANTONG_PEER__LISTEN", "0.0.0.0:8401"),
  ])
  func `config check refuses what node run refuses, in the reader's language`(
    _ name: String, _ value: String
  ) async throws {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      let config = "\(directory)/n/guantong.yaml"
      #expect(try await Program.run("config", "check", "--config", config).code == 0)
      for words in [["config", "check"], ["node", "run"]] {
        let run = try await Program.run(
          words: words + ["--config", config, "--lang", "zh"], environment: [name: value])
        #expect(run.code == 78)
        #expect(run.errors.contains("GT-8003"))
        #expect(!run.errors.contains("can be reached") && !run.errors.contains("is no https"))
      }
    }
  }

  @Test func `a database of your own has no reader's URL, and the words say how to make one`()
    async throws
  {
    try await Scratch.withDirectory { directory in
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      let run = try await Program.run(
        "config", "show", "database.reader_url", "--raw", "--config",
        "\(directory)/n/guantong.yaml",
        environment: ["GUANTONG_DATABASE__URL": "postgresql://u:secret@h/d"])
      #expect(run.code == 0)
      #expect(run.output == "\n")
      #expect(run.errors.contains("CREATE ROLE guantong_reader"))
      #expect(!(run.output + run.errors).contains("secret"))
    }
  }

  @Test func `what is wrong with a file is told in the reader's language`() async throws {
    let run = try await Program.run("verify", "/no/such/file", "--lang", "zh")
    #expect(run.code == 1)
    #expect(run.errors.contains("无法读取"))
    let nodes = try await Program.run("demo", "--nodes", "3", "--lang", "zh")
    #expect(nodes.code == 64)
    #expect(nodes.errors.contains("--nodes 只能是 9 或 16"))
  }

  @Test(arguments: HelpTopic.allCases)
  func `help topics are shown in both languages`(_ topic: HelpTopic) async throws {
    for language in Language.allCases {
      let run = try await Program.run("help", topic.rawValue, "--lang", language.rawValue)
      #expect(run.code == 0)
      #expect(!run.output.isEmpty)
      #expect(!run.output.contains("key.") && !run.output.contains("outcome."))
    }
    if topic == .exitCodes {
      let run = try await Program.run("help", "exit-codes")
      for outcome in Outcome.allCases { #expect(run.output.contains("\(outcome.rawValue)  ")) }
    }
    let json = try await Program.run("help", topic.rawValue, "--json", "--lang", "en")
    #expect(json.code == 0)
    let page = try JSONValue(parsing: Array(json.output.utf8))
    guard case .object(let members) = page, case .array(let entries)? = members.last?.value else {
      Issue.record("\(json.output)")
      return
    }
    #expect(members.map(\.name) == ["schema", "topic", "entries"])
    #expect(!entries.isEmpty)
    if topic == .exitCodes { #expect(entries.count == Outcome.allCases.count) }
  }
}
