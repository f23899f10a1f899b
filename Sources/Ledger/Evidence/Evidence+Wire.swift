import FoundationEssentials
import SwiftProtobuf
import Wire

extension Evidence {
  /// The bytes of the file.
  package func encoded() -> [UInt8] { Self.magic + LawfulForm.encode(wire) }

  var wire: WireEvidence {
    var wire = WireEvidence()
    wire.subject = subject.wire
    wire.receipts = receipts.map(\.wire)
    wire.directory = directory.map(\.wire)
    wire.newest = newest.wire
    wire.reaffirming = reaffirming.map(\.wire)
    return wire
  }

  /// Reads the one lawful form, or says what is wrong.
  package static func decode(_ file: [UInt8]) -> Result<Evidence, EvidenceFlaw> {
    guard file.count <= Limits.evidenceBytesMax else { return .failure(.tooLong) }
    guard file.starts(with: magic) else { return .failure(.notEvidence) }
    return decode(message: Array(file.dropFirst(magic.count)))
  }

  /// Reads the message without what a file begins with.
  static func decode(message: [UInt8]) -> Result<Evidence, EvidenceFlaw> {
    guard let counts = FieldCounts(message) else { return .failure(.notLawful) }
    guard counts[2] <= Limits.evidencedReceiptsMax, counts[3] <= Limits.evidencedChangeSetsMax,
      counts[5] <= Limits.evidencedChangeSetsMax
    else { return .failure(.tooLong) }
    // What stands once, standing twice, exceeds it too.
    guard budget.covers(message) else { return .failure(.notLawful) }
    guard
      let wire = LawfulForm.decode(WireEvidence.self, message),
      wire.hasSubject, let subject = Exhibit(wire: wire.subject),
      let receipts = all(wire.receipts, EvidencedReceipt.init(wire:)),
      let directory = all(wire.directory, Exhibit.init(wire:)),
      let newest = ChangeSetID(wire.newest),
      let reaffirming = all(wire.reaffirming, Exhibit.init(wire:))
    else { return .failure(.notLawful) }
    return .success(
      Evidence(
        subject: subject, receipts: receipts, directory: directory, newest: newest,
        reaffirming: reaffirming))
  }
}

extension Evidence {
  /// What a lawful file can have; a step takes at least the 34 bytes of its id.
  private static let budget = FieldBudget.root([
    .field(1, upTo: 1, holding: Exhibit.budget(1)),
    .field(
      2, upTo: Limits.evidencedReceiptsMax,
      holding: [.field(4, upTo: Limits.evidenceBytesMax / 34)]),
    .field(
      3, upTo: Limits.evidencedChangeSetsMax,
      holding: Exhibit.budget(Limits.evidencedChangeSetsMax)),
    .field(
      5, upTo: Limits.evidencedChangeSetsMax,
      holding: Exhibit.budget(Limits.evidencedChangeSetsMax)),
  ])
}

extension Evidence.Exhibit {
  /// What so many exhibits can have inside: proofs with their paths, and parts.
  fileprivate static func budget(_ count: Int) -> [FieldBudget] {
    [SealProof.budget(2, upTo: count), .field(3, upTo: count * Limits.partsMax)]
  }

  fileprivate var wire: WireEvidencedChangeSet {
    var wire = WireEvidencedChangeSet()
    wire.header = Data(headerBytes)
    wire.seal = proof.wire
    wire.parts = parts.sorted { $0.key < $1.key }.map { index, part in
      var wire = WireDisclosedPart()
      wire.part = UInt32(clamping: index)
      wire.salt = Data(part.salt)
      wire.content = Data(part.content)
      return wire
    }
    return wire
  }

  fileprivate init?(wire: WireEvidencedChangeSet) {
    guard wire.hasSeal, let proof = SealProof(wire: wire.seal),
      wire.parts.map(\.part).isStrictlyAscending
    else { return nil }
    let parts = wire.parts.map {
      (Int($0.part), SaltedPart(salt: Array($0.salt), content: Array($0.content)))
    }
    self.init(
      headerBytes: Array(wire.header), proof: proof, parts: Dictionary(uniqueKeysWithValues: parts))
  }
}

extension EvidencedReceipt {
  fileprivate var wire: WireEvidencedReceipt {
    var wire = WireEvidencedReceipt()
    wire.receipt = receipt.wire
    wire.before = Data(before.bytes)
    wire.number = number
    wire.steps = steps.map { step in
      var wire = WireRunningStep()
      wire.change = step.change.wire
      wire.parts = step.parts
      return wire
    }
    return wire
  }

  fileprivate init?(wire: WireEvidencedReceipt) {
    guard wire.hasReceipt, let before = Hash256(wire.before),
      let steps = all(
        wire.steps,
        { step in
          ChangeSetID(step.change).map { Step(change: $0, parts: step.parts) }
        })
    else { return nil }
    self.init(
      receipt: SignedObject(wire: wire.receipt), before: before, number: wire.number, steps: steps)
  }
}
