import FoundationEssentials
import Office
import Synchronization

/// The nodes of a demo: starts them, and starts again what `demo heal` asks for.
final class DemoNodes: Sendable {
  /// The nodes in the order of the agencies.
  let nodes: [DemoNode]
  private let place: DemoPlace
  private let starts: AsyncStream<DemoNode>
  private let starter: AsyncStream<DemoNode>.Continuation
  /// Held while `demo.json` is changed.
  private let sheet = Mutex(())

  init(_ agencies: [DemoAgency], place: DemoPlace, records: Bool) {
    nodes = agencies.map { DemoNode($0, place: place, records: records) }
    self.place = place
    // One start for each node at a time: as many as there are nodes can wait.
    (starts, starter) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(nodes.count))
  }

  /// Runs nodes as they are started, until cancelled; then all have ended.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.watchControl() }
      for await node in starts {
        group.addTask { await node.run() }
      }
      group.cancelAll()
    }
  }

  /// Starts one node; it is up when its socket answers.
  func start(_ node: DemoNode) async throws {
    guard node.pid == 0 else { return }
    starter.yield(node)
    try await waitUntilItAnswers(node)
    try sheet.withLock { _ in
      try DemoSheet.set(pid: node.pid, of: node.agency.code, in: place.directory)
    }
  }

  /// Starts every node, a few at a time: two cores make one cluster each.
  func startAll() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for node in nodes { group.addTask { try await self.start(node) } }
    }
  }

  /// Ends every node in an orderly way.
  func stopAll() async {
    await withDiscardingTaskGroup { group in
      for node in nodes { group.addTask { await node.stop() } }
    }
    starter.finish()
  }

  /// The node of an agency.
  func node(_ code: String) throws -> DemoNode {
    guard let node = nodes.first(where: { $0.agency.code == code }) else {
      throw OfficeError(.agencyUnknown, ["agency": code])
    }
    return node
  }

  private func waitUntilItAnswers(_ node: DemoNode) async throws {
    let settings = try Settings(file: node.config, environment: [:])
    let client = NodeClient(
      socket: settings.files.officeSocket, person: nil, language: .en,
      startCommand: "guantong node run --config \(node.config)")
    let end = ContinuousClock.now + Self.startMax
    var wasUp = false
    while true {
      do {
        _ = try await client.call(API.status, API.StatusRequest(), timeout: .seconds(10))
        return
      } catch {
        wasUp = wasUp || node.pid != 0
        guard ContinuousClock.now < end, !(wasUp && node.pid == 0) else {
          throw OfficeError(
            .unavailable, ["detail": "\(node.agency.code): see \(place.node(node.agency.code))/log"]
          )
        }
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// How long a node that lives may take to answer; one that has ended is told at once.
  ///
  /// Nine clusters made at once take 45 s on two idle cores, several times as much on busy ones.
  private static let startMax = Duration.seconds(300)

  /// Starts what `demo heal` asks for: a file with the agency's code, removed when the node is up.
  private func watchControl() async {
    while !Task.isCancelled {
      let asked = (try? FileManager.default.contentsOfDirectory(atPath: place.control)) ?? []
      for code in asked.sorted() {
        if let node = try? node(code) { try? await start(node) }
        try? FileManager.default.removeItem(atPath: "\(place.control)/\(code)")
      }
      do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
    }
  }
}
