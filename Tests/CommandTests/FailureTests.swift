import Exchange
import FoundationEssentials
import Glibc
import Node
import Office
import Postgres
import Replica
import SystemPackage
import TestSupport
import Testing

@testable import guantong

@Suite struct FailureTests {
  private struct Unforeseen: Error, CustomStringConvertible {
    let description = "the sky fell"
  }

  private static let failures: [(any Error, code: String, outcome: Outcome)] = [
    (Unforeseen(), "GT-9002", .failed),
    (Teller.Unmet(description: "no node"), "GT-8011", .failed),
    (ExchangeError(.corrupt, "the log has a hole", hint: "mend it"), "GT-7001", .invalid),
    (ExchangeError(.notInitialized, "no record"), "GT-8001", .notInitialised),
    (ExchangeError(.unavailable, "the store"), "GT-5003", .unreachable),
    (ExchangeError(.readOnly, "a reading transaction"), "GT-9002", .failed),
  ]

  @Test(arguments: failures.indices)
  func `what fails at run time is never told as a wrong command line`(_ index: Int) throws {
    let (error, code, outcome) = Self.failures[index]
    let failure = Failure(error, arguments: ["status", "--lang", "en"])
    #expect(failure.problem.code == code)
    #expect(failure.problem.outcome == outcome)
    #expect(failure.show() == outcome)
    #expect(!failure.problem.detail.isEmpty && !failure.problem.next.isEmpty)
  }

  @Test func `a fault of the program says what failed, and a hint of the layer goes before ours`() {
    let fault = Failure(Unforeseen(), arguments: ["--lang", "en"]).problem
    #expect(fault.detail == "the sky fell")
    #expect(fault.next.contains("guantong version"))
    let hole = ExchangeError(.corrupt, "the log has a hole", hint: "mend it")
    #expect(Failure(hole, arguments: ["--lang", "en"]).problem.next == "mend it")
  }

  @Test func `what ended the process is told with how to start it again, not as passing`() {
    let failures: [any Error] = [
      PostgresError(.unreachable, object: "127.0.0.1 port 1"),
      PostgresError(.refused, sqlstate: "53100"),
      ReplicaError(.clusterFailed, object: "data", reason: "PANIC", words: "replica.silent"),
      ExchangeError(.unavailable, "the store"),
    ]
    for error in failures {
      let zh = Failure(error, arguments: ["--lang", "zh"]).problem
      #expect(zh.next.contains("重新运行") && !zh.next.contains("自行"), "\(zh)")
      let en = Failure(error, arguments: ["--lang", "en"]).problem
      #expect(en.next.contains("start it again") && !en.next.contains("by itself"), "\(en)")
    }
  }

  @Test func `where a node cannot listen is told apart from a port in use, in either language`() {
    func told(_ error: NodeError, in language: String) -> API.Problem {
      Failure(error, arguments: ["--lang", language]).problem
    }
    let taken = NodeError(
      .address, object: "127.0.0.1:1 (ops.listen)", message: "is in use", words: "listen.taken")
    #expect(told(taken, in: "en").code == "GT-8006")
    #expect(told(taken, in: "en").detail.contains("127.0.0.1:1 (ops.listen)"))
    for words in ["listen.foreign", "listen.forbidden", "listen.unknown"] {
      let error = NodeError(.configuration, object: "h:1 (peer.listen)", message: "m", words: words)
      for language in Language.allCases {
        let problem = told(error, in: language.rawValue)
        #expect(problem.code == "GT-8003" && problem.outcome == .configuration)
        #expect(problem.detail.contains(Catalogue.text(words, in: language)))
        #expect(problem.next == Catalogue.text("\(words).next", in: language))
      }
    }
  }

  @Test func `failures of the layers beneath are told in the reader's language alone`() {
    let latin = /[A-Za-z]{2,} [a-z]{2,}/
    let failures: [any Error] = [
      NodeError(
        .locked, object: "/n", message: "a node is running here already", words: "node.running",
        hint: "stop it first"),
      NodeError(
        .keyFile, object: "/n/k", message: "is no key", words: "file.noKey", hint: "restore it"),
      NodeError(
        .peerUnreachable, object: "420300-JW (https://h:1)", message: "did not answer",
        words: "reach.silent", hint: "work goes on; it is tried again"),
      ReplicaError(.diskFull, object: "/n", reason: "the disk is full", words: "replica.full"),
      ReplicaError(
        .otherMajorVersion, object: "PostgreSQL 15", reason: "made by 12",
        words: "replica.otherMajor", values: ["major": "12"], hint: "install it"),
      ReplicaError(.damaged, object: "/n/m", reason: "is no marker", words: "replica.noMarker"),
      ReplicaError(.clusterFailed, object: "/n", reason: "ended", words: "replica.silent"),
    ]
    for error in failures {
      let zh = Failure(error, arguments: ["--lang", "zh"]).problem
      for text in [zh.title, zh.detail, zh.next] {
        #expect(!text.contains(latin) && !text.contains("?"), "\(text)")
        #expect(!text.contains("replica."), "\(text)")
      }
      let en = Failure(error, arguments: ["--lang", "en"]).problem
      for text in [en.title, en.detail, en.next] {
        #expect(text.allSatisfy(\.isASCII) && !text.contains("?"), "\(text)")
      }
    }
  }

  @Test(arguments: DemoDamage.Kind.allCases.filter { $0 == .row || $0 == .log })
  func `a demo is not damaged without psql, which is named with its package`(
    _ kind: DemoDamage.Kind
  ) async throws {
    try await Scratch.withDirectory { directory in
      let bin = try Self.programs(in: directory, ["id", "setpriv"])
      _ = try await Program.run("init", "--dir", "\(directory)/n", "--agency", "420300-JW")
      try DemoSheet(
        directory: "00",
        agencies: [
          DemoSheet.Entry(
            code: "420300-JW", name: "n", config: "\(directory)/n/guantong.yaml", peerUrl: "",
            opsUrl: "", socket: "", readerUrl: "", pid: 0)
        ], pid: 0
      ).write(in: directory)
      let run = try await Program.run(
        "demo", "break", "420300-JW", "--kind", kind.rawValue, "--dir", directory,
        environment: ["PATH": bin])
      #expect(run.code == 78)
      #expect(run.errors.contains("GT-8007") && run.errors.contains("postgresql-client-15"))
    }
  }

  @Test func `a demo whose process lives is not ended by a second one`() async throws {
    try await Scratch.withDirectory { directory in
      let sheet = Array("{}".utf8)
      try FileOutput.write(sheet, to: "\(directory)/demo.json")
      let lock = try DemoPlace(given: directory, keeps: false).lock()
      let run = try await Program.run("demo", "--dir", directory)
      #expect(run.code == 9 && run.errors.contains("GT-8005"), "\(run.errors)")
      #expect(run.errors.contains(directory))
      // What the first one wrote is still there.
      let kept = FileManager.default.contents(atPath: "\(directory)/demo.json")
      #expect(kept.map { Array($0) } == sheet)
      try lock.close()
      // A program that another test starts has every file of this one until it is loaded, so it may
      // take a moment until the lock is free.
      let file = try FileDescriptor.open(FilePath("\(directory)/demo.lock"), .readWrite)
      #expect(flock(file.rawValue, LOCK_EX) == 0, "the lock goes with the process")
      try file.close()
    }
  }

  @Test(arguments: [["demo", "break", "--kind", "kill"], ["demo", "heal"]])
  func `an agency that the demo has not is not found`(_ words: [String]) async throws {
    try await Scratch.withDirectory { directory in
      try DemoSheet(directory: "00", agencies: [], pid: 0).write(in: directory)
      let run = try await Program.run(words: words + ["420399-XX", "--dir", directory])
      #expect(run.code == 8 && run.errors.contains("GT-3003"), "\(run.errors)")
    }
  }

  @Test func `a damaged sheet of a demo is a file that cannot be read`() async throws {
    try await Scratch.withDirectory { directory in
      try "{".write(toFile: "\(directory)/demo.json", atomically: true, encoding: .utf8)
      let run = try await Program.run("demo", "heal", "420300-JW", "--dir", directory)
      #expect(run.code == 1)
      #expect(run.errors.contains("GT-8008") && run.errors.contains("demo.json"))
    }
  }

  /// A directory with these programs of the system alone.
  private static func programs(in directory: String, _ names: [String]) throws -> String {
    let bin = "\(directory)/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: false)
    for name in names {
      try FileManager.default.createSymbolicLink(
        atPath: "\(bin)/\(name)", withDestinationPath: "/usr/bin/\(name)")
    }
    return bin
  }
}
