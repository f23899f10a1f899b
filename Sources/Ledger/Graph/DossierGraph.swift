/// The stored change sets of one dossier, with their ancestry, their standing and the members.
///
/// A value that grows by `insert`. Everything it tells is a function of the set of change sets in
/// it: any order of insertion gives the same order, heads, members, forks and standings. Only
/// `nextHeader` looks at which came first, because the limit on parents does.
///
/// Cost: an insert is O(authors) plus the search for its place in the order. The standing of
/// others is computed again, in one pass over the dossier, only when the change set can alter it:
/// a second branch of its author, an `end`, an `exclude`, or the lifting of one.
package struct DossierGraph: Sendable {
  /// The dossier.
  package let id: DossierID
  /// Whether this is the directory's own dossier, where neither membership nor the key rule apply.
  ///
  /// Only change sets of the directory name no entry of it, so the first one tells.
  package private(set) var isDirectory = false
  /// Who belonged to the dossier before a part of its log was lost; nil where the log is whole.
  ///
  /// A store says it of the graph that it gives. Nothing here looks at it but what is asked for
  /// delivery: the rest is read from the change sets that are here.
  package var hole: LogHole?

  /// One stored change set; numbers are positions in `nodes`, which is the order of arrival.
  struct Node: Sendable {
    var changeSet: StoredChangeSet
    var key: KeyOrder
    var lane: Int
    var place: Int
    var depth: Int
    var previous: Int?
    var ancestry: Ancestry
    /// The newest directory entries that it or an ancestor names: one, unless the registrar forked.
    var entries: [ChangeSetID]
    var void: VoidReason?
  }

  /// A run of change sets of one author along `previous`.
  struct Lane: Sendable {
    let author: AgencyCode
    var nodes: [Int]
  }

  var nodes: [Node] = []
  var lanes: [Lane] = []
  /// The lanes of each author.
  var lanesOf: [AgencyCode: [Int]] = [:]
  var membership = Membership()
  var partStatements = PartStatements()
  private var numbers: [ChangeSetID: Int] = [:]
  private var sorted: [Int] = []
  private var headNumbers: Set<Int> = []
  /// The change sets after each, by author and `previous`: more than one is a fork.
  private var branches: [Branch: [Int]] = [:]

  private struct Branch: Hashable {
    var author: AgencyCode
    var previous: ChangeSetID?
  }

  /// An empty dossier.
  package init(_ id: DossierID) { self.id = id }

  /// Adds a change set whose ancestors are here; a repeated one changes nothing.
  ///
  /// - Parameters:
  ///   - changeSet: what the judge called stored.
  ///   - directory: where the entry that it names is looked up; nil in the directory's own dossier.
  /// - Returns: whether it was added. It is not when it is here already, belongs to another
  ///   dossier, or lacks an ancestor or its directory entry: then nothing changes.
  @discardableResult
  package mutating func insert(_ changeSet: StoredChangeSet, directory: Directory?) -> Bool {
    guard let number = append(changeSet, directory: directory) else { return false }
    if !isDirectory {
      judgeStanding(of: number)
      withholdDestroyed()
    }
    return true
  }

  /// Adds many, ancestors first, and computes the standings once.
  package mutating func insert(
    contentsOf changeSets: some Sequence<StoredChangeSet>, directory: Directory?
  ) {
    var added = false
    for changeSet in changeSets where append(changeSet, directory: directory) != nil {
      added = true
    }
    if added, !isDirectory {
      judgeAllStandings()
      withholdDestroyed()
    }
  }

  private mutating func append(_ changeSet: StoredChangeSet, directory: Directory?) -> Int? {
    guard numbers[changeSet.id] == nil, changeSet.dossier == id,
      let links = all(changeSet.header.links, { numbers[$0] }),
      let key = KeyOrder(of: changeSet.header, in: directory)
    else { return nil }
    let header = changeSet.header
    if nodes.isEmpty { isDirectory = header.directory == nil }
    var ancestry = Ancestry()
    var depth = 0
    var entries: [ChangeSetID] = header.directory.map { [$0] } ?? []
    for link in links {
      ancestry.merge(nodes[link].ancestry)
      ancestry.see(lane: nodes[link].lane, place: nodes[link].place)
      depth = max(depth, nodes[link].depth + 1)
      for entry in nodes[link].entries where !entries.contains(entry) { entries.append(entry) }
    }
    if entries.count > 1, let directory {
      entries = entries.filter { entry in
        !entries.contains { directory.graph.isAncestor(entry, of: $0) }
      }
    }
    let number = nodes.count
    let previous = header.previous.flatMap { numbers[$0] }
    let (lane, place) = place(number, author: header.author, after: previous)
    nodes.append(
      Node(
        changeSet: changeSet, key: key, lane: lane, place: place, depth: depth,
        previous: previous, ancestry: ancestry, entries: entries, void: nil))
    numbers[changeSet.id] = number
    sorted.insert(number, at: position(for: number))
    headNumbers.subtract(links)
    headNumbers.insert(number)
    branches[Branch(author: header.author, previous: header.previous), default: []].append(number)
    if !isDirectory {
      recordStatements(of: number)
      recordPartStatements(of: number, in: changeSet.parts.keys.sorted())
    }
    return number
  }

  private mutating func place(
    _ number: Int, author: AgencyCode, after previous: Int?
  ) -> (lane: Int, place: Int) {
    if let previous {
      let lane = nodes[previous].lane
      if nodes[previous].place == lanes[lane].nodes.count - 1, lanes[lane].author == author {
        lanes[lane].nodes.append(number)
        return (lane, lanes[lane].nodes.count - 1)
      }
    }
    lanes.append(Lane(author: author, nodes: [number]))
    lanesOf[author, default: []].append(lanes.count - 1)
    return (lanes.count - 1, 0)
  }

  /// The place in the order by depth, then id; depth is the longest way from the first.
  private func position(for number: Int) -> Int {
    let (depth, id) = (nodes[number].depth, nodes[number].changeSet.id)
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      let other = nodes[sorted[middle]]
      if (other.depth, other.changeSet.id) < (depth, id) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension DossierGraph {
  /// The number of change sets.
  package var count: Int { nodes.count }

  /// The home: the author of the first change set; nil while the dossier is empty.
  package var home: AgencyCode? { numbers[id.first].map { nodes[$0].changeSet.header.author } }

  /// Every change set, ancestors first, in one order whatever the order of arrival.
  package var order: [ChangeSetID] { sorted.map { nodes[$0].changeSet.id } }

  /// Every change set, in the order of `order`.
  package var changeSets: some Sequence<StoredChangeSet> {
    sorted.lazy.map { nodes[$0].changeSet }
  }

  /// The change sets that none other names, ascending.
  package var heads: [ChangeSetID] { headNumbers.map { nodes[$0].changeSet.id }.sorted() }

  /// Every author with at least one change set, ascending.
  package var authors: [AgencyCode] { lanesOf.keys.sorted() }

  /// Says whether a change set is here.
  package func contains(_ id: ChangeSetID) -> Bool { numbers[id] != nil }

  /// A change set by its id.
  package func changeSet(_ id: ChangeSetID) -> StoredChangeSet? {
    numbers[id].map { nodes[$0].changeSet }
  }

  /// Adds parts that came later; those that the header does not promise, and those that are
  /// destroyed, are ignored.
  package mutating func add(parts: [Int: SaltedPart], to id: ChangeSetID) {
    guard let number = numbers[id] else { return }
    let known = Set(nodes[number].changeSet.parts.keys)
    nodes[number].changeSet.add(
      parts.filter { !refuses($0.value, at: PartPlace(change: id, part: $0.key)) })
    let fresh = nodes[number].changeSet.parts.keys.filter { !known.contains($0) }
    if !isDirectory { recordPartStatements(of: number, in: fresh.sorted()) }
  }

  /// Says whether `ancestor` is reachable from `descendant`; nothing is its own ancestor.
  package func isAncestor(_ ancestor: ChangeSetID, of descendant: ChangeSetID) -> Bool {
    guard let first = numbers[ancestor], let second = numbers[descendant] else { return false }
    return sees(second, first)
  }

  /// Says whether the author of `later` had seen `earlier`, or they are the same.
  package func reaches(_ later: ChangeSetID, _ earlier: ChangeSetID) -> Bool {
    later == earlier ? contains(later) : isAncestor(earlier, of: later)
  }

  /// The ancestors that are not here, of a header not yet inserted.
  package func missing(of header: ChangeSetHeader) -> [ChangeSetID] {
    header.links.filter { numbers[$0] == nil }
  }

  /// Every change set of an author by sequence, then id: both branches of a fork.
  package func changeSets(of author: AgencyCode) -> [StoredChangeSet] {
    (lanesOf[author] ?? []).flatMap { lanes[$0].nodes }.map { nodes[$0].changeSet }
      .sorted { ($0.header.sequence, $0.id) < ($1.header.sequence, $1.id) }
  }

  /// The author's chain: its `head` and everything before it along `previous`, first to last.
  package func chain(of author: AgencyCode) -> [ChangeSetID] {
    var chain: [ChangeSetID] = []
    var next = headNumber(of: author)
    while let number = next {
      chain.append(nodes[number].changeSet.id)
      next = nodes[number].previous
    }
    return chain.reversed()
  }

  /// The last change set of an author; of several branches one that counts, then the longest.
  package func head(of author: AgencyCode) -> ChangeSetID? {
    headNumber(of: author).map { nodes[$0].changeSet.id }
  }

  /// The two change sets of every place where an author went on in two ways.
  ///
  /// Of more than two the smallest ids are shown; ascending by author and sequence.
  package var forks: [ForkProof] {
    branches.values.filter { $0.count > 1 }.compactMap { numbers in
      let both = numbers.map { nodes[$0].changeSet }.sorted { $0.id < $1.id }.prefix(2)
      return both.first.flatMap { first in
        both.last.flatMap { ForkProof(first.sealedHeader, $0.sealedHeader) }
      }
    }.sorted { ($0.author, $0.sequence, $0.first.id) < ($1.author, $1.sequence, $1.first.id) }
  }

  /// Says whether node `later` has node `earlier` among its ancestors.
  func sees(_ later: Int, _ earlier: Int) -> Bool {
    nodes[later].ancestry.contains(lane: nodes[earlier].lane, place: nodes[earlier].place)
  }

  func sees(_ ancestry: Ancestry, _ earlier: Int) -> Bool {
    ancestry.contains(lane: nodes[earlier].lane, place: nodes[earlier].place)
  }

  /// What a change set with these links had seen; nil when one of them is not here.
  func ancestry(of header: ChangeSetHeader) -> Ancestry? {
    guard let links = all(header.links, { numbers[$0] }) else { return nil }
    var ancestry = Ancestry()
    for link in links {
      ancestry.merge(nodes[link].ancestry)
      ancestry.see(lane: nodes[link].lane, place: nodes[link].place)
    }
    return ancestry
  }

  /// What a change set had seen, itself included.
  func closedAncestry(of id: ChangeSetID) -> Ancestry? {
    numbers[id].map { number in
      var ancestry = nodes[number].ancestry
      ancestry.see(lane: nodes[number].lane, place: nodes[number].place)
      return ancestry
    }
  }

  /// The newest directory entries that the links of a header reach.
  func entries(reachedBy header: ChangeSetHeader) -> Set<ChangeSetID> {
    Set(header.links.compactMap { numbers[$0] }.flatMap { nodes[$0].entries })
  }

  func number(of id: ChangeSetID) -> Int? { numbers[id] }

  /// The nodes in the order of `order`.
  var numbersInOrder: [Int] { sorted }

  var headNodes: [Int] { headNumbers.sorted() }

  func headNumber(of author: AgencyCode) -> Int? {
    (lanesOf[author] ?? []).compactMap { lanes[$0].nodes.last }.max { left, right in
      let (first, second) = (nodes[left], nodes[right])
      if (first.void == nil) != (second.void == nil) { return first.void != nil }
      if first.changeSet.header.sequence != second.changeSet.header.sequence {
        return first.changeSet.header.sequence < second.changeSet.header.sequence
      }
      return first.changeSet.id > second.changeSet.id
    }
  }
}
