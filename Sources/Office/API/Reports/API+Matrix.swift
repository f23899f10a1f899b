extension API {
  /// Counts the matrix of the kinds of oversight.
  package static let matrix = Endpoint<MatrixRequest, Matrix>(
    .get, "/office/v1/report/matrix", operation: "matrix", credential: .operator)

  /// Counts the matrix of the kinds of oversight.
  package struct MatrixRequest: Codable, Hashable, Sendable {
    /// The year; this one when absent.
    package var year: Int?
    /// A quarter of it, 1 to 4; the whole year when absent.
    package var quarter: Int?
    /// The last day that is known of, `YYYY-MM-DD` or `now`; the period's last one when absent.
    package var asOf: String?
    /// Of this region alone, by its six digits.
    package var region: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int? = nil, quarter: Int? = nil, asOf: String? = nil, region: String? = nil
    ) {
      self.year = year
      self.quarter = quarter
      self.asOf = asOf
      self.region = region
    }

    /// The same asked of figures.
    var figures: FiguresRequest {
      FiguresRequest(year: year, quarter: quarter, asOf: asOf, region: region)
    }
  }

  /// Which matters came from one kind of oversight and were taken up by another.
  package struct Matrix: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.matrix/v1"
    /// The year.
    package var year: Int
    /// The quarter; null for the whole year.
    package var quarter: Int?
    /// As of the end of this day.
    package var asOf: String
    /// Of this region alone; null for all.
    package var region: String?
    /// Version of the counting rule.
    package var ruleVersion: Int
    /// Dossiers that were looked at.
    package var dossiers: Int
    /// Dossiers among them with a record that this build does not know.
    package var unreadable: Int
    /// The kinds that stand in it, in their order: seven, and others where anything counts.
    package var kinds: [String]
    /// Every pair of those kinds, row by row.
    package var cells: [MatrixCell]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int, quarter: Int? = nil, asOf: String, region: String? = nil, ruleVersion: Int,
      dossiers: Int, unreadable: Int, kinds: [String], cells: [MatrixCell]
    ) {
      self.year = year
      self.quarter = quarter
      self.asOf = asOf
      self.region = region
      self.ruleVersion = ruleVersion
      self.dossiers = dossiers
      self.unreadable = unreadable
      self.kinds = kinds
      self.cells = cells
    }
  }

  /// One cell of the matrix.
  package struct MatrixCell: Codable, Hashable, Sendable {
    /// The kind of oversight that the matters came from.
    package var from: String
    /// The kind of oversight that took them up.
    package var to: String
    /// How many matters.
    package var value: Int
    /// The same by region.
    package var byRegion: RegionCounts
    /// What lists its evidence as the `figure` of the list of evidence.
    package var figure: String
    /// The letters by which they were taken up, or the covers, the first 200.
    package var evidence: [String]
    /// Not all of the evidence is in the answer; the list of evidence has every line.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      from: String, to: String, value: Int, byRegion: RegionCounts = RegionCounts(),
      figure: String, evidence: [String] = [], truncated: Bool = false
    ) {
      self.from = from
      self.to = to
      self.value = value
      self.byRegion = byRegion
      self.figure = figure
      self.evidence = evidence
      self.truncated = truncated
    }
  }
}
