import Exchange
import Ledger
import TestSupport

/// What was lawfully decided about agencies, keys and governance.
///
/// It is written down where people decide and is not read from any directory: a key is given here
/// when as many governors as it takes have said so, whatever the entries of the registrar say.
struct Decided {
  private struct Governance: Hashable {
    var governors: [AgencyCode]
    var threshold: Int
  }

  private let registrar: AgencyCode?
  private var entries: [AgencyCode: AgencyEntry] = [:]
  /// Every key an agency was given, in the order decided.
  private var keys: [AgencyCode: [KeyID]] = [:]
  private var governances: Set<Governance> = []
  /// Everything that agencies have signed about themselves.
  private var particulars: Set<SignedObject> = []

  /// Nothing yet, of nobody.
  init() { registrar = nil }

  /// These agencies with these keys, governed by the registrar alone.
  init(registrar: AgencyCode, agencies: [SampleAgency]) {
    self.registrar = registrar
    for agency in agencies {
      entries[agency.code] = agency.entry
      keys[agency.code] = [agency.signatory.key.keyID]
    }
    govern([registrar], threshold: 1)
  }

  /// These govern from now on, with the word of all who had to be asked.
  mutating func govern(_ governors: [AgencyCode], threshold: Int) {
    governances.insert(Governance(governors: governors, threshold: threshold))
  }

  /// As many governors as it takes give an agency a key; what is said twice counts once.
  mutating func give(_ key: KeyID, to agency: AgencyCode) {
    if keys[agency]?.contains(key) != true { keys[agency, default: []].append(key) }
  }

  /// An agency says something about itself.
  mutating func said(_ statement: SignedObject) {
    particulars.insert(statement)
  }

  /// The entry of an agency.
  func entry(of agency: AgencyCode) -> AgencyEntry? { entries[agency] }

  /// What a directory says that nobody decided; nil when there is nothing.
  ///
  /// It may not have heard of everything yet.
  func objection(to view: DirectoryView) -> String? {
    if view.registrar != registrar { return "\(view.registrar) is the registrar" }
    let governance = Governance(governors: view.governors, threshold: view.threshold)
    if !governances.contains(governance) {
      return "\(view.threshold) of \(view.governors) govern"
    }
    for (code, agency) in view.agencies.sorted(by: { $0.key < $1.key }) {
      if entries[code] != agency.entry { return "\(code) is an agency as nobody decided" }
      if !areGiven(agency.keys, to: code) { return "\(code) has keys that nobody decided" }
      if let signed = agency.signedParticulars, !particulars.contains(signed) {
        return "\(code) says what it did not sign"
      }
    }
    return nil
  }

  /// Whether keys were given in this order, and each is withdrawn by the next and by nothing else.
  ///
  /// One may be left out: the entry that gave it stands on a branch that was given up.
  private func areGiven(_ known: [DirectoryKey], to agency: AgencyCode) -> Bool {
    guard let given = keys[agency], known.first?.id == given.first else { return false }
    var rest = given[...]
    for (index, key) in known.enumerated() {
      guard let place = rest.firstIndex(of: key.id) else { return false }
      rest = rest[(place + 1)...]
      if (key.withdrawnBy == nil) != (index == known.count - 1) { return false }
    }
    return true
  }
}
