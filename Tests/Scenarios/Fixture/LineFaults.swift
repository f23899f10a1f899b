/// What is wrong with a line; by itself a line has no fault.
struct LineFaults: Sendable {
  /// Which way bytes go over a connection.
  enum Direction: Sendable, CaseIterable {
    /// From who opened the connection.
    case request
    /// To who opened it.
    case answer
  }

  /// What happens behind a byte of a connection.
  enum Ending: Sendable {
    /// Both ends see the connection closed.
    case closed
    /// Both ends see it reset.
    case reset
    /// Nothing more passes either way, and neither end hears of it.
    case silence
  }

  /// Every connection ends when so many bytes have passed in a direction.
  struct Limit: Sendable {
    var bytes: Int
    var direction: Direction
    var ending: Ending
  }

  /// Where every connection ends.
  var limit: Limit?
  /// How long every byte is on its way.
  var latency: Duration = .zero
  /// How many bytes a second pass in each direction of a connection.
  var bytesPerSecond: Int?
  /// How many bytes are handed on at once.
  var sliceBytes: Int?

  /// Connections end behind a byte.
  static func ending(
    _ ending: Ending, after bytes: Int, of direction: Direction
  ) -> LineFaults {
    LineFaults(limit: Limit(bytes: bytes, direction: direction, ending: ending))
  }
}
