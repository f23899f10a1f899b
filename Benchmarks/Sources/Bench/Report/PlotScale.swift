import Foundation

/// An axis from zero on, divided by round numbers.
struct PlotScale {
  /// What the axis ends with: a multiple of the step.
  let top: Double
  /// From one line of the grid to the next: 1, 2 or 5 with zeros.
  let step: Double

  /// An axis with room for a value, in three to nine steps.
  init(upTo value: Double) {
    let most = value > 0 && value.isFinite ? value : 1
    let unit = pow(10, log10(most / 8).rounded(.down))
    let round = [1, 2, 5].first { $0 * unit >= most / 8 } ?? 10
    step = round * unit
    // What is a multiple but for the last digit takes no further step.
    top = (most / step - 1e-9).rounded(.up) * step
  }

  /// The lines of the grid, zero first.
  var lines: [Double] { (0...Int((top / step).rounded())).map { Double($0) * step } }
}
