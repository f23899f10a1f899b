extension API {
  /// Counts the figures of a period.
  package struct FiguresRequest: Codable, Hashable, Sendable {
    /// The year; this one when absent.
    package var year: Int?
    /// A quarter of it, 1 to 4; the whole year when absent.
    package var quarter: Int?
    /// The last day that is known of, `YYYY-MM-DD` or `now`; the period's last one when absent.
    package var asOf: String?
    /// Of this region alone, by its six digits.
    package var region: String?
    /// Of this dossier alone: number, id or unique prefix.
    package var dossier: String?
    /// Version of the counting rules; the newest when absent.
    package var rule: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int? = nil, quarter: Int? = nil, asOf: String? = nil, region: String? = nil,
      dossier: String? = nil, rule: Int? = nil
    ) {
      self.year = year
      self.quarter = quarter
      self.asOf = asOf
      self.region = region
      self.dossier = dossier
      self.rule = rule
    }
  }

  /// Lists what a figure counts.
  package struct FigureEvidenceRequest: Codable, Hashable, Sendable {
    /// Code of the figure, such as clueReferred.
    package var figure: String
    /// The year; this one when absent.
    package var year: Int?
    /// A quarter of it, 1 to 4; the whole year when absent.
    package var quarter: Int?
    /// The last day that is known of, `YYYY-MM-DD` or `now`; the period's last one when absent.
    package var asOf: String?
    /// Of this region alone, by its six digits.
    package var region: String?
    /// Of this dossier alone: number, id or unique prefix.
    package var dossier: String?
    /// Version of the counting rules; the newest when absent.
    package var rule: Int?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      figure: String, year: Int? = nil, quarter: Int? = nil, asOf: String? = nil,
      region: String? = nil, dossier: String? = nil, rule: Int? = nil, page: Int? = nil,
      limit: Int? = nil
    ) {
      self.figure = figure
      self.year = year
      self.quarter = quarter
      self.asOf = asOf
      self.region = region
      self.dossier = dossier
      self.rule = rule
      self.page = page
      self.limit = limit
    }

    /// The same without what is asked of the list.
    package var figures: FiguresRequest {
      FiguresRequest(
        year: year, quarter: quarter, asOf: asOf, region: region, dossier: dossier, rule: rule)
    }
  }

  /// Lists what is overdue, was rejected or has relapsed, or the points that it takes off.
  package struct OverdueRequest: Codable, Hashable, Sendable {
    /// As of the end of this day, `YYYY-MM-DD` or `now`; today when absent.
    package var asOf: String?
    /// Of agencies of this region alone, by its six digits.
    package var region: String?
    /// Of this agency alone.
    package var unit: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      asOf: String? = nil, region: String? = nil, unit: String? = nil, page: Int? = nil,
      limit: Int? = nil
    ) {
      self.asOf = asOf
      self.region = region
      self.unit = unit
      self.page = page
      self.limit = limit
    }
  }
}
