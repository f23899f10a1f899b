extension API {
  /// Lists the plans of a year, item by item.
  package static let plans = Endpoint<PlansRequest, Plans>(
    .get, "/office/v1/report/plan", operation: "plans", credential: .operator)

  /// Lists the plans of a year.
  package struct PlansRequest: Codable, Hashable, Sendable {
    /// The year of the plans, by their dates; this one when absent.
    package var year: Int?
    /// As of the end of this day, `YYYY-MM-DD` or `now`; today when absent.
    package var asOf: String?
    /// Of this unit alone.
    package var unit: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int? = nil, asOf: String? = nil, unit: String? = nil, page: Int? = nil,
      limit: Int? = nil
    ) {
      self.year = year
      self.asOf = asOf
      self.unit = unit
      self.page = page
      self.limit = limit
    }
  }

  /// The plans of a year: what is planned, what is approved, and what is done.
  package struct Plans: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.plans/v1"
    /// The year.
    package var year: Int
    /// As of the end of this day.
    package var asOf: String
    /// Items of approved plans.
    package var planned: Int
    /// Those of them whose inspections are completed.
    package var done: Int
    /// Items, by author, plan and number.
    package var items: [PlanLine]
    /// There is more than the node puts in order at once; ask for one unit.
    package var truncated: Bool
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      year: Int, asOf: String, planned: Int = 0, done: Int = 0, items: [PlanLine] = [],
      truncated: Bool = false, next: Int? = nil
    ) {
      self.year = year
      self.asOf = asOf
      self.planned = planned
      self.done = done
      self.items = items
      self.truncated = truncated
      self.next = next
    }
  }

  /// One item of a plan.
  package struct PlanLine: Codable, Hashable, Sendable {
    /// The item.
    package var item: String
    /// The plan.
    package var plan: String
    /// Its number.
    package var number: String
    /// Whose plan it is.
    package var author: String
    /// Its place in the plan, from 1.
    package var position: Int
    /// What is planned.
    package var text: String
    /// Which unit.
    package var unit: String?
    /// Who takes part.
    package var coUnits: [String]
    /// By when.
    package var dueOn: String?
    /// The number by which those above approved the plan; null before they did.
    package var approval: String?
    /// Addressees of the plan that object to it.
    package var disputed: [String]
    /// Inspections that name the item, by dossier.
    package var inspections: [String]
    /// The stage of the one that is furthest; null while there is none.
    package var stage: String?
    /// It is completed.
    package var done: Bool
    /// Items of other authors' plans of the year for the same unit (多头督查).
    package var overlaps: [String]

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      item: String, plan: String, number: String, author: String, position: Int, text: String,
      unit: String? = nil, coUnits: [String] = [], dueOn: String? = nil, approval: String? = nil,
      disputed: [String] = [], inspections: [String] = [], stage: String? = nil,
      done: Bool = false, overlaps: [String] = []
    ) {
      self.item = item
      self.plan = plan
      self.number = number
      self.author = author
      self.position = position
      self.text = text
      self.unit = unit
      self.coUnits = coUnits
      self.dueOn = dueOn
      self.approval = approval
      self.disputed = disputed
      self.inspections = inspections
      self.stage = stage
      self.done = done
      self.overlaps = overlaps
    }
  }
}
