extension API {
  /// The figures of a period.
  package struct Figures: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.figures/v1"
    /// The year.
    package var year: Int
    /// The quarter; null for the whole year.
    package var quarter: Int?
    /// The last day that was known of.
    package var asOf: String
    /// The region; null for all.
    package var region: String?
    /// The version of the counting rules.
    package var ruleVersion: Int
    /// The number of the report that this agency has published of the year; null without one.
    package var published: String?
    /// How many dossiers were counted: those held here that the agency may see.
    package var dossiers: Int
    /// How many of them hold a record of a later build, which no rule could read.
    package var unreadable: Int
    /// How many of them are clues tied by merges to more others than are counted together; each of
    /// them was counted by itself.
    package var crowded: Int
    /// The figures, in the order of the rules.
    package var figures: [Figure]
    /// There are more campaigns than have a rate of their own; the others stand together.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int, quarter: Int? = nil, asOf: String, region: String? = nil, ruleVersion: Int,
      published: String? = nil, dossiers: Int = 0, unreadable: Int = 0, crowded: Int = 0,
      figures: [Figure] = [], truncated: Bool = false
    ) {
      self.year = year
      self.quarter = quarter
      self.asOf = asOf
      self.region = region
      self.ruleVersion = ruleVersion
      self.published = published
      self.dossiers = dossiers
      self.unreadable = unreadable
      self.crowded = crowded
      self.figures = figures
      self.truncated = truncated
    }
  }

  /// One figure.
  package struct Figure: Codable, Hashable, Sendable {
    /// Its code, such as clueReferred or rectRate.campaign.
    package var code: String
    /// cases, personTimes, times, rate or fen.
    package var unit: String
    /// The number, an amount in fen; null for a rate.
    package var value: Int?
    /// The numerator of a rate; null for a number.
    package var numerator: Int?
    /// The denominator of a rate; null for a number.
    package var denominator: Int?
    /// As people read it: 万元 and percent with two decimals; empty for a rate of nothing.
    package var text: String
    /// The numbers, or the numerators, by region.
    package var byRegion: RegionCounts
    /// The denominators by region; empty for a number.
    package var ofByRegion: RegionCounts
    /// The records that it counts, by id, the first thousand.
    package var evidence: [String]
    /// Not all of the evidence is in the answer; the list of evidence has every line.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      code: String, unit: String, value: Int? = nil, numerator: Int? = nil,
      denominator: Int? = nil, text: String, byRegion: RegionCounts = RegionCounts(),
      ofByRegion: RegionCounts = RegionCounts(), evidence: [String] = [], truncated: Bool = false
    ) {
      self.code = code
      self.unit = unit
      self.value = value
      self.numerator = numerator
      self.denominator = denominator
      self.text = text
      self.byRegion = byRegion
      self.ofByRegion = ofByRegion
      self.evidence = evidence
      self.truncated = truncated
    }
  }

  /// Numbers by region, an object whose names are the six digits of each.
  package struct RegionCounts: Codable, Hashable, Sendable {
    /// The numbers.
    package var counts: [String: Int]

    /// Takes numbers.
    package init(_ counts: [String: Int] = [:]) { self.counts = counts }

    /// Reads an object whose names are regions.
    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Region.self)
      counts = [:]
      for region in container.allKeys {
        counts[region.stringValue] = try container.decode(Int.self, forKey: region)
      }
    }

    /// Writes the object.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Region.self)
      // In order of the regions, so that equal figures are equal bytes.
      for (region, count) in counts.sorted(by: { $0.key < $1.key }) {
        try container.encode(count, forKey: Region(stringValue: region))
      }
    }

    private struct Region: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  /// What a figure counts.
  package struct FigureEvidence: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.figure-evidence/v1"
    /// Code of the figure.
    package var figure: String
    /// The last day that was known of.
    package var asOf: String
    /// The version of the counting rules.
    package var ruleVersion: Int
    /// One line for everything that counts.
    package var evidence: [FigureLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      figure: String, asOf: String, ruleVersion: Int, evidence: [FigureLine] = [],
      next: Int? = nil
    ) {
      self.figure = figure
      self.asOf = asOf
      self.ruleVersion = ruleVersion
      self.evidence = evidence
      self.next = next
    }
  }

  /// One line of the evidence of a figure.
  package struct FigureLine: Codable, Hashable, Sendable {
    /// The dossier.
    package var dossier: String
    /// Its number.
    package var number: String?
    /// The record that is counted.
    package var record: String
    /// The record that decided it.
    package var decision: String
    /// The change set that carries the decision.
    package var changeSet: String
    /// Who decided it.
    package var author: String
    /// The date by which it belongs to the period.
    package var on: String
    /// The agency whose region it counts for.
    package var owner: String
    /// Its region.
    package var region: String
    /// What it adds: 1, or an amount in fen; of a rate 1 or 0.
    package var count: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, record: String, decision: String,
      changeSet: String, author: String, on: String, owner: String, region: String, count: Int
    ) {
      self.dossier = dossier
      self.number = number
      self.record = record
      self.decision = decision
      self.changeSet = changeSet
      self.author = author
      self.on = on
      self.owner = owner
      self.region = region
      self.count = count
    }
  }
}
