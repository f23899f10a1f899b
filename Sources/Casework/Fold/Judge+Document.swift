import Ledger

extension Judge {
  func check(_ document: Document) throws(RecordFlaw) {
    let rule = document.form.rule
    let kind = try dossierKind()
    guard rule.dossiers.contains(kind) else {
      throw RecordFlaw(.wrongDossierKind, "\(kind.rawValue):\(document.form.rawValue)")
    }
    guard let drafter = self.kind(of: author), rule.drafters.contains(drafter) else {
      throw RecordFlaw(.wrongAuthor, "\(author.rawValue):\(document.form.rawValue)")
    }
    try checkAddressees(document, rule)
    try checkPeople(document)
    guard document.items.allSatisfy(siblings.contains) else {
      throw RecordFlaw(.noTarget, "items")
    }
    // Minutes are numbered by the act that issues them.
    let needsNumber = rule.isNumbered && document.form != .minutes
    guard document.number.isEmpty != needsNumber else { throw RecordFlaw(.malformed, "number") }
    try checkVersion(document)
  }

  /// Who drafts does not sign; a sealed sheet goes out under the letter it accompanies.
  private func checkPeople(_ document: Document) throws(RecordFlaw) {
    if document.form == .recordedPaper { return try checkPaper(document) }
    if document.form == .sheet {
      try require(document.drafter, holdsOneOf: .staff)
      return try require(document.signer, holdsOneOf: .staff)
    }
    guard document.drafter != document.signer else {
      throw RecordFlaw(.selfApproval, document.signer.uuidString)
    }
    try require(document.drafter, holdsOneOf: [.handler, .sectionHead])
    try require(document.signer, holdsOneOf: [.deputy, .head])
  }

  private func checkAddressees(_ document: Document, _ rule: FormRule) throws(RecordFlaw) {
    guard !rule.isAddressed || !document.to.isEmpty else { throw RecordFlaw(.notAddressed, "to") }
    guard rule.isAddressed || document.purpose == nil else {
      throw RecordFlaw(.wrongForm, "purpose")
    }
    for agency in document.to {
      guard let kind = kind(of: agency), rule.addressees.contains(kind) else {
        throw RecordFlaw(.badAddressee, agency.rawValue)
      }
    }
    for agency in document.to + document.cc + document.required {
      guard agency != author || document.required.contains(agency) else {
        throw RecordFlaw(.badAddressee, agency.rawValue)
      }
      guard graph.hasGrant(agency, at: entry.place.change) else {
        throw RecordFlaw(.notAddressed, agency.rawValue)
      }
      guard entry.audience.isEmpty || entry.audience.contains(agency) else {
        throw RecordFlaw(.audience, agency.rawValue)
      }
    }
  }

  private func checkVersion(_ document: Document) throws(RecordFlaw) {
    guard document.required.isEmpty == (document.form != .minutes) else {
      throw RecordFlaw(.wrongForm, "required")
    }
    guard let old = document.supersedes else {
      guard document.version == 1 else { throw RecordFlaw(.malformed, "version") }
      return
    }
    guard document.form != .referral else { throw RecordFlaw(.wrongForm, "supersedes") }
    let found = try target(old, .document)
    guard found.author == author, let earlier = found.document, earlier.form == document.form,
      document.version == earlier.version + 1
    else { throw RecordFlaw(.revisesForeign, old.uuidString) }
    if document.form == .minutes {
      guard let card = questions.minutes(found),
        Machines.minutes.rule(.version, from: card.state) != nil
      else { throw RecordFlaw(.wrongState, "version") }
    } else {
      let state = questions.state(ofDocument: found)
      guard Machines.document.rule(.supersede, from: state) != nil else {
        throw RecordFlaw(.wrongState, state.rawValue)
      }
    }
  }
}
