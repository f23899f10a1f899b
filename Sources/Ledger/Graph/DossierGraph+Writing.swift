extension DossierGraph {
  /// The header of the author's next change set here.
  ///
  /// `previous` is the author's head, and `parents` are all heads it does not reach; over the
  /// limit, the home's and then those stored first, the rest next time.
  ///
  /// - Parameters:
  ///   - author: who writes.
  ///   - key: the key that will seal it.
  ///   - directory: the registrar's newest entry here; nil in the directory itself.
  ///   - authoredAt: the business time, information only.
  ///   - parts: the salted hash of each part, part 0 first.
  ///   - previous: another branch to go on from, where the author's chain has forked.
  /// - Returns: nil while the dossier is empty, or when `previous` is not a change set of the
  ///   author here.
  package func nextHeader(
    author: AgencyCode, key: KeyID, directory: ChangeSetID?, authoredAt: Timestamp,
    parts: [PartHash], after previous: ChangeSetID? = nil
  ) -> ChangeSetHeader? {
    guard count > 0 else { return nil }
    var last = headNumber(of: author)
    if let previous {
      guard let chosen = number(of: previous), nodes[chosen].changeSet.header.author == author
      else { return nil }
      last = chosen
    }
    let open = headNodes.filter { head in
      guard let last else { return true }
      return head != last && !sees(last, head)
    }
    // Stable: the home's heads first, each group in the order of arrival.
    let ofHome = open.filter { nodes[$0].changeSet.header.author == home }
    let ofOthers = open.filter { nodes[$0].changeSet.header.author != home }
    let parents = (ofHome + ofOthers).prefix(Limits.parentsMax).map { nodes[$0].changeSet.id }
    return ChangeSetHeader(
      dossier: id, author: author, key: key,
      sequence: last.map { nodes[$0].changeSet.header.sequence + 1 } ?? 1,
      previous: last.map { nodes[$0].changeSet.id }, parents: parents.sorted(),
      directory: directory, authoredAt: authoredAt, parts: parts)
  }
}

extension ChangeSetHeader {
  /// The header of the first change set of a new dossier.
  package static func first(
    author: AgencyCode, key: KeyID, directory: ChangeSetID?, authoredAt: Timestamp,
    parts: [PartHash]
  ) -> ChangeSetHeader {
    ChangeSetHeader(
      dossier: nil, author: author, key: key, sequence: 1, previous: nil, parents: [],
      directory: directory, authoredAt: authoredAt, parts: parts)
  }
}
