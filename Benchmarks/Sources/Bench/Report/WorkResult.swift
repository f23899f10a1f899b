/// One line of the sheet: one measure of one work item beside one peer.
struct WorkResult: Encodable {
  /// The work item, W1 to W11.
  let id: String
  /// What was measured of it.
  let measure: String
  /// Beside whom; nil where there is nobody to compare with.
  var peer: String?
  /// In what the figures are.
  let unit: String
  /// How many times each side ran after its warm-up.
  let pairs: Int
  /// Ours; nil when rows differed in a run.
  var ours: Spread?
  /// The peer's; nil without one, or when rows differed in a run.
  var theirs: Spread?
  /// Our median by the peer's.
  var ratio: Double?
  /// Whether after every run both sides had the same rows.
  let equalRows: Bool
  /// What is aimed at, in words.
  let goal: String
  /// Whether it is reached.
  let met: Bool
  /// Where it stands in the plot of W8; not a field of the sheet.
  var point: GrowthPoint?

  /// The line of a measure without a peer.
  init(
    _ id: String, _ measure: String, unit: String, ours: [Double], areEqual: Bool,
    goal: String, isMet: (Double) -> Bool
  ) throws {
    (self.id, self.measure, self.unit, self.goal) = (id, measure, unit, goal)
    pairs = ours.count
    equalRows = areEqual
    self.ours = areEqual ? try Spread(ours) : nil
    met = self.ours.map { isMet($0.median) } ?? false
  }

  /// The line of a measure beside a peer; `isMet` is told our median and the ratio.
  init(
    _ id: String, _ measure: String, beside peer: String, unit: String, ours: [Double],
    theirs: [Double], areEqual: Bool, goal: String, isMet: (Double, Double) -> Bool
  ) throws {
    (self.id, self.measure, self.peer, self.unit, self.goal) = (id, measure, peer, unit, goal)
    pairs = min(ours.count, theirs.count)
    equalRows = areEqual
    guard areEqual else {
      met = false
      return
    }
    let (own, other) = (try Spread(ours), try Spread(theirs))
    (self.ours, self.theirs) = (own, other)
    ratio = own.median / other.median
    met = isMet(own.median, own.median / other.median)
  }

  private enum CodingKeys: CodingKey {
    case id, measure, peer, unit, pairs, ours, theirs, ratio, equalRows, goal, met
  }

  /// Fields without a value are there as null.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(measure, forKey: .measure)
    try fields.encode(peer, forKey: .peer)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(pairs, forKey: .pairs)
    try fields.encode(ours, forKey: .ours)
    try fields.encode(theirs, forKey: .theirs)
    try fields.encode(ratio, forKey: .ratio)
    try fields.encode(equalRows, forKey: .equalRows)
    try fields.encode(goal, forKey: .goal)
    try fields.encode(met, forKey: .met)
  }
}
