/// How far a long command is, on standard error: a bar on a terminal, else a line now and then.
///
/// Nothing of it goes to standard output, which belongs to the answer.
struct ProgressLine {
  /// How often a line is written where nobody watches.
  static let every = Duration.seconds(30)
  /// How often a bar is drawn anew, at most.
  static let redrawnEvery = Duration.milliseconds(200)
  /// The signs of a bar.
  static let width = 24

  private let isTerminal: Bool
  private let write: (String) -> Void
  private var last: ContinuousClock.Instant
  private var isDrawn = false

  /// Begins; the first line where nobody watches comes after `every`.
  ///
  /// - Parameters:
  ///   - isTerminal: whether standard error is one.
  ///   - now: when the command began.
  ///   - write: takes text as it is to be written, with its newline where it has one.
  init(
    isTerminal: Bool, at now: ContinuousClock.Instant = .now, write: @escaping (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.write = write
    last = isTerminal ? now - Self.redrawnEvery : now
  }

  /// Says how far it is, when it is time to.
  mutating func show(
    _ fraction: Double, _ text: @autoclosure () -> String,
    at now: ContinuousClock.Instant = .now
  ) {
    guard now - last >= (isTerminal ? Self.redrawnEvery : Self.every) else { return }
    last = now
    guard isTerminal else { return write("\(text())\n") }
    isDrawn = true
    let full = Int((Double(Self.width) * min(max(fraction, 0), 1)).rounded())
    let bar = String(repeating: "#", count: full)
    let rest = String(repeating: ".", count: Self.width - full)
    write("\r\u{1B}[K[\(bar)\(rest)] \(text())")
  }

  /// Takes the bar away.
  mutating func end() {
    guard isDrawn else { return }
    isDrawn = false
    write("\r\u{1B}[K")
  }
}
