import Casework
import Exchange
import Ledger
import Postgres
import Replica

extension Office {
  /// Counts the figures of a period over the dossiers held here that this agency may see.
  ///
  /// Of a city all regions below it stand in each figure, those without a record with nothing
  /// (零报告); of a county its own alone, since it cannot know of others.
  package func figures(_ request: API.FiguresRequest) async throws -> API.Figures {
    let asked = try AskedFigures(request, today: clock.today)
    return try await count { transaction in
      let only = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      let counted = try CountedFigures(asked, at: self, only: only, in: transaction)
      let figures = counted.tally.figures.map { key in
        API.Figure(
          key, counted.tally.sums[key] ?? FigureTally.Sum(), counted.tally.byRegion[key] ?? [:],
          counted.evidence[key] ?? [])
      }
      let report = try standingReport(of: asked.year, in: transaction)
      return API.Figures(
        year: asked.year, quarter: asked.quarter, asOf: asked.asOf.description,
        region: asked.region, ruleVersion: asked.rules.version,
        published: report.flatMap { $0.card.stage.isPublished ? $0.document.number : nil },
        dossiers: counted.dossiers, unreadable: counted.unreadable, crowded: counted.crowded,
        figures: figures, truncated: counted.tally.isCut)
    }
  }

  /// Lists what a figure counts, down to the record that decided each line.
  package func figureEvidence(
    _ request: API.FigureEvidenceRequest
  ) async throws -> API.FigureEvidence {
    var asked = try AskedFigures(request.figures, today: clock.today)
    let page = try Page(request.page, request.limit)
    let figure = try Field.line(request.figure, "figure")
    let codes = FigureCode.allCases.map(\.rawValue)
    guard let code = FigureCode(rawValue: String(figure.prefix { $0 != "." })) else {
      throw Field.invalid(figure, "figure", codes.joined(separator: " | "))
    }
    if !code.isOfYear { asked.rules = .oversight }
    return try await count { [asked] transaction in
      let only = try request.dossier.map {
        try Lookup(agency: agency).dossier($0, in: transaction)
      }
      var passed = 0
      var lines: [API.FigureLine] = []
      try forEachFacts(asked, only: only, in: transaction) { bundle, _ in
        // Whether an item counts is asked of those of its own rate alone.
        let facts = bundle.facts.filter {
          $0.figure.code == code && $0.figure.description == figure
        }
        for entry in asked.entries(of: facts, only: only) {
          passed += 1
          guard passed > page.offset, lines.count <= page.limit else { continue }
          lines.append(API.FigureLine(entry, number: bundle.numbers[entry.dossier]))
        }
        return lines.count <= page.limit
      }
      let next = lines.count > page.limit ? page.number + 1 : nil
      return API.FigureEvidence(
        figure: figure, asOf: asked.asOf.description, ruleVersion: asked.rules.version,
        evidence: Array(lines.prefix(page.limit)), next: next)
    }
  }

  /// The regions that report here: of a city those of every office below it, else its own.
  func reporting(
    _ only: String?, in transaction: borrowing OfficeTransaction
  ) throws -> [String] {
    let agencies = try transaction.directory()?.current.agencies ?? [:]
    let own = agency.region
    let below = own.hasSuffix("00") ? String(own.prefix(4)) : own
    let regions = agencies.values.map(\.entry).filter {
      $0.kind == AgencyKind.partyOffice.rawValue
    }.map(\.code.region).filter { $0.hasPrefix(below) && (only == nil || $0 == only) }
    return Set(regions).sorted()
  }
}

extension FigureKey {
  /// How many records a list of figures names for it.
  var evidenceMax: Int {
    isCampaign || !code.isOfYear ? Limits.campaignEvidenceMax : API.listMax
  }
}

extension API.Figure {
  fileprivate init(
    _ key: FigureKey, _ sum: FigureTally.Sum, _ byRegion: [String: FigureTally.Sum],
    _ evidence: [String]
  ) {
    let unit = key.code.unit
    let isRate = unit == .rate
    let count = Int(clamping: sum.count)
    self.init(
      code: key.description, unit: unit.rawValue, value: isRate ? nil : count,
      numerator: isRate ? count : nil, denominator: isRate ? Int(clamping: sum.of) : nil,
      text: sum.text(unit),
      byRegion: API.RegionCounts(byRegion.mapValues { Int(clamping: $0.count) }),
      ofByRegion: API.RegionCounts(isRate ? byRegion.mapValues { Int(clamping: $0.of) } : [:]),
      evidence: Array(evidence.prefix(key.evidenceMax)),
      truncated: evidence.count > key.evidenceMax)
  }
}

extension API.FigureLine {
  fileprivate init(_ entry: FigureEntry, number: String?) {
    self.init(
      dossier: entry.dossier.hex, number: number,
      record: entry.record.uuidString, decision: entry.decision.uuidString,
      changeSet: entry.place.change.hex, author: entry.author.rawValue,
      on: entry.on.description, owner: entry.owner.rawValue, region: entry.region,
      count: Int(clamping: entry.count))
  }
}
