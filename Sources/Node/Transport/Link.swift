import Synchronization

/// Whether this node talks to its peers at all; cut only in demonstrations, on sample nodes.
///
/// While it is cut, requests to peers fail at once and requests of peers get no answer, as if the
/// cable had been pulled. A restart mends it.
package final class Link: Sendable {
  private let cut = Mutex(false)

  /// Makes a whole link.
  package init() {}

  /// Whether it is cut.
  package var isCut: Bool { cut.withLock { $0 } }

  /// Cuts or mends it.
  package func set(isCut: Bool) {
    cut.withLock { $0 = isCut }
  }
}
