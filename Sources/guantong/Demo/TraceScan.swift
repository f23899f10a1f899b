/// Looks for traces of secrets in the files of a node: as bytes, in hexadecimal and in base64.
///
/// A trace is any of the given byte strings in one of its spellings, anywhere in a file, across
/// the boundaries of what is read at once. Every file below the directory is read to its end;
/// a file that vanishes meanwhile (PostgreSQL recycles its own) is passed over.
///
/// Cost: one pass over the bytes with a filter on eight bytes, so the number of secrets hardly
/// matters; memory is one chunk, whatever the size of the files.
struct TraceScan {
  /// A spelling of a secret that was found.
  struct Trace: Equatable {
    let secret: String
    let spelling: Spelling
    let path: String
    let offset: Int
  }

  /// What a look has found.
  struct Findings {
    /// The first `tracesMax` traces.
    private(set) var traces: [Trace] = []
    /// The names of all secrets that were found.
    private(set) var secrets: Set<String> = []

    mutating func add(_ trace: Trace) {
      secrets.insert(trace.secret)
      if traces.count < TraceScan.tracesMax, traces.last != trace { traces.append(trace) }
    }
  }

  /// How a secret can be written.
  enum Spelling: String {
    case bytes, hex, upperHex, base64
  }

  /// Bytes read at once.
  static let chunkBytes = 1 << 20
  /// Traces reported at most.
  static let tracesMax = 100
  /// The shortest byte string worth looking for; shorter ones occur by chance.
  static let secretBytesMin = 8

  private struct Pattern {
    let bytes: [UInt8]
    let secret: String
    let spelling: Spelling
  }

  /// The names of all secrets.
  private(set) var secrets: Set<String> = []
  private var patterns: [UInt64: [Pattern]] = [:]
  private var filter = [Bool](repeating: false, count: 1 << 16)
  private var longest = 0

  /// Prepares to look for secrets, each under the name it is reported by.
  ///
  /// - Returns: nil when one is shorter than `secretBytesMin`.
  init?(_ secrets: [(name: String, bytes: [UInt8])]) {
    for (name, bytes) in secrets {
      guard bytes.count >= Self.secretBytesMin else { return nil }
      self.secrets.insert(name)
      add(bytes, name, .bytes)
      add(Self.hex(bytes, upper: false), name, .hex)
      add(Self.hex(bytes, upper: true), name, .upperHex)
      let cores = Set(["+/", "-_"].flatMap { Self.base64Cores(bytes, last: $0) })
      for text in cores { add(text, name, .base64) }
    }
  }

  /// The traces in bytes at hand.
  func traces(in bytes: [UInt8], path: String = "") -> [Trace] {
    var found = Findings()
    search(bytes, from: 0, base: 0, path: path, into: &found)
    return found.traces
  }

  /// Looks through a stream that comes in chunks, across their boundaries.
  func scan(
    path: String, into found: inout Findings, next: () throws -> [UInt8]?
  ) rethrows {
    var window: [UInt8] = []
    var base = 0
    while let chunk = try next() {
      let carried = window.count
      window += chunk
      // What was carried over has been searched already, but for what crosses the boundary.
      search(window, from: carried, base: base, path: path, into: &found)
      let keep = min(window.count, max(0, longest - 1))
      base += window.count - keep
      window.removeFirst(window.count - keep)
    }
  }

  private func search(
    _ window: [UInt8], from first: Int, base: Int, path: String, into found: inout Findings
  ) {
    let count = window.count
    guard count >= 8 else { return }
    // A debug build runs this over hundreds of megabytes: an index and a local filter take 12 ns a
    // byte there, an iterator and the property 160.
    let filter = filter
    var word: UInt64 = 0
    var end = 0
    while end < count {
      word = word &<< 8 | UInt64(truncatingIfNeeded: window[end])
      end &+= 1
      let half = word ^ word &>> 32
      if filter[Int(truncatingIfNeeded: (half ^ half &>> 16) & 0xFFFF)], end >= 8 {
        match(word, at: end - 8, in: window, from: first, base: base, path: path, into: &found)
      }
    }
  }

  /// Compares the secrets that begin with these eight bytes.
  private func match(
    _ word: UInt64, at start: Int, in window: [UInt8], from first: Int, base: Int, path: String,
    into found: inout Findings
  ) {
    for pattern in patterns[word] ?? []
    where start + pattern.bytes.count <= window.count
      && start + pattern.bytes.count > first
      && window[start..<start + pattern.bytes.count].elementsEqual(pattern.bytes)
    {
      found.add(
        Trace(
          secret: pattern.secret, spelling: pattern.spelling, path: path, offset: base + start))
    }
  }

  private mutating func add(_ bytes: [UInt8], _ secret: String, _ spelling: Spelling) {
    guard bytes.count >= 8 else { return }
    let word = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    patterns[word, default: []].append(
      Pattern(bytes: bytes, secret: secret, spelling: spelling))
    filter[Self.slot(word)] = true
    longest = max(longest, bytes.count)
  }

  private static func slot(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word ^ word >> 16 ^ word >> 32 ^ word >> 48) & 0xFFFF)
  }

  private static func hex(_ bytes: [UInt8], upper: Bool) -> [UInt8] {
    let digits = Array((upper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// The characters of base64 that depend on the secret alone, for each of the three places it
  /// can begin at within a group of three bytes.
  ///
  /// `last` are the two characters in which the alphabets of RFC 4648 §4 and §5 differ.
  static func base64Cores(_ bytes: [UInt8], last: String) -> [[UInt8]] {
    let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8)
    return (0..<3).map { shift in
      // Six-bit groups that lie wholly inside the secret, when `shift` bytes stand before it.
      let firstBit = shift * 8
      let lastBit = firstBit + bytes.count * 8
      let firstGroup = (firstBit + 5) / 6
      let endGroup = lastBit / 6
      return (firstGroup..<endGroup).map { group in
        let value = (0..<6).reduce(0) { value, bit in
          let position = group * 6 + bit - firstBit
          let one = bytes[position / 8] >> (7 - UInt8(position % 8)) & 1
          return value << 1 | Int(one)
        }
        return alphabet[value]
      }
    }
  }
}
