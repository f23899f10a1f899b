/// How large a page may be on this line, so that no page keeps a letter waiting behind it for long.
///
/// Only full pages tell anything about the line. One that took over ``Limits/pageTimeMax`` halves
/// the next, one that took less than half of that doubles it.
///
/// ```swift
/// var pace = PagePace()
/// pace.bytesMax                                  // 256 KiB
/// pace.took(256 << 10, in: .milliseconds(40))    // 512 KiB from now on
/// ```
package struct PagePace: Sendable, Equatable {
  /// The most bytes of the next page.
  package private(set) var bytesMax = Limits.pageBytesFirst

  /// Starts without knowing the line.
  package init() {}

  /// Whether a page of so many bytes left little room: more waits behind it.
  package func isFull(_ bytes: Int) -> Bool { 2 * bytes >= bytesMax }

  /// Notes how long a page took until it was durable.
  package mutating func took(_ bytes: Int, in time: Duration) {
    guard isFull(bytes) else { return }
    if time > Limits.pageTimeMax {
      lost()
    } else if time * 2 <= Limits.pageTimeMax {
      bytesMax = min(2 * bytesMax, Limits.pageBytesMax)
    }
  }

  /// Notes that a page did not come through.
  package mutating func lost() {
    bytesMax = max(bytesMax / 2, Limits.pageBytesMin)
  }
}
