import Exchange
import TestSupport

extension SampleNode where S == MemoryStore {
  /// Two nodes of one directory, that of its founder and one that has joined and caught up.
  static func pair() async throws -> (a: SampleNode, b: SampleNode) {
    let a = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("A"))
    let directory = try await a.found()
    let b = SampleNode(MemoryStore(fold: SampleFold.fold), SampleAgency("B"))
    try await b.join(a, directory)
    try await b.catchUp(with: a)
    return (a, b)
  }
}
