/// W8, the other way: whether a change set costs each of its readers the same however many they
/// are.
extension Growth {
  private static let sizes = [2, 4, 8, 16]
  private static let steps = 1_000

  /// Processor time and not time: sixteen nodes on two cores would only show the waiting.
  func nodes() throws -> [WorkResult] {
    let count = bench.scaled(Self.steps, least: 40)
    var costs: [(readers: [Double], writer: [Double])] = []
    var areEqual = true
    for size in Self.sizes {
      let province = Province(
        of: size, in: "\(bench.directory)/province", program: bench.program,
        portBase: bench.portBase)
      defer { try? province.stop() }
      try province.found()
      let addressees = province.readers.map(\.node.code)
      let steps = Steps(of: province.writer, for: addressees)
      let dossiers = try steps.open(max(4, count / 100))
      var (readers, writer): ([Double], [Double]) = ([], [])
      for round in 0...bench.pairs {
        let letters = try steps.prepare(count, in: dossiers)
        try province.untilCaughtUp()
        let before = try usage(of: province)
        try steps.issue(letters)
        try province.untilCaughtUp()
        let after = try usage(of: province)
        let microseconds = 1_000_000 / Double(count * addressees.count)
        bench.say("W8 \(size) nodes, round \(round): \(after.readers - before.readers) s of all")
        // The first round only warms up.
        if round > 0 {
          readers.append((after.readers - before.readers) * microseconds)
          writer.append((after.writer - before.writer) * microseconds)
        }
      }
      areEqual = try province.areEqual() && areEqual
      costs.append((readers, writer))
    }
    return try results(costs, areEqual)
  }

  private func usage(of province: Province) throws -> (readers: Double, writer: Double) {
    func seconds(_ members: ArraySlice<Province.Member>) throws -> Double {
      let roots = try members.flatMap { [$0.node.pid, try $0.cluster.pid()] }
      return ProcessorTime.seconds(of: Set(roots))
    }
    return (try seconds(province.readers), try seconds(province.members.prefix(1)))
  }

  private func results(
    _ costs: [(readers: [Double], writer: [Double])], _ areEqual: Bool
  ) throws -> [WorkResult] {
    let tolerance = 1 + Self.tolerance
    let least = (
      readers: try Spread(costs[0].readers).median, writer: try Spread(costs[0].writer).median
    )
    return try zip(Self.sizes, costs).flatMap { size, costs in
      [
        try WorkResult(
          "W8", "processor time of a reader, \(size) nodes", unit: "µs/change set",
          ours: costs.readers, areEqual: areEqual, goal: "within 20 % of 2 nodes",
          isMet: { $0 <= least.readers * tolerance }
        ).plotted(.reader, at: size),
        try WorkResult(
          "W8", "processor time of the writer for each reader, \(size) nodes",
          unit: "µs/change set", ours: costs.writer, areEqual: areEqual,
          goal: "within 20 % of 2 nodes", isMet: { $0 <= least.writer * tolerance }
        ).plotted(.writer, at: size),
      ]
    }
  }
}
