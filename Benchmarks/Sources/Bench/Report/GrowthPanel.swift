import Foundation

/// One half of the plot of W8: a pair of axes with the curves that share them.
struct GrowthPanel {
  /// What stands above it.
  let title: String
  /// What grows to the right, with its unit.
  let sizes: String
  /// What is drawn upwards, with its unit.
  let costs: String
  /// The curves, each with its name and its measures.
  let curves: [(curve: GrowthPoint.Curve, name: String)]
  /// The measures of all curves.
  let work: [WorkResult]
  /// Where its left edge stands.
  let left: Double

  static let size = (width: 380.0, height: 380.0)
  /// The corners of the axes, from the left edge and from above.
  private static let frame = (left: 70.0, right: 364.0, top: 76.0, bottom: 300.0)
  /// What the first and the last place keep from the corners.
  private static let inset = 28.0

  /// Its elements.
  func elements() -> [String] {
    let points = points
    let middle = (across(Self.frame.left) + across(Self.frame.right)) / 2
    var lines = [SVG.text(title, x: middle, y: 24, size: 15)]
    lines += grid() + labels(middle)
    if points.isEmpty {
      lines.append(SVG.text("no figure", x: middle, y: 190, size: 13))
    }
    for (place, entry) in curves.enumerated() {
      lines += line(entry.curve, points.filter { $0.point.curve == entry.curve })
      if curves.count > 1 {
        let y = 44 + 16 * Double(place)
        lines.append(SVG.mark(entry.curve, x: across(Self.frame.left) + 6, y: y - 4))
        lines.append(
          SVG.text(entry.name, x: across(Self.frame.left) + 18, y: y, size: 12, "start"))
      }
    }
    return lines
  }

  /// What it shows in words.
  func words() -> [String] {
    work.map { result in
      let figures = result.ours.map(Self.words) ?? "no figure, for rows differed"
      return "\(result.measure): \(figures) \(result.ours == nil ? "" : result.unit)"
        .trimmingCharacters(in: .whitespaces)
    }
  }

  private static func words(_ spread: Spread) -> String {
    "\(SVG.number(spread.median)) (\(SVG.number(spread.min))–\(SVG.number(spread.max)))"
  }

  private var points: [(point: GrowthPoint, spread: Spread)] {
    work.compactMap { result in
      guard let point = result.point, let spread = result.ours else { return nil }
      return (point, spread)
    }.sorted { $0.point.size < $1.point.size }
  }

  private var scale: PlotScale { PlotScale(upTo: points.map(\.spread.max).max() ?? 0) }

  /// From the left edge of the plot.
  private func across(_ x: Double) -> Double { left + x }

  /// Upwards from zero.
  private func y(_ cost: Double) -> Double {
    Self.frame.bottom - (Self.frame.bottom - Self.frame.top) * cost / scale.top
  }

  /// To the right by orders of magnitude.
  private func x(_ size: Int) -> Double {
    let sizes = work.compactMap(\.point?.size)
    let (least, most) = (Double(sizes.min() ?? 1), Double(sizes.max() ?? 1))
    let part = most > least ? log(Double(size) / least) / log(most / least) : 0.5
    let width = Self.frame.right - Self.frame.left - 2 * Self.inset
    return across(Self.frame.left + Self.inset + width * part)
  }

  private func grid() -> [String] {
    scale.lines.flatMap { cost in
      [
        SVG.line(
          across(Self.frame.left), y(cost), across(Self.frame.right), y(cost),
          cost == 0 ? "#333" : "#ccc"),
        SVG.text(
          SVG.number(cost), x: across(Self.frame.left - 6), y: y(cost) + 4, size: 11, "end"),
      ]
    } + [
      SVG.line(
        across(Self.frame.left), Self.frame.top, across(Self.frame.left), Self.frame.bottom,
        "#333")
    ]
  }

  private func labels(_ middle: Double) -> [String] {
    Set(work.compactMap(\.point?.size)).sorted().map { size in
      SVG.text(SVG.number(Double(size)), x: x(size), y: Self.frame.bottom + 18, size: 11)
    } + [
      SVG.text(sizes, x: middle, y: Self.frame.bottom + 38, size: 12),
      SVG.upright(costs, x: across(16), y: (Self.frame.top + Self.frame.bottom) / 2, size: 12),
    ]
  }

  /// The medians joined, each with its ends and its mark.
  private func line(
    _ curve: GrowthPoint.Curve, _ points: [(point: GrowthPoint, spread: Spread)]
  ) -> [String] {
    guard points.count > 0 else { return [] }
    let places = points.map { (x: x($0.point.size), y: y($0.spread.median)) }
    return [SVG.path(through: places, SVG.colour(curve))]
      + zip(points, places).map { entry, place in
        let ends = (y(entry.spread.min) - place.y, y(entry.spread.max) - place.y)
        return """
          <g id="\(curve.rawValue)-\(entry.point.size)" \
          transform="translate(\(SVG.place(place.x)) \(SVG.place(place.y)))">\
          <title>\(SVG.number(Double(entry.point.size))): \(Self.words(entry.spread))</title>\
          \(SVG.line(0, ends.0, 0, ends.1, SVG.colour(curve)))\(SVG.mark(curve, x: 0, y: 0))</g>
          """
      }
  }
}
