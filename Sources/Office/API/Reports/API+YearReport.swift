extension API {
  /// Drafts the report of a year with its figures, and the sealed extract of each contributor.
  package static let createReport = Endpoint<CreateReportRequest, Draft>(
    .post, "/office/v1/reports", operation: "createReport", credential: .person)

  /// Lists what the records say otherwise than a report.
  package static let reportDifferences = Endpoint<ReportDifferencesRequest, ReportDifferences>(
    .get, "/office/v1/reports/{report}/differences", operation: "reportDifferences",
    credential: .operator)

  /// Drafts the correction notice of a published report from its differences.
  package static let correctReport = Endpoint<CorrectReportRequest, Draft>(
    .post, "/office/v1/reports/{report}/correct", operation: "correctReport", credential: .person)

  /// Drafts the report of a year.
  package struct CreateReportRequest: Codable, Hashable, Sendable {
    /// The year, which is over.
    package var year: Int
    /// The last day that is known of, `YYYY-MM-DD`; the last one of the year when absent.
    package var asOf: String?
    /// Agencies that shall confirm it beside those that decided anything that counts.
    package var to: [String]
    /// Agencies that only read it.
    package var cc: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(year: Int, asOf: String? = nil, to: [String] = [], cc: [String] = []) {
      self.year = year
      self.asOf = asOf
      self.to = to
      self.cc = cc
    }
  }

  /// Asks what is otherwise now than in a report.
  package struct ReportDifferencesRequest: Codable, Hashable, Sendable {
    /// The report: id or number of the document, or its dossier.
    package var report: String
    /// The year that the report must be of; any when absent.
    package var year: Int?
    /// The last day that is known of, `YYYY-MM-DD` or `now`; today when absent.
    package var asOf: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(report: String, year: Int? = nil, asOf: String? = nil) {
      self.report = report
      self.year = year
      self.asOf = asOf
    }
  }

  /// Drafts a correction notice.
  package struct CorrectReportRequest: Codable, Hashable, Sendable {
    /// The report: id or number of the document, or its dossier.
    package var report: String
    /// The last day that is known of, `YYYY-MM-DD` or `now`; today when absent.
    package var asOf: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(report: String, asOf: String? = nil) {
      self.report = report
      self.asOf = asOf
    }
  }

  /// What the records held here say otherwise than a report that was issued.
  package struct ReportDifferences: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.report-differences/v1"
    /// The document.
    package var report: String
    /// Its dossier.
    package var dossier: String
    /// Its number.
    package var number: String?
    /// Whose figures they are.
    package var author: String
    /// The year.
    package var year: Int
    /// The last day that the report knew of.
    package var asOf: String
    /// The version of the counting rules.
    package var ruleVersion: Int
    /// Stage of SM10.
    package var stage: String
    /// Who decided anything that counts, and so answers for an extract.
    package var contributors: [String]
    /// Who confirmed this very text.
    package var confirmed: [String]
    /// Who disputes it.
    package var disputed: [String]
    /// Contributors whose last word does not confirm it.
    package var missing: [String]
    /// Whose extract alone is compared here; null for the whole report.
    package var contributor: String?
    /// The last day that is known of now.
    package var comparedAsOf: String
    /// How many of the dossiers compared hold a record of a later build, and so may lack lines.
    package var unreadable: Int
    /// Whose extracts are not here any more, so that their lines are not compared.
    package var lacking: [String]
    /// The figures, each as published and as of now; of an extract what it adds to them.
    package var figures: [ReportFigure]
    /// The lines of evidence that are told otherwise, the first thousand.
    package var differences: [ReportDifference]
    /// There are more figures or differences.
    package var truncated: Bool

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      report: String, dossier: String, number: String? = nil, author: String, year: Int,
      asOf: String, ruleVersion: Int, stage: String, contributors: [String] = [],
      confirmed: [String] = [], disputed: [String] = [], missing: [String] = [],
      contributor: String? = nil, comparedAsOf: String, unreadable: Int = 0,
      lacking: [String] = [], figures: [ReportFigure] = [],
      differences: [ReportDifference] = [], truncated: Bool = false
    ) {
      self.report = report
      self.dossier = dossier
      self.number = number
      self.author = author
      self.year = year
      self.asOf = asOf
      self.ruleVersion = ruleVersion
      self.stage = stage
      self.contributors = contributors
      self.confirmed = confirmed
      self.disputed = disputed
      self.missing = missing
      self.contributor = contributor
      self.comparedAsOf = comparedAsOf
      self.unreadable = unreadable
      self.lacking = lacking
      self.figures = figures
      self.differences = differences
      self.truncated = truncated
    }
  }

  /// One figure of a report, as published and as of now.
  package struct ReportFigure: Codable, Hashable, Sendable {
    /// Its code, such as clueReferred or rectRate.campaign.
    package var code: String
    /// cases, personTimes, times, rate or fen.
    package var unit: String
    /// The published number, numerator or amount in fen.
    package var published: Int
    /// The published denominator of a rate; 0 for a number.
    package var publishedOf: Int
    /// The same as of now.
    package var current: Int
    /// The denominator as of now; 0 for a number.
    package var currentOf: Int
    /// The published number as people read it; empty for a rate of nothing.
    package var publishedText: String
    /// The number as of now as people read it.
    package var currentText: String

    /// Fills the fields.
    package init(
      code: String, unit: String, published: Int, publishedOf: Int, current: Int, currentOf: Int,
      publishedText: String, currentText: String
    ) {
      self.code = code
      self.unit = unit
      self.published = published
      self.publishedOf = publishedOf
      self.current = current
      self.currentOf = currentOf
      self.publishedText = publishedText
      self.currentText = currentText
    }
  }

  /// One line of evidence that a report tells otherwise.
  package struct ReportDifference: Codable, Hashable, Sendable {
    /// The figure.
    package var figure: String
    /// The region it counts for.
    package var region: String
    /// Whose extract it is of.
    package var contributor: String
    /// What stands for the line in the report; null for one that is not in it.
    package var mark: String?
    /// The dossier; null where none held here gives the line.
    package var dossier: String?
    /// The record that is counted.
    package var record: String?
    /// What the line added to the report; null where it is not in it or not known here.
    package var published: Int?
    /// What it adds now; null where it counts no more.
    package var current: Int?
    /// The records that made it so; empty where the records do not say.
    package var causes: [ReportCause]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      figure: String, region: String, contributor: String, mark: String? = nil,
      dossier: String? = nil, record: String? = nil, published: Int? = nil, current: Int? = nil,
      causes: [ReportCause] = []
    ) {
      self.figure = figure
      self.region = region
      self.contributor = contributor
      self.mark = mark
      self.dossier = dossier
      self.record = record
      self.published = published
      self.current = current
      self.causes = causes
    }
  }

  /// A record by which a line of evidence became another one.
  package struct ReportCause: Codable, Hashable, Sendable {
    /// The record.
    package var record: String
    /// The change set that carries it.
    package var changeSet: String
    /// Who wrote it.
    package var author: String
    /// The date that it states.
    package var on: String?
    /// verb, result or form.
    package var type: String
    /// The verb of an act, the kind of a result or the form of a document.
    package var what: String
    /// It revokes a result.
    package var revokes: Bool

    /// Fills the fields; absent flags are off.
    package init(
      record: String, changeSet: String, author: String, on: String? = nil, type: String,
      what: String, revokes: Bool = false
    ) {
      self.record = record
      self.changeSet = changeSet
      self.author = author
      self.on = on
      self.type = type
      self.what = what
      self.revokes = revokes
    }
  }
}
