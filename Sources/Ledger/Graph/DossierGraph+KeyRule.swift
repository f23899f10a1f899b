/// One rule for rotation, theft, forks, restored backups and hand-over.
///
/// Take the author's newest key among its stored change sets. A change set of the author is void
/// unless, along `previous`, it is an ancestor or descendant of, or equal to, every change set
/// under that key. With one key, everything after a fork is void on both branches; the first
/// change set under a new key chooses the branch by its `previous`.
extension DossierGraph {
  /// The nodes of `author` that the rule makes void, those in `cut` left out of the measure while
  /// one under the newest key is not cut off.
  func keyRule(_ author: AgencyCode, cut: Set<Int>) -> [Int: VoidReason] {
    let own = (lanesOf[author] ?? []).flatMap { lanes[$0].nodes }
      .sorted { nodes[$0].changeSet.header.sequence < nodes[$1].changeSet.header.sequence }
    guard let newest = own.map({ nodes[$0].key }).max() else { return [:] }
    let under = own.filter { nodes[$0].key == newest }
    let kept = under.filter { !cut.contains($0) }
    let measure = Set(kept.isEmpty ? under : kept)

    // Along `previous` the author's change sets form a forest. A node is comparable with the whole
    // measure when those above it and those at or below it make up all of it.
    var above: [Int: Int] = [:]
    var below: [Int: Int] = [:]
    for number in own {
      guard let previous = nodes[number].previous else { continue }
      above[number] = (above[previous] ?? 0) + (measure.contains(previous) ? 1 : 0)
    }
    for number in own.reversed() {
      let count = (below[number] ?? 0) + (measure.contains(number) ? 1 : 0)
      below[number] = count
      if let previous = nodes[number].previous { below[previous, default: 0] += count }
    }
    let outside = own.filter { (above[$0] ?? 0) + (below[$0] ?? 0) != measure.count }
    let isForked = outside.contains(where: measure.contains)
    return Dictionary(
      uniqueKeysWithValues: outside.map { ($0, isForked ? VoidReason.fork : .otherBranch) })
  }
}
