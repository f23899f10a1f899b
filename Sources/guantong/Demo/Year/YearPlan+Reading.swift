import Casework
import FoundationEssentials
import Ledger
import Office
import SystemPackage

extension YearPlan {
  /// The most bytes of a plan file: two hundred agencies in each of its sections are 20 KiB.
  static let bytesMax = 64 << 10
  /// The years that a plan may be about.
  static let years = 1990...2199

  /// Reads the plan file at a path.
  ///
  /// - Throws: `OfficeError` that says which line is wrong, why, and what may stand there.
  static func read(_ path: String) throws -> YearPlan {
    try YearPlan(try text(at: path), path: path)
  }

  /// Reads the text of a plan file.
  static func text(at path: String) throws -> String {
    guard let status = try? FilePath(path).stat(), status.type == .regular,
      let bytes = FileManager.default.contents(atPath: path)
    else { throw OfficeError(.file, ["path": path, "detail": "file.unreadable"]) }
    guard bytes.count <= bytesMax else {
      throw PlanSection.fault(path, "year.tooLong", ["limit": String(bytesMax)])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PlanSection.fault(path, "file.noText")
    }
    return text
  }

  /// Reads the text of a plan.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - path: what refusals call it.
  /// - Throws: `OfficeError` that says which line is wrong, why, and what may stand there.
  init(_ text: String, path: String) throws {
    var root = try PlanSection(text, path: path)
    year = try root.count("year")
    clues = try Clues(&root)
    handling = Handling(fates: try root.counts("handling", of: Fate.self))
    persons = try Persons(&root)
    petitions = try Petitions(&root)
    enforcement = try Enforcement(&root, path: path)
    var upper = try root.section("upperFeedback")
    upperFindings = try upper.count("findings", max: Self.findingsMax)
    try upper.end()
    midTerm = try MidTerm(&root)
    campaigns = try root.counts("campaigns")
    meetings = try Meetings(&root)
    papers = try Papers(&root)
    try root.end()
    try check(path)
  }

  /// Findings of one dossier: they stand in one letter.
  static let findingsMax = 500
}

extension PlanSection {
  /// A section whose keys are the cases of an enumeration.
  fileprivate mutating func counts<Key: CaseIterable & RawRepresentable & Hashable>(
    _ key: String, of type: Key.Type
  ) throws -> [Key: Int] where Key.RawValue == String {
    var section = try section(key)
    let counts = try section.counts(of: type)
    try section.end()
    return counts
  }

  /// The counts of the cases of an enumeration in this section.
  fileprivate mutating func counts<Key: CaseIterable & RawRepresentable & Hashable>(
    of type: Key.Type
  ) throws -> [Key: Int] where Key.RawValue == String {
    var counts: [Key: Int] = [:]
    for key in Key.allCases { counts[key] = try count(key.rawValue) }
    return counts
  }
}

extension YearPlan.Clues {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("clues")
    senders = try section.counts("senders")
    sources = try section.counts("sources")
    excluding = try section.count("excluding")
    resent = try section.count("resent")
    forwarded = try section.count("forwarded")
    split = try section.count("split")
    merged = try section.count("merged")
    repeated = try section.count("repeated")
    returned = try section.count("returned")
    withdrawn = try section.count("withdrawn")
    try section.end()
  }
}

extension YearPlan.Persons {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("persons")
    casesOfTwo = try section.count("casesOfTwo")
    casesOfThree = try section.count("casesOfThree")
    inTwoCases = try section.count("inTwoCases")
    measures = try section.counts(of: YearPlan.Measures.self)
    admonished = try section.count("admonished")
    revokedLater = try section.count("revokedLater")
    try section.end()
  }
}

extension YearPlan.Petitions {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("petitions")
    homes = try section.counts("homes")
    channels = try section.counts("channels")
    transferred = try section.count("transferred")
    sameRunning = try section.count("sameRunning")
    litigation = try section.count("litigation")
    extended = try section.count("extended")
    reviewed = try section.count("reviewed")
    try section.end()
  }
}

extension YearPlan.Enforcement {
  fileprivate init(_ root: inout PlanSection, path: String) throws {
    var section = try root.section("enforcement")
    settled = try section.words("settled").map { text in
      guard let fen = Self.fen(text) else {
        throw PlanSection.fault(path, "year.noAmount", ["value": text])
      }
      return fen
    }
    open = try section.count("open")
    inParts = try section.count("inParts")
    try section.end()
  }

  /// Fen of an amount such as `615.50`, in units of ten thousand yuan.
  private static func fen(_ text: String) -> Int? {
    guard let match = text.wholeMatch(of: /([0-9]{1,7})(?:\.([0-9]{1,2}))?/) else { return nil }
    let decimals = match.output.2.map(String.init) ?? ""
    let hundredths = decimals + String(repeating: "0", count: 2 - decimals.count)
    guard let whole = Int(match.output.1), let part = Int(hundredths), whole + part > 0 else {
      return nil
    }
    return (whole * 100 + part) * 10_000
  }
}

extension YearPlan.MidTerm {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("midTerm")
    findings = try section.count("findings", max: YearPlan.findingsMax)
    extended = try section.count("extended")
    awaiting = try section.count("awaiting")
    overdue = try section.count("overdue")
    relapsedLater = try section.count("relapsedLater")
    try section.end()
  }
}

extension YearPlan.Meetings {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("meetings")
    held = try section.count("held", max: 4)
    resolutions = try section.count("resolutions", max: YearPlan.findingsMax)
    amended = try section.count("amended")
    reserved = try section.count("reserved")
    try section.end()
  }
}

extension YearPlan.Papers {
  fileprivate init(_ root: inout PlanSection) throws {
    var section = try root.section("papers")
    issues = try section.count("issues")
    opinions = try section.count("opinions", max: YearPlan.findingsMax)
    trainings = try section.count("trainings")
    experts = try section.counts("experts")
    secondments = try section.count("secondments")
    assessed = try section.count("assessed")
    surveys = try section.counts("surveys")
    ranked = try section.count("ranked")
    designated = try section.words("designated")
    candidates = try section.words("candidates")
    instruments = try section.count("instruments")
    channels = try section.count("channels")
    revokedSameDay = try section.count("revokedSameDay")
    try section.end()
  }
}
