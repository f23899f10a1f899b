/// What a change set had seen: for each lane, how many of its first change sets are ancestors.
///
/// A lane is a run of change sets of one author in which each one's `previous` is the one before
/// it; a fork opens another lane. Whoever has seen the n-th of a lane has seen all before it, so a
/// count is the whole truth and asking is one comparison. Ten thousand change sets of twenty
/// authors take under a megabyte, where a bit for every pair would take twelve.
struct Ancestry: Hashable, Sendable {
  private(set) var counts: [Int32] = []

  /// Says whether the change set at `place` of `lane` was seen.
  func contains(lane: Int, place: Int) -> Bool {
    lane < counts.count && Int(counts[lane]) > place
  }

  /// Adds everything that `other` has seen.
  mutating func merge(_ other: Ancestry) {
    if counts.count < other.counts.count {
      counts.append(
        contentsOf: repeatElement(0, count: other.counts.count - counts.count))
    }
    for lane in other.counts.indices where counts[lane] < other.counts[lane] {
      counts[lane] = other.counts[lane]
    }
  }

  /// Adds the change set at `place` of `lane`, whose ancestors are here already.
  mutating func see(lane: Int, place: Int) {
    if counts.count <= lane {
      counts.append(contentsOf: repeatElement(0, count: lane + 1 - counts.count))
    }
    counts[lane] = max(counts[lane], Int32(place + 1))
  }
}
