/// Where a measure of W8 stands in the plot of it.
struct GrowthPoint: Equatable {
  /// What its neighbours measure too.
  enum Curve: String, CaseIterable {
    /// The time of a catch-up, by the length of the log.
    case log
    /// The processor time of a reader, by the number of nodes.
    case reader
    /// The processor time of the writer for each reader, by the number of nodes.
    case writer
  }

  let curve: Curve
  /// Change sets in the log, or nodes.
  let size: Int
}

extension WorkResult {
  /// The same line with its place in the plot.
  func plotted(_ curve: GrowthPoint.Curve, at size: Int) -> WorkResult {
    var result = self
    result.point = GrowthPoint(curve: curve, size: size)
    return result
  }
}
