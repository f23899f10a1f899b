extension API {
  /// Lists the points that an assessment takes off.
  package static let deductions = Endpoint<OverdueRequest, Deductions>(
    .get, "/office/v1/report/deductions", operation: "deductions", credential: .operator)

  /// Drafts the assessment of a unit with its lines.
  package static let assess = Endpoint<AssessRequest, Draft>(
    .post, "/office/v1/assessments", operation: "assess", credential: .person)

  /// Drafts the assessment of a unit.
  package struct AssessRequest: Codable, Hashable, Sendable {
    /// The unit that points are taken off.
    package var unit: String
    /// The last day that is known of, `YYYY-MM-DD` or `now`; today when absent.
    package var asOf: String?
    /// Clues, or results of them, by which the unit is held accountable; then those alone make the
    /// lines, and the paper is not addressed to the unit.
    package var cases: [String]
    /// Agencies that get a copy.
    package var cc: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(unit: String, asOf: String? = nil, cases: [String] = [], cc: [String] = []) {
      self.unit = unit
      self.asOf = asOf
      self.cases = cases
      self.cc = cc
    }
  }

  /// The points that assessments take off: what was issued, and what is still to be assessed.
  package struct Deductions: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.deductions/v1"
    /// As of the end of this day.
    package var asOf: String
    /// The sums of each unit, ascending by its code.
    package var units: [DeductionUnit]
    /// The lines, by unit, then rule and record.
    package var lines: [DeductionLine]
    /// There is more than the node puts in order at once; ask for one region or unit.
    package var truncated: Bool
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      asOf: String, units: [DeductionUnit] = [], lines: [DeductionLine] = [],
      truncated: Bool = false, next: Int? = nil
    ) {
      self.asOf = asOf
      self.units = units
      self.lines = lines
      self.truncated = truncated
      self.next = next
    }
  }

  /// What is taken off one unit.
  package struct DeductionUnit: Codable, Hashable, Sendable {
    /// The unit.
    package var unit: String
    /// Lines that stand in an assessment that was issued.
    package var assessed: Int
    /// What they take off, in hundredths of a point.
    package var points: Int
    /// Lines that no assessment has yet.
    package var open: Int
    /// What those would take off, in hundredths of a point.
    package var openPoints: Int

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      unit: String, assessed: Int = 0, points: Int = 0, open: Int = 0, openPoints: Int = 0
    ) {
      self.unit = unit
      self.assessed = assessed
      self.points = points
      self.open = open
      self.openPoints = openPoints
    }
  }

  /// One line of an assessment, issued or still to be assessed.
  package struct DeductionLine: Codable, Hashable, Sendable {
    /// The unit.
    package var unit: String
    /// overdue, longOverdue, rejected, relapsed or accountable.
    package var rule: String
    /// Hundredths of a point.
    package var points: Int
    /// The record that it rests on: the item, letter, cover or result.
    package var record: String
    /// The dossier of that record; null where the line stands in an assessment alone.
    package var dossier: String?
    /// Its number.
    package var number: String?
    /// Days past the date; 0 when it is not overdue, or not known.
    package var days: Int
    /// The text of the item or of the line of the assessment, the number of the letter or the kind
    /// of the dossier.
    package var text: String
    /// The assessment that has the line; null where none has.
    package var assessment: String?
    /// Its number.
    package var assessmentNumber: String?
    /// Who issued it.
    package var author: String?
    /// Where it stands: compiled, published or corrected.
    package var stage: String?
    /// What the unit said last: confirmed or disputed; null before it said anything.
    package var said: String?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      unit: String, rule: String, points: Int, record: String, dossier: String? = nil,
      number: String? = nil, days: Int = 0, text: String, assessment: String? = nil,
      assessmentNumber: String? = nil, author: String? = nil, stage: String? = nil,
      said: String? = nil
    ) {
      self.unit = unit
      self.rule = rule
      self.points = points
      self.record = record
      self.dossier = dossier
      self.number = number
      self.days = days
      self.text = text
      self.assessment = assessment
      self.assessmentNumber = assessmentNumber
      self.author = author
      self.stage = stage
      self.said = said
    }
  }
}
