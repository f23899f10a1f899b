import Ledger

/// What a dossier says about one record that counts.
///
/// It is a function of the record, of what counts and of the answers to what is asked for it. So it
/// is kept from step to step until a record comes that is in one of these answers, or something
/// that was here counts no more. Two folds of one dossier that share the object say the same.
final class FoldedRecord: Sendable {
  /// The record.
  let entry: Entry
  /// Where a document stands at each addressee, ascending.
  let referrals: [ReferralCard]
  /// How discipline bodies handle it.
  let handlings: [HandlingCard]
  /// Where a version of minutes stands.
  let minutes: [MinutesCard]
  /// Where a tracked item stands.
  let items: [ItemCard]
  /// Where the course of a document or an item stands.
  let courses: [CourseCard]
  /// What it cites that became void.
  let reviews: [FoldedDossier.Review]
  /// The code of the state of a document or a result; empty for everything else.
  let state: String
  /// The first version of a result; the record itself for everything else.
  let root: RecordID
  /// The hashes of what was asked; nil when nobody noted it.
  private let asked: [Int]?

  /// Asks all there is to ask about a record.
  init(_ entry: Entry, _ index: RecordIndex, home: AgencyCode, _ sight: Sight) {
    let questions = Questions(index: index, home: home, sight: sight)
    self.entry = entry
    let addressees = questions.addressees(of: entry)
    referrals = addressees.compactMap { questions.referral(entry, at: $0) }
    let isReferral = entry.document?.form == .referral
    handlings = isReferral ? addressees.compactMap { questions.handling(entry, by: $0) } : []
    let card = questions.minutes(entry)
    minutes = card.map { [$0] } ?? []
    items = questions.item(entry).map { [$0] } ?? []
    courses = [questions.course(ofDocument: entry), questions.course(ofItem: entry)]
      .compactMap(\.self)
    let cited = entry.record.content.basis + (entry.target.map { [$0] } ?? [])
    reviews = Set(cited).sorted().compactMap { place in
      guard let found = questions.entry(at: place), !sight.contains(found) else { return nil }
      return FoldedDossier.Review(citing: entry.place, cited: place)
    }
    switch entry.record.content.type {
    case .document:
      state = card?.state.rawValue ?? questions.state(ofDocument: entry).rawValue
      root = entry.record.id
    case .result:
      state = questions.state(ofResult: entry).rawValue
      root = questions.root(entry).record.id
    case .dossier, .item, .act, .destruction, .disclosure:
      state = ""
      root = entry.record.id
    }
    asked = sight.inquiry.map { Array($0.asked) }
  }

  /// The records that count, by place.
  static func all(
    _ index: RecordIndex, home: AgencyCode, _ sight: Sight, isNoting: Bool = false
  ) -> [FoldedRecord] {
    index.all.filter(sight.contains).sorted { $0.place < $1.place }.map {
      FoldedRecord($0, index, home: home, isNoting ? sight.noting() : sight)
    }
  }

  /// Whether one of the questions, by their hashes, was asked for it or may have been.
  func rests(on questions: Set<Int>) -> Bool {
    asked?.contains(where: questions.contains) ?? true
  }
}

extension Sight {
  /// The same, with a note of its own of what is asked.
  func noting() -> Sight {
    var sight = self
    sight.inquiry = Inquiry()
    return sight
  }
}
