extension Sequence where Element: Sendable {
  /// Does the same for every element, a few at a time, and gives the results in their order.
  ///
  /// For what one agency after another would do alone: each command waits for a process to start
  /// and for its node, which leaves a core of two with nothing to do.
  func concurrentMap<Result: Sendable>(
    _ body: @escaping @Sendable (Element) async throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results: [Int: Result] = [:]
      for (position, element) in enumerated() {
        if position >= Limits.agenciesAtOnce, let (done, result) = try await group.next() {
          results[done] = result
        }
        group.addTask { (position, try await body(element)) }
      }
      while let (done, result) = try await group.next() { results[done] = result }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

private enum Limits {
  /// Commands of the demo that run at once; more take no less time on two cores.
  static let agenciesAtOnce = 4
}
