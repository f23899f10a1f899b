package import Ledger

/// The negentropy protocol version 1 over one set of items, as a pure value.
///
/// Range-based set reconciliation: both sides sort their items; the initiator sends fingerprints
/// of ranges, the responder answers the ranges that differ with finer ones or with the ids. All
/// items carry timestamp 0; bounds with other timestamps are understood. The published document
/// (github.com/hoytech/negentropy, docs/negentropy-protocol-v1.md) gives the bytes; transcripts of
/// the published reference are the vectors of the tests.
///
/// A set of sums asks for items as it needs them: whoever made it passes `reading` with each call.
///
/// ```swift
/// let client = Negentropy(NegentropySet(ours), frameBytesMax: Limits.reconcileFrameBytesMax)
/// var message: [UInt8]? = try client.initiate()
/// while let question = message {
///   message = try client.resume(with: try ask(question), into: &difference)
/// }
/// ```
package struct Negentropy: Sendable {
  /// What the initiator has learnt.
  package struct Difference: Sendable, Equatable {
    /// Items only the initiator has.
    package var have: Set<Hash256>
    /// Items only the responder has.
    package var need: Set<Hash256>

    /// Nothing yet.
    package init() {
      have = []
      need = []
    }

    /// Whether nothing differs, as far as is known.
    var isEmpty: Bool { have.isEmpty && need.isEmpty }
  }

  private let set: NegentropySet
  private let frameBytesMax: Int
  private let itemsMax: Int

  /// Takes the items, the most bytes a message may have, 0 meaning any number, and how many items
  /// of a set of sums may be read for an answer: beyond them it ends as one whose frame is full.
  package init(
    _ set: NegentropySet, frameBytesMax: Int, itemsMax: Int = Limits.itemsPerAnswerMax
  ) {
    precondition(frameBytesMax == 0 || frameBytesMax >= 4096, "a frame holds at least 4 KiB")
    self.set = set
    self.frameBytesMax = frameBytesMax
    self.itemsMax = itemsMax
  }

  /// The number of items.
  var count: Int { self.set.count }

  /// Whether the bounds of a message stand between blocks, so that the sums of these may answer it.
  static func standsBetweenBlocks(_ message: [UInt8]) -> Bool {
    NegentropyReader.bounds(of: message.dropFirst())
      .allSatisfy { $0.leaf.map { $0 & 0xF == 0 } ?? false }
  }

  /// The answer that says that nothing differs.
  static let nothing = [NegentropyFormat.version]

  /// The first message of the initiator.
  ///
  /// - Parameters:
  ///   - isLikelyEqual: whether one fingerprint of everything is said at first, which is least to
  ///     say of equal sets, and takes one more message of others.
  ///   - reading: gives items of a set of sums.
  /// - Returns: the message.
  /// - Throws: `.unreadable` when items are not what their sums say.
  package func initiate(
    isLikelyEqual: Bool = false, reading: NegentropySet.Reading = { _ in nil }
  ) throws(NegentropyFault) -> [UInt8] {
    var output = NegentropyWriter()
    var set = set
    if isLikelyEqual {
      try finish(from: 0, of: &set, reading, &output)
    } else {
      try split(0..<set.count, .start, .infinity, of: &set, reading, into: &output)
    }
    return [NegentropyFormat.version] + output.bytes
  }

  /// The responder's answer; stateless, so any answer may be repeated.
  package func answer(
    _ message: [UInt8], reading: NegentropySet.Reading = { _ in nil }
  ) throws(NegentropyFault) -> [UInt8] {
    guard let version = message.first, NegentropyFormat.versions.contains(version) else {
      throw .malformed
    }
    if version != NegentropyFormat.version { return [NegentropyFormat.version] }
    return try reconcile(message.dropFirst(), learning: nil, reading).message
  }

  /// Takes an answer: adds to the difference, returns the next question, nil at the end.
  package func resume(
    with answer: [UInt8], into difference: inout Difference,
    reading: NegentropySet.Reading = { _ in nil }
  ) throws(NegentropyFault) -> [UInt8]? {
    guard let version = answer.first, NegentropyFormat.versions.contains(version) else {
      throw .malformed
    }
    guard version == NegentropyFormat.version else { throw .unsupported(version: version) }
    let (next, learnt) = try reconcile(
      answer.dropFirst(), learning: difference, reading)
    difference = learnt ?? difference
    return next.count == 1 ? nil : next
  }

  /// Goes through the ranges of a message; `learning` is nil on the responder's side.
  private func reconcile(
    _ message: ArraySlice<UInt8>, learning: Difference?, _ reading: NegentropySet.Reading
  ) throws(NegentropyFault) -> (message: [UInt8], learnt: Difference?) {
    var reader = NegentropyReader(message)
    var output = NegentropyWriter()
    var learnt = learning
    var previous = NegentropyBound.start
    var lower = 0
    var isSkipping = false
    var set = set
    set.expect(
      leavesOf: NegentropyReader.bounds(of: message), upTo: learnt == nil ? itemsMax : .max)
    while !reader.isAtEnd {
      // Whoever asks has chosen what it asks; an answer is of whatever another has put together.
      if learnt == nil, set.readCount > itemsMax {
        if isSkipping { output.append(previous, .skip) }
        try finish(from: lower, of: &set, reading, &output)
        break
      }
      let bound = try reader.bound()
      guard !(bound < previous) else { throw .unordered }
      let mode = try reader.mode()
      var upper = try set.lowerBound(bound, in: lower..<set.count, reading)
      var draft = output.continuation()
      switch mode {
      case .skip:
        isSkipping = true
      case .fingerprint:
        let theirs = try reader.take(NegentropyFormat.fingerprintBytes)
        if try theirs.elementsEqual(set.fingerprint(lower..<upper, reading)) {
          isSkipping = true
          break
        }
        if isSkipping { draft.append(previous, .skip) }
        try split(lower..<upper, previous, bound, of: &set, reading, into: &draft)
        if exceeds(output.count + draft.count + 1) {
          if isSkipping { output.append(previous, .skip) }
          try finish(from: lower, of: &set, reading, &output)
          return ([NegentropyFormat.version] + output.bytes, learnt)
        }
        isSkipping = false
      case .idList:
        if learnt != nil {
          let theirs = try reader.ids()
          isSkipping = true
          compare(try set.items(lower..<upper, reading), with: theirs, into: &learnt)
          break
        }
        // What an asker has it finds out by itself: it is told what is here.
        try reader.passIDs()
        if isSkipping { draft.append(previous, .skip) }
        isSkipping = false
        let end = fitting(lower..<upper, after: output.count + 1)
        try draft.append(end < upper ? set.bound(at: end, reading) : bound, .idList)
        draft.append(ids: try set.items(lower..<end, reading))
        upper = end
      }
      output.append(draft)
      if exceeds(output.count + 1) {
        try finish(from: upper, of: &set, reading, &output)
        break
      }
      lower = upper
      previous = bound
    }
    return ([NegentropyFormat.version] + output.bytes, learnt)
  }

  /// Ends a full frame: one fingerprint of everything from this index on, to be asked for next.
  private func finish(
    from index: Int, of set: inout NegentropySet, _ reading: NegentropySet.Reading,
    _ output: inout NegentropyWriter
  ) throws(NegentropyFault) {
    output.append(.infinity, .fingerprint)
    output.append(fingerprint: try set.fingerprint(index..<set.count, reading))
  }

  /// The ids of a small range, or the fingerprints of the parts of a large one.
  ///
  /// Of a set that is large for 16 parts, a range with many leaves is split where leaves end: no
  /// item is read for that, and the bounds are short.
  private func split(
    _ range: Range<Int>, _ lower: NegentropyBound, _ upper: NegentropyBound,
    of set: inout NegentropySet, _ reading: NegentropySet.Reading,
    into output: inout NegentropyWriter
  ) throws(NegentropyFault) {
    let buckets = NegentropyFormat.parts(of: set.count)
    guard range.count >= buckets * 2 else {
      output.append(upper, .idList)
      output.append(ids: try set.items(range, reading))
      return
    }
    if buckets > NegentropyFormat.parts(of: 0), let first = lower.leaf, let last = upper.leaf,
      last - first >= buckets
    {
      var start = range.lowerBound
      for part in 1...buckets {
        let end = NegentropyBound(before: first + (last - first) * part / buckets)
        let index =
          part == buckets
          ? range.upperBound : try set.lowerBound(end, in: start..<range.upperBound, reading)
        output.append(part == buckets ? upper : end, .fingerprint)
        output.append(fingerprint: try set.fingerprint(start..<index, reading))
        start = index
      }
      return
    }
    var ends: [Int] = []
    for bucket in 0..<buckets {
      let size = range.count / buckets + (bucket < range.count % buckets ? 1 : 0)
      ends.append((ends.last ?? range.lowerBound) + size)
    }
    try set.read(around: ends.dropLast(), reading)
    var start = range.lowerBound
    for end in ends {
      let isLast = end == range.upperBound
      try output.append(isLast ? upper : set.minimalBound(before: end, reading), .fingerprint)
      output.append(fingerprint: try set.fingerprint(start..<end, reading))
      start = end
    }
  }

  private func compare(
    _ ours: [NegentropyItem], with theirs: [NegentropyItem], into learnt: inout Difference?
  ) {
    var unseen = Set(theirs)
    for item in ours where unseen.remove(item) == nil { learnt?.have.insert(item.hash) }
    for item in unseen { learnt?.need.insert(item.hash) }
  }

  /// The end of the ids that still fit the frame.
  private func fitting(_ range: Range<Int>, after byteCount: Int) -> Int {
    guard frameBytesMax > 0 else { return range.upperBound }
    let free = frameBytesMax - NegentropyFormat.frameReserve - byteCount
    let room = free < 0 ? 0 : free / NegentropyFormat.idBytes + 1
    return min(range.upperBound, range.lowerBound + room)
  }

  private func exceeds(_ byteCount: Int) -> Bool {
    frameBytesMax > 0 && byteCount > frameBytesMax - NegentropyFormat.frameReserve
  }
}
