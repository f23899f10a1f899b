import Foundation

/// The few elements of SVG that a plot is made of.
enum SVG {
  /// Text as it stands between tags and in attributes.
  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;")
      .replacingOccurrences(of: "\"", with: "&quot;")
  }

  /// A coordinate, to a tenth.
  static func place(_ value: Double) -> String { String(format: "%.1f", value) }

  /// A number for people: three digits that matter, thousands apart.
  static func number(_ value: Double) -> String {
    if value != value.rounded(), abs(value) < 100 {
      return String(format: abs(value) < 10 ? "%.2f" : "%.1f", value)
    }
    let digits = Array(String(format: "%.0f", abs(value)))
    let apart = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
    return value < 0 ? "-\(apart)" : apart
  }

  /// The colour of a curve: three that stay apart without red and green.
  static func colour(_ curve: GrowthPoint.Curve) -> String {
    switch curve {
    case .log: "#00539c"
    case .reader: "#00539c"
    case .writer: "#b34700"
    }
  }

  /// The mark of a curve: a disc, a square or a triangle.
  static func mark(_ curve: GrowthPoint.Curve, x: Double, y: Double) -> String {
    let (x, y, colour) = (x, y, colour(curve))
    return switch curve {
    case .log: "<circle cx=\"\(place(x))\" cy=\"\(place(y))\" r=\"4\" fill=\"\(colour)\"/>"
    case .reader:
      """
      <rect x="\(place(x - 4))" y="\(place(y - 4))" width="8" height="8" fill="\(colour)"/>
      """
    case .writer:
      """
      <path d="M\(place(x - 5)) \(place(y + 4))h10l-5 -9z" fill="\(colour)"/>
      """
    }
  }

  /// A straight line.
  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String
  ) -> String {
    """
    <line x1="\(place(x1))" y1="\(place(y1))" x2="\(place(x2))" y2="\(place(y2))" \
    stroke="\(colour)"/>
    """
  }

  /// A line through places, from left to right.
  static func path(through places: [(x: Double, y: Double)], _ colour: String) -> String {
    let points = places.map { "\(place($0.x)),\(place($0.y))" }.joined(separator: " ")
    return "<polyline points=\"\(points)\" fill=\"none\" stroke=\"\(colour)\"/>"
  }

  /// A text by its middle, its start or its end.
  static func text(
    _ text: String, x: Double, y: Double, size: Int, _ anchor: String = "middle"
  ) -> String {
    """
    <text x="\(place(x))" y="\(place(y))" font-size="\(size)" text-anchor="\(anchor)">\
    \(escaped(text))</text>
    """
  }

  /// A text that is read from below upwards.
  static func upright(_ text: String, x: Double, y: Double, size: Int) -> String {
    """
    <text transform="translate(\(place(x)) \(place(y))) rotate(-90)" font-size="\(size)" \
    text-anchor="middle">\(escaped(text))</text>
    """
  }
}
