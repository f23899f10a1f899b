/// What the directory says at one of the registrar's entries.
///
/// A view is read from the ancestry of its entry alone, so it is the same on every replica that
/// has the entry, whatever else it has heard.
package struct DirectoryView: Sendable {
  /// The registrar's entry it is read at.
  package internal(set) var entry: ChangeSetID
  /// The home of the directory, or whom the governors appointed since.
  package internal(set) var registrar: AgencyCode
  /// Who countersigns changes, ascending.
  package internal(set) var governors: [AgencyCode]
  /// How many governors a change needs; more than half of them.
  package internal(set) var threshold: Int
  /// Whether the directory holds sample data.
  package let isSample: Bool
  /// The admitted agencies by code.
  package internal(set) var agencies: [AgencyCode: DirectoryAgency]
  /// The agencies that work on another's node, by that one, ascending.
  ///
  /// Who works on a node is asked in every step, and few agencies are hosted.
  private var guests: [AgencyCode: [AgencyCode]] = [:]
  /// The owner of each key ever given, so that no key serves two agencies.
  var owners: [KeyID: AgencyCode]
  /// The registrar's entry that last touched a subject; a proposal based before it has lapsed.
  var touched: [Proposal.Subject: ChangeSetID]
  /// How often a registrar was appointed before this entry.
  package internal(set) var era: Int
  /// How many registrar's entries stand before this one on the line.
  var height: Int

  /// The view at a directory's first entry; nil when its founding is not lawful.
  init?(founding: Founding, author: AgencyCode, entry: ChangeSetID) {
    guard founding.registrar.code == author, founding.registrar.hostedBy == nil,
      let key = DirectoryKey(founding.key, since: entry)
    else { return nil }
    self.entry = entry
    registrar = author
    governors = [author]
    threshold = 1
    isSample = founding.sample
    agencies = [author: DirectoryAgency(entry: founding.registrar, key: key)]
    owners = [key.id: author]
    touched = [.agency(author): entry, .governance: entry]
    era = 0
    height = 0
  }

  /// The agency with this code, if it is admitted.
  package func agency(_ code: AgencyCode) -> DirectoryAgency? { agencies[code] }

  /// Whose key it is and whether it may still sign.
  package func key(_ id: KeyID) -> KeyState {
    guard let owner = owners[id], let key = agencies[owner]?.key(id) else { return .unknown }
    guard let verification = key.verification else { return .unknownSuite(owner) }
    return key.withdrawnBy == nil ? .active(owner, verification) : .withdrawn(owner, verification)
  }

  /// Whether a key was suspended or replaced; a key that nobody has is not.
  package func isWithdrawn(_ id: KeyID) -> Bool {
    owners[id].flatMap { agencies[$0]?.key(id)?.withdrawnBy } != nil
  }

  /// The keys that were suspended or replaced, each with its agency.
  package var withdrawnKeys: [KeyID: AgencyCode] {
    var keys: [KeyID: AgencyCode] = [:]
    for (code, agency) in agencies {
      for key in agency.keys where key.withdrawnBy != nil { keys[key.id] = code }
    }
    return keys
  }

  /// The key an agency signs with now; nil when it is suspended and not yet replaced.
  package func activeKey(of code: AgencyCode) -> DirectoryKey? {
    agencies[code]?.keys.last { $0.withdrawnBy == nil }
  }

  /// What an agency says about itself, in its newest version.
  package func particulars(of code: AgencyCode) -> Particulars? {
    agencies[code]?.particulars
  }

  /// The people of an agency, as it named them itself.
  package func people(of code: AgencyCode) -> [Person] {
    agencies[code]?.particulars?.people ?? []
  }

  /// The agency whose node keeps the replica: the agency itself unless another hosts it.
  package func host(of code: AgencyCode) -> AgencyCode {
    agencies[code]?.entry.hostedBy ?? code
  }

  /// The agencies whose replica the node of `host` keeps, itself included, ascending.
  package func hosted(by host: AgencyCode) -> [AgencyCode] {
    let guests = guests[host] ?? []
    guard let own = agencies[host], own.entry.hostedBy == nil else { return guests }
    return guests.isEmpty ? [host] : (guests + [host]).sorted()
  }

  /// Notes that the node on which an agency works is another than before.
  mutating func move(_ agency: AgencyCode, from former: AgencyCode?, to host: AgencyCode?) {
    guard former != host else { return }
    if let former { guests[former]?.removeAll { $0 == agency } }
    if let host { guests[host] = ((guests[host] ?? []) + [agency]).sorted() }
  }

  /// Whether an agency may write in the directory by its office.
  package func mayAuthor(_ code: AgencyCode) -> Bool {
    code == registrar || governors.contains(code)
  }
}
