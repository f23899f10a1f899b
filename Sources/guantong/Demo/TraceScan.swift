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

  private var patterns: [UInt64: [Pattern]] = [:]
  private var filter = [Bool](repeating: false, count: 1 << 16)
  private var longest = 0

  /// Prepares to look for secrets, each under the name it is reported by.
  ///
  /// - Returns: nil when one is shorter than `secretBytesMin`.
  init?(_ secrets: [(name: String, bytes: [UInt8])]) {
    for (name, bytes) in secrets {
      guard bytes.count >= Self.secretBytesMin else { return nil }
      add(bytes, name, .bytes)
      add(Self.hex(bytes, upper: false), name, .hex)
      add(Self.hex(bytes, upper: true), name, .upperHex)
      for text in Self.base64Cores(bytes) { add(text, name, .base64) }
    }
  }

  /// The traces in bytes at hand.
  func traces(in bytes: [UInt8], path: String = "") -> [Trace] {
    var found: [Trace] = []
    search(bytes, from: 0, base: 0, path: path, into: &found)
    return found
  }

  /// Looks through a stream that comes in chunks, across their boundaries.
  func scan(
    path: String, into found: inout [Trace], next: () throws -> [UInt8]?
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
    _ window: [UInt8], from first: Int, base: Int, path: String, into found: inout [Trace]
  ) {
    guard window.count >= 8 else { return }
    var word: UInt64 = 0
    for (position, byte) in window.enumerated() {
      word = word << 8 | UInt64(byte)
      let start = position - 7
      guard start >= 0, filter[Self.slot(word)], let candidates = patterns[word] else { continue }
      for pattern in candidates
      where start + pattern.bytes.count <= window.count
        && start + pattern.bytes.count > first
        && window[start..<start + pattern.bytes.count].elementsEqual(pattern.bytes)
      {
        let trace = Trace(
          secret: pattern.secret, spelling: pattern.spelling, path: path, offset: base + start)
        if found.count < Self.tracesMax, found.last != trace { found.append(trace) }
      }
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
  static func base64Cores(_ bytes: [UInt8]) -> [[UInt8]] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
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
