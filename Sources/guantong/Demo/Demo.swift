import FoundationEssentials
import Glibc
import Office
import SystemPackage
import UnixSignals

/// The demo: agencies on this machine, each with its own process, cluster and ports.
struct Demo: Sendable {
  /// The agencies.
  let agencies: [DemoAgency]
  /// Its files.
  let place: DemoPlace
  /// Peer port of the agency before the first.
  let portBase: Int
  /// How it is shown.
  let printer: Printer
  /// Whether it plays the story and ends.
  let isScripted: Bool
  /// The sample year it loads once it is up; nil for none.
  let year: SampleYear?

  /// Runs until a signal, or until the story is told; then everything has ended.
  ///
  /// Throws `OfficeError` `locked`, before anything is touched, while another demo runs there.
  func run() async throws -> Outcome {
    let lock = try place.lock()
    defer { try? lock.close() }
    await DemoLeftover.stop(in: place)
    do {
      let outcome = try await runNodes()
      leave(isGood: outcome != .failed)
      return outcome
    } catch {
      leave(isGood: false)
      throw error
    }
  }

  /// Takes back what was announced; what did not go well leaves its files to be looked at.
  private func leave(isGood: Bool) {
    place.leave(keepsFiles: !isGood)
    guard !isGood else { return }
    Printer.complain([printer.words("demo.kept", ["path": place.directory])])
  }

  private func runNodes() async throws -> Outcome {
    let making = DemoMaking(
      place: place, portBase: portBase, language: printer.words.language)
    try await making.run(agencies)
    let nodes = DemoNodes(agencies, place: place, records: isScripted)
    return try await withThrowingTaskGroup(of: Outcome?.self) { group in
      group.addTask {
        await nodes.run()
        return nil
      }
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
          return .cancelled
        }
        return nil
      }
      group.addTask { try await play(nodes) }
      var outcome: Outcome?
      do {
        while outcome == nil, let next = try await group.next() { outcome = next }
      } catch {
        await end(nodes)
        group.cancelAll()
        throw error
      }
      await end(nodes)
      group.cancelAll()
      return outcome ?? .failed
    }
  }

  private func end(_ nodes: DemoNodes) async {
    if !isScripted { printer.write([printer.words("demo.stopping")]) }
    await nodes.stopAll()
  }

  private func play(_ nodes: DemoNodes) async throws -> Outcome? {
    let teller = Teller(printer: printer, place: place, agencies: agencies)
    // Beside the story, whose every line on standard output is a step.
    if isScripted, printer.format != .json { Printer.complain([Self.callable]) }
    let opening = Opening(teller: teller, nodes: nodes)
    try await opening.run()
    announce()
    guard isScripted else {
      try await year?.load(into: place, agencies.map(\.code), printer)
      printer.write(introduction())
      try await Task.sleep(for: .seconds(Int64.max / 4))
      return nil
    }
    await Story(teller: teller, nodes: nodes).run()
    return teller.close()
  }

  /// Says to other commands of this user which demo runs; without that they need `--dir`.
  private func announce() {
    let pointer = DemoPointer.own
    do {
      try pointer.announce(place.directory)
    } catch {
      Printer.complain([
        printer.words(
          "demo.unannounced", ["path": pointer.path, "directory": place.directory])
      ])
    }
  }

  /// The line after which a shell finds the program as the printed commands name it.
  private static var callable: String {
    "export PATH=\(Teller.quoted(AbsolutePath.parent(of: DemoNode.executable))):$PATH"
  }

  private func introduction() -> [String] {
    let words = printer.words
    let sheet = try? DemoSheet.read(in: place.directory)
    let table = Table(
      columns: words.columns("code", "agency", "peer_url", "ops_url", "config"),
      rows: (sheet?.agencies ?? []).map {
        [$0.code, $0.name, $0.peerUrl, $0.opsUrl, $0.config].map { Table.Cell($0) }
      })
    let court = place.config("420300-FY")
    return table.lines(paint: printer.paint) + [
      "", words("demo.ready", ["path": "\(place.directory)/demo.json"]), words("demo.try"),
      "  \(Self.callable)",
      "  guantong status --config \(court)",
      "  guantong demo break 420300-FY --kind row",
      "  guantong reconcile --self --config \(court)",
      "  guantong reconcile --self --repair --config \(court)",
    ]
  }
}
