import Ledger

extension API.FirstStart {
  /// Refuses what would stop the first start or the joining, while it can still be typed anew.
  ///
  /// - Throws: ``OfficeError`` for the first field that is wrong.
  package func check() throws {
    _ = try AgencyEntry(profile)
    guard people.count <= Ledger.Limits.peopleMax else {
      throw OfficeError(
        .tooLarge, ["bytes": "\(people.count)", "limit": "\(Ledger.Limits.peopleMax)"])
    }
    for person in people {
      // Nobody sees this id: each person gets one when the particulars are signed.
      let id = RecordID(
        timestamp: Timestamp(microseconds: 0), random: [UInt8](repeating: 0, count: 10))
      _ = try Office.person(person, newID: id)
    }
  }
}
