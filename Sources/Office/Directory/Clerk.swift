import Casework
import Ledger

/// People of the agency who may act, as its published particulars list them.
enum Clerk {
  /// Finds a person by id or by name among those who still act.
  ///
  /// Names are compared as UTF-8 bytes: two spellings of one name are two names.
  static func resolve(
    _ text: String, of agency: AgencyCode, in directory: Directory?
  ) throws(OfficeError) -> Ledger.Person {
    try find(text, among: (directory?.current.people(of: agency) ?? []).filter { !$0.ended })
  }

  /// Finds a person by id or by name among some people.
  static func find(
    _ text: String, among people: [Ledger.Person]
  ) throws(OfficeError) -> Ledger.Person {
    if let id = RecordID(uuidString: text) {
      guard let person = people.first(where: { $0.id == id }) else {
        throw OfficeError(.personUnknown, ["person": Repeat.line(text)])
      }
      return person
    }
    let named = people.filter { Array($0.name.utf8) == Array(text.utf8) }
    if named.count > 1 { throw OfficeError(.personAmbiguous, ["person": Repeat.line(text)]) }
    guard let person = named.first else {
      throw OfficeError(.personUnknown, ["person": Repeat.line(text)])
    }
    return person
  }
}

extension Ledger.Person {
  /// The roles of the person that this build knows and that may stand side by side.
  var heldRoles: Set<Role> { Set(roles.compactMap(Role.init(rawValue:))).lawful }
}
