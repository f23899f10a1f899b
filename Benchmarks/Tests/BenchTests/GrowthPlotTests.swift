import Foundation
import FoundationXML
import Testing

@testable import Bench

@Suite struct GrowthPlotTests {
  private func measure(
    _ curve: GrowthPoint.Curve, at size: Int, _ values: [Double], areEqual: Bool = true
  ) throws -> WorkResult {
    try WorkResult(
      "W8", "\(curve) of \(size)", unit: "µs/change set", ours: values, areEqual: areEqual,
      goal: "constant", isMet: { _ in true }
    ).plotted(curve, at: size)
  }

  private func growth() throws -> [WorkResult] {
    [
      try measure(.log, at: 10_000, [100, 80, 120]),
      try measure(.log, at: 100_000, [200, 200, 200]),
      try measure(.log, at: 1_000_000, [400, 300, 500]),
      try measure(.reader, at: 2, [10, 10, 10]),
      try measure(.reader, at: 16, [20, 20, 20]),
      try measure(.writer, at: 2, [5, 5, 5]),
      try measure(.writer, at: 16, [5, 5, 5]),
    ]
  }

  private func drawing(_ work: [WorkResult], caption: String = "a run") throws -> Drawing {
    try Drawing(GrowthPlot(work, caption: caption).svg())
  }

  @Test func `a plot is lawful XML that says what it is and runs nothing`() throws {
    let drawing = try drawing(growth(), caption: "a <run> & \"more\"")
    #expect(drawing.elements.first?.name == "svg")
    #expect(drawing.elements.first?.attributes["role"] == "img")
    #expect(drawing.elements.first?.attributes["aria-labelledby"] == "title description")
    #expect(drawing.texts["title"] == "What a change set costs as guantong grows")
    #expect(drawing.texts["description"]?.contains("log of 1000000: 400 (300–500)") == true)
    #expect(drawing.said.contains("a <run> & \"more\""))
    let names = Set(drawing.elements.map(\.name))
    #expect(
      names.isSubset(of: [
        "svg", "title", "desc", "rect", "line", "text", "g", "circle", "path", "polyline",
      ]))
    let attributes = Set(drawing.elements.flatMap(\.attributes.keys))
    #expect(!attributes.contains { $0.hasPrefix("on") || $0.hasSuffix("href") || $0 == "style" })
  }

  @Test func `a cost stands as high as it is and a size by its order of magnitude`() throws {
    let drawing = try drawing(growth())
    let least = try #require(drawing.place(of: "log-10000"))
    let middle = try #require(drawing.place(of: "log-100000"))
    let most = try #require(drawing.place(of: "log-1000000"))
    #expect(abs((middle.x - least.x) - (most.x - middle.x)) < 0.2)
    // From 100 to 200 is half of what it is from 200 to 400.
    #expect(abs(2 * (least.y - middle.y) - (middle.y - most.y)) < 0.4)
    // Zero is where the axis is: as far below 100 as 200 is above.
    #expect(abs(least.y + (least.y - middle.y) - 300) < 0.4)
  }

  @Test func `a line reaches from the least to the most`() throws {
    let drawing = try drawing(growth())
    let ends = try #require(drawing.ends(of: "log-1000000"))
    let (least, middle) = (drawing.place(of: "log-10000"), drawing.place(of: "log-100000"))
    let hundred = try #require(least).y - #require(middle).y
    #expect(abs(ends.least - hundred) < 0.2)
    #expect(abs(ends.most + hundred) < 0.2)
    let none = try #require(drawing.ends(of: "log-100000"))
    #expect(none == (0, 0))
  }

  @Test func `the halves stand beside each other and share no scale`() throws {
    let drawing = try drawing(growth())
    let log = try #require(drawing.place(of: "log-1000000"))
    let reader = try #require(drawing.place(of: "reader-2"))
    let writer = try #require(drawing.place(of: "writer-2"))
    #expect(log.x < 380)
    #expect(reader.x > 380)
    #expect(writer.x == reader.x)
    #expect(reader.y < writer.y)
    #expect(try #require(drawing.place(of: "writer-16")).y == writer.y)
  }

  @Test func `where rows differ nothing is drawn and the words say so`() throws {
    let drawing = try drawing([
      measure(.log, at: 10, [1]), measure(.log, at: 100, [1], areEqual: false),
    ])
    #expect(drawing.place(of: "log-10") != nil)
    #expect(drawing.place(of: "log-100") == nil)
    #expect(drawing.texts["description"]?.contains("log of 100: no figure") == true)
    #expect(drawing.said.contains("no figure"))
  }

  @Test func `without a measure of W8 there is no plot`() throws {
    let other = try WorkResult(
      "W6", "self-check", unit: "rows/s", ours: [1], areEqual: true, goal: "", isMet: { _ in true })
    #expect(throws: BenchError.self) { try GrowthPlot([other], caption: "") }
  }

  @Test(arguments: [0.031, 0.7, 1, 9.99, 10, 812, 1_000, 123_456])
  func `an axis has a few round steps and room for the value`(value: Double) {
    let scale = PlotScale(upTo: value)
    #expect(scale.top >= value * 0.999_999)
    #expect(scale.top < value + scale.step)
    #expect((4...9).contains(scale.lines.count))
    let digits = String(format: "%.0e", scale.step).first
    #expect(digits.map { "125".contains($0) } == true)
  }

  @Test func `numbers are short and their thousands stand apart`() {
    #expect(SVG.number(1_000_000) == "1,000,000")
    #expect(SVG.number(812.4) == "812")
    #expect(SVG.number(12.34) == "12.3")
    #expect(SVG.number(0.5) == "0.50")
    #expect(SVG.number(0) == "0")
  }
}

/// What an SVG has, read by a parser that refuses what is no XML.
private final class Drawing: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The id of the group it stands in.
    let group: String?
  }

  private(set) var elements: [Element] = []
  /// The text of each element that has an id.
  private(set) var texts: [String: String] = [:]
  /// All texts.
  private(set) var said: [String] = []
  private var open: [Element] = []

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw BenchError("no XML: \(parser.parserError.map { "\($0)" } ?? "")")
    }
  }

  /// Where the point of a measure stands.
  func place(of id: String) -> (x: Double, y: Double)? {
    let group = elements.first { $0.name == "g" && $0.attributes["id"] == id }
    let numbers = group?.attributes["transform"]?.dropFirst("translate(".count).dropLast()
      .split(separator: " ").compactMap { Double($0) }
    guard let numbers, numbers.count == 2 else { return nil }
    return (numbers[0], numbers[1])
  }

  /// How far below and above the point its line ends.
  func ends(of id: String) -> (least: Double, most: Double)? {
    let line = elements.first { $0.name == "line" && $0.group == id }
    guard let y1 = line?.attributes["y1"].flatMap({ Double($0) }),
      let y2 = line?.attributes["y2"].flatMap({ Double($0) })
    else { return nil }
    return (y1, y2)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let group = open.last { $0.name == "g" }?.attributes["id"]
    let element = Element(name: name, attributes: attributes, group: group)
    elements.append(element)
    open.append(element)
    if name == "text" { said.append("") }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let id = open.last?.attributes["id"] { texts[id, default: ""] += string }
    if open.last?.name == "text" { said[said.count - 1] += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
