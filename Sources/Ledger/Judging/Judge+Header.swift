extension Judge {
  /// What a header is worth, apart from its seal and the bytes of its parts.
  enum HeaderStanding {
    case rejected(RejectionReason)
    case held(HoldReason, [ChangeSetID])
    case signedBy(VerificationKey)
  }

  /// Judges a lawful header by its ancestors and the directory at the entry it names.
  func standing(
    of header: ChangeSetHeader, id: ChangeSetID, graph: DossierGraph?, open: SaltedPart?
  ) -> HeaderStanding {
    let isDirectory = header.directory == nil
    if isDirectory != (header.dossier(id: id) == pinned) { return .rejected(.directoryForeign) }
    let named = header.links + (header.directory.map { [$0] } ?? [])
    if named.contains(where: rejected.contains) { return .rejected(.rejectedAncestor) }
    if header.links.contains(where: foreign.contains) { return .rejected(.foreignAncestor) }
    let missing = graph?.missing(of: header) ?? header.links
    if !missing.isEmpty { return .held(.ancestor, missing) }
    if let graph, let reason = chainFlaw(of: header, in: graph) { return .rejected(reason) }
    return isDirectory
      ? inDirectory(header, open: open)
      : inDossier(header, graph: graph)
  }

  /// What is wrong with the links of a header whose ancestors are all here.
  private func chainFlaw(of header: ChangeSetHeader, in graph: DossierGraph) -> RejectionReason? {
    guard header.dossier != nil else { return nil }
    if let previous = header.previous {
      guard let before = graph.changeSet(previous)?.header, before.author == header.author,
        before.sequence + 1 == header.sequence
      else { return .sequence }
    } else if header.author == graph.home {
      return .secondBeginning
    }
    let links = header.links
    let redundant = header.parents.contains { parent in
      links.contains { graph.isAncestor(parent, of: $0) }
    }
    return redundant ? .redundantParent : nil
  }

  private func inDossier(_ header: ChangeSetHeader, graph: DossierGraph?) -> HeaderStanding {
    guard let entry = header.directory else { return .rejected(.directoryForeign) }
    guard let directory, directory.graph.contains(entry) else {
      return .held(.directoryEntry, [entry])
    }
    guard let view = directory.at(entry) else { return .rejected(.directoryEntry) }
    let reached = graph?.entries(reachedBy: header) ?? []
    if reached.contains(where: { directory.graph.isAncestor(entry, of: $0) }) {
      return .rejected(.directoryOlder)
    }
    let standing = key(of: header, in: view)
    guard case .signedBy = standing, header.dossier != nil, let graph else { return standing }
    let ancestry = graph.ancestry(of: header) ?? Ancestry()
    let mayWrite = header.author == graph.home || graph.hasGrant(header.author, in: ancestry)
    return mayWrite ? standing : .rejected(.noGrant)
  }

  private func inDirectory(_ header: ChangeSetHeader, open: SaltedPart?) -> HeaderStanding {
    guard header.dossier != nil else { return founding(header, open: open) }
    guard let directory, let view = directory.view(before: header) else {
      return .held(.ancestor, header.links)
    }
    let standing = key(of: header, in: view)
    guard case .signedBy = standing else { return standing }
    return directory.mayAuthor(header) ? standing : .rejected(.noGrant)
  }

  /// The first entry carries its own key, and the pinned id covers both.
  private func founding(_ header: ChangeSetHeader, open: SaltedPart?) -> HeaderStanding {
    guard let open else { return .held(.openPart, []) }
    guard case .part(let part) = Part.decode(open.content),
      case .founding(let founding)? = part.directory.first
    else { return .rejected(.directoryEntry) }
    guard founding.registrar.code == header.author else { return .rejected(.keyForeign) }
    guard founding.key.id == header.key else { return .rejected(.keyUnknown) }
    guard founding.key.suite == VerificationKey.suite else { return .held(.unknownSuite, []) }
    guard let key = VerificationKey(founding.key) else { return .rejected(.keyUnknown) }
    return .signedBy(key)
  }

  private func key(of header: ChangeSetHeader, in view: DirectoryView) -> HeaderStanding {
    let state = view.key(header.key)
    guard let owner = state.owner else { return .rejected(.keyUnknown) }
    guard owner == header.author else { return .rejected(.keyForeign) }
    switch state {
    case .active(_, let key): return .signedBy(key)
    case .withdrawn: return .rejected(.keyWithdrawn)
    case .unknownSuite:
      return view.isWithdrawn(header.key) ? .rejected(.keyWithdrawn) : .held(.unknownSuite, [])
    case .unknown: return .rejected(.keyUnknown)
    }
  }
}
