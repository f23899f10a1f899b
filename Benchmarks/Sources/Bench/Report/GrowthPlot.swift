/// What W8 measured as one SVG for the documentation: what a change set costs, by the length of
/// the log and by the number of nodes.
///
/// It is plain: no script, no font and no style from elsewhere. Its description says every figure
/// for whoever hears it, and its curves differ by their marks and not by colour alone.
struct GrowthPlot {
  private let panels: [GrowthPanel]
  private let caption: String

  /// The plot of the measures of W8 among these; the caption says where they come from.
  init(_ work: [WorkResult], caption: String) throws {
    self.caption = caption
    func measures(_ curves: [GrowthPoint.Curve]) -> [WorkResult] {
      work.filter { result in result.point.map { curves.contains($0.curve) } ?? false }
    }
    let (logs, nodes) = (measures([.log]), measures([.reader, .writer]))
    guard !logs.isEmpty || !nodes.isEmpty else {
      throw BenchError("a plot shows W8, which is not among what was measured")
    }
    panels = [
      GrowthPanel(
        title: "Catch-up by the length of the log", sizes: "change sets in the log before",
        costs: "µs per change set", curves: [(.log, "catch-up")], work: logs, left: 0),
      GrowthPanel(
        title: "Processor time by the number of nodes", sizes: "nodes",
        costs: "µs per change set and reader",
        curves: [(.reader, "a reader"), (.writer, "the writer, for each reader")], work: nodes,
        left: GrowthPanel.size.width),
    ]
  }

  /// The whole file.
  func svg() -> String {
    let width = GrowthPanel.size.width * Double(panels.count)
    let height = GrowthPanel.size.height
    let size = "\(SVG.place(width))\" height=\"\(SVG.place(height))"
    let box = "0 0 \(SVG.place(width)) \(SVG.place(height))"
    let words = panels.flatMap { $0.words() }.joined(separator: ". ")
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size)" viewBox="\(box)" role="img" \
      aria-labelledby="title description" font-family="sans-serif" fill="#111">
      """,
      "<title id=\"title\">What a change set costs as guantong grows</title>",
      """
      <desc id="description">\(SVG.escaped("Medians, with the least and the most. \(words)."))\
      </desc>
      """,
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
    ]
    lines += panels.flatMap { $0.elements() }
    lines.append(SVG.text(caption, x: width / 2, y: height - 14, size: 10))
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }
}
