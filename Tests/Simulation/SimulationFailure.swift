/// What went wrong in a run, with the last things that happened to what it is about.
struct SimulationFailure: Error, CustomStringConvertible {
  /// What sort of harm was done.
  enum Kind: String {
    /// Somebody was given what it may not have.
    case leak
    /// Something acknowledged or written is not there.
    case lost
    /// Something is there twice.
    case doubled
    /// Somebody has an office, a key or a name that nobody gave it.
    case usurped
    /// Nodes that must agree do not, or wait for ever.
    case differs
    /// What a node keeps does not fit together, or a work failed that must not.
    case broken
  }

  let kind: Kind
  let seed: UInt64
  let steps: Int
  let what: String
  let transcript: [String]

  /// The most lines and the most characters of each that are shown.
  static let linesMax = 40
  static let lineLengthMax = 200

  var description: String {
    let lines = Self.story(of: what, in: transcript)
    return "seed \(seed), \(kind): \(what)\n"
      + "replay: GUANTONG_SEED=\(seed) GUANTONG_STEPS=\(steps) deploy/test --only Simulation\n"
      + lines.joined(separator: "\n")
  }

  /// The last lines that touch the dossiers, change sets and nodes that a failure names.
  ///
  /// A line about a change set names its dossier, so both are followed once; of the nodes only
  /// what names neither is told: crashes, pauses, pages taken.
  static func story(of what: String, in transcript: [String]) -> [String] {
    let named = marks(in: what)
    var wanted = named.ids
    for line in transcript {
      let ids = marks(in: line).ids
      if ids.count == 2, !ids.isDisjoint(with: named.ids) { wanted.formUnion(ids) }
    }
    var lines = transcript.filter { line in
      let marks = marks(in: line)
      return marks.ids.isEmpty
        ? !marks.agencies.isDisjoint(with: named.agencies) : !marks.ids.isDisjoint(with: wanted)
    }
    if lines.isEmpty { lines = transcript }
    return lines.suffix(linesMax).map { String($0.prefix(lineLengthMax)) }
  }

  /// The short ids (eight hexadecimal digits) and the agency codes in a text.
  private static func marks(in text: String) -> (ids: Set<Substring>, agencies: Set<Substring>) {
    var (ids, agencies): (Set<Substring>, Set<Substring>) = ([], [])
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
    for word in words where word.utf8.count == 8 {
      if word.utf8.dropFirst(6).first == UInt8(ascii: "-") {
        agencies.insert(word)
      } else if word.allSatisfy(\.isHexDigit) {
        ids.insert(word)
      }
    }
    return (ids, agencies)
  }
}
