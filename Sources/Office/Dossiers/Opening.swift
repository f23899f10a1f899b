import Casework
import Exchange
import Ledger
import Postgres
import Replica

/// What opening a dossier takes, whatever its kind.
struct Opening {
  var kind: DossierKind
  var title: String
  var number: String?
  var source: String?
  var sourceAgency: String?
  var region: String?
  var campaign: String?
  var classification: String?
  var channel: String?
  var demandKind: String?
  var level: String?
  var batch: Int?
  var exclude: [String] = []
  var admit: [String] = []
  /// Why agencies are excluded or admitted.
  var reason: String?
  var on: String?
}

/// A dossier just opened.
struct Opened {
  let dossier: DossierID
  let change: ChangeSetID
  let records: [RecordID]
  let number: String
}

extension Desk {
  /// Opens a dossier: cover, number, exclusions first and then admissions, in one change set.
  ///
  /// Whom a dossier lets in or keeps out is decided by the same people here as later, and stands in
  /// the same acts: a deputy may open it with its members, a handler opens it for the home alone.
  mutating func open(
    _ opening: Opening, in transaction: borrowing OfficeTransaction
  ) throws -> Opened {
    _ = try role(oneOf: [.handler, .sectionHead, .deputy], for: "verb.open")
    let classification = try Field.classification(opening.classification)
    let excluded = try Field.agencies(opening.exclude, "exclude")
    let admitted = try Field.agencies(opening.admit, "admit").filter { $0 != office.agency }
    try known(excluded + admitted)
    if let both = admitted.first(where: excluded.contains) {
      throw OfficeError(.conflict, ["detail": "conflict.excluded, \(both.rawValue)"])
    }
    for own in [office.agency, office.node] where excluded.contains(own) {
      throw Field.invalid(own.rawValue, "exclude", "≠ \(own.rawValue)")
    }
    let date = try date(opening.on)
    var cover = try cover(opening, classification)
    let (number, skipped) = try self.number(opening, year: date.year, in: transaction)
    cover.number = number
    var composition = Composition(office.agency)
    let reason = try Field.optionalText(opening.reason, "reason")
    for agency in excluded { composition.add(.exclude(agency: agency, reason: reason)) }
    for agency in admitted { composition.add(.grant(Grant(agency: agency, ground: .admit))) }
    let id = newID()
    composition.add(id, .dossier(cover))
    for (verb, agencies) in [(Verb.exclude, excluded), (.admit, admitted)] {
      for agency in agencies {
        let act = try membershipAct(
          verb, agency, of: id, opening.kind, on: date, reason: reason)
        composition.add(newID(), .act(act))
      }
    }
    let written = try commit(composition, to: nil, in: transaction)
    detail = skipped.map { "\(number), void: \($0)" } ?? number
    return Opened(
      dossier: written.dossier, change: written.id, records: composition.ids,
      number: number)
  }

  /// The cover as it is asked for, before a number is drawn for it.
  private func cover(
    _ opening: Opening, _ classification: Classification
  ) throws -> Casework.Dossier {
    let source = opening.sourceAgency.flatMap { $0.isEmpty ? nil : $0 }
    let cover = Casework.Dossier(
      kind: opening.kind, title: try Field.line(opening.title, "title"),
      source: try Field.optionalCode(opening.source, "source"),
      sourceAgency: try source.map { try Field.agency($0, "sourceAgency") },
      region: try Field.optionalLine(opening.region, "region"),
      campaign: try Field.optionalLine(opening.campaign, "campaign"),
      classification: classification,
      channel: try Field.optionalCode(opening.channel, "channel"),
      demandKind: try Field.optionalCode(opening.demandKind, "demandKind"),
      level: try Field.optionalCode(opening.level, "level"), batch: try batch(opening.batch))
    guard cover.fitsKind else {
      let detail = cover.hasForeignBid ? "conflict.noBid" : "conflict.noChannel"
      throw OfficeError(
        .conflict, ["detail": "\(detail), dossier.\(cover.kind.rawValue)"])
    }
    return cover
  }

  private func batch(_ stated: Int?) throws -> UInt32 {
    guard let stated else { return 0 }
    guard (1...Limits.batchMax).contains(stated) else {
      throw Field.invalid(String(stated), "batch", "1…\(Limits.batchMax)")
    }
    return UInt32(stated)
  }

  /// The number drawn, or the one given by hand when it is ours, of the kind and free, and the
  /// numbers that it skips.
  private mutating func number(
    _ opening: Opening, year: Int, in transaction: borrowing OfficeTransaction
  ) throws -> (number: String, skipped: String?) {
    let series = Series.dossiers(opening.kind)
    guard let given = opening.number, !given.isEmpty else {
      let drawn = try Series.draw(
        series, of: office.agency, year: year, in: transaction.sql)
      let number = DossierNumber(
        agency: office.agency, kind: opening.kind, year: year, number: drawn)
      guard let number else { throw OfficeError(.internalFault, ["request": series]) }
      return (number.description, nil)
    }
    guard let number = DossierNumber(given), number.agency == office.agency,
      number.kind == opening.kind
    else {
      throw Field.invalid(
        given, "number", "\(office.agency.rawValue)-\(opening.kind.numberMark)-\(year)-0001")
    }
    let taken = try transaction.sql.value(
      "SELECT 1 FROM casework.dossier WHERE number = \(given) AND home = \(office.agency)",
      as: Int.self)
    if taken != nil { throw OfficeError(.numberTaken, ["number": given]) }
    let skipped = try tellSkipped(before: number, in: transaction)
    try Series.reserve(
      series, of: office.agency, year: number.year, number: number.number, in: transaction.sql)
    return (given, skipped)
  }

  /// Tells whoever gives a number by hand which numbers of the series nobody will draw any more:
  /// they are void, and the audit says so beside the number that was given.
  ///
  /// - Returns: these numbers; nil when there are none.
  private mutating func tellSkipped(
    before given: DossierNumber, in transaction: borrowing OfficeTransaction
  ) throws -> String? {
    let last = try transaction.sql.value(
      """
      SELECT last FROM office.number_series WHERE agency = \(office.agency)
        AND series = \(Series.dossiers(given.kind)) AND year = \(given.year)
      """, as: Int.self)
    let next = (last ?? 0) + 1
    guard given.number > next,
      let first = DossierNumber(
        agency: given.agency, kind: given.kind, year: given.year, number: next),
      let end = DossierNumber(
        agency: given.agency, kind: given.kind, year: given.year, number: given.number - 1)
    else { return nil }
    notices.append(
      Catalogue.text(
        "warning.numbersSkipped", ["first": first.description, "last": end.description],
        in: acting.language))
    return "\(first)…\(end)"
  }
}
