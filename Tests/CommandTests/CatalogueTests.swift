import Casework
import Exchange
import FoundationEssentials
import Ledger
import TestSupport
import Testing

@testable import Office
@testable import guantong

@Suite struct CatalogueTests {
  @Test func `every key stands once and every message has words in both languages`() {
    let keys = Catalogue.messages.map(\.key)
    #expect(Set(keys).count == keys.count)
    for message in Catalogue.messages {
      #expect(!message.zh.isEmpty && !message.en.isEmpty, "\(message.key)")
    }
  }

  @Test func `both languages of a message name the same parameters`() {
    for message in Catalogue.messages {
      #expect(
        Set(Catalogue.parameters(of: message.zh)) == Set(Catalogue.parameters(of: message.en)),
        "\(message.key)")
    }
  }

  @Test(arguments: Refusal.allCases)
  func `every refusal says what, why and what to do next`(_ refusal: Refusal) {
    for sentence in ["what", "why", "next"] {
      #expect(Catalogue.contains("refusal.\(refusal.rawValue).\(sentence)"))
    }
  }

  @Test func `every verdict and alarm has words for its reason`() {
    let codes =
      HoldReason.allCases.map { "hold.\($0.code)" }
      + RejectionReason.all.map { "rejection.\($0.code)" }
      + Invalidity.allCases.map { "void.\($0.rawValue)" }
      + Alarm.Kind.allCases.map { "alarm.\($0.rawValue)" }
      + ReconcileReport.Fault.Code.allCases.map { "comparison.\($0.rawValue)" }
    for code in codes { #expect(Catalogue.contains(code), "\(code)") }
  }

  @Test(arguments: Invalidity.allCases)
  func `what would have no effect is refused with what to do about that`(_ reason: Invalidity) {
    let refused = Self.void(reason.rawValue, "some detail")
    let key = "next.void.\(reason.rawValue)"
    // What has a refusal of its own says by that what to do; words for it here would never be seen.
    #expect(Catalogue.contains(key) == (refused.refusal == .conflict))
    for language in Language.allCases {
      let next = refused.problem(in: language).next
      let usual = Catalogue.text("refusal.conflict.next", in: language)
      #expect(!next.isEmpty && next != usual)
      if refused.refusal == .conflict { #expect(next == Catalogue.text(key, in: language)) }
    }
  }

  @Test func `every bundle that is refused says why`() {
    let others: Set<BundleRefusal.Code> = [.foreign, .unknownKey, .noReader]
    for code in BundleRefusal.Code.allCases where !others.contains(code) {
      #expect(Catalogue.contains("bundle.\(code.rawValue)"), "\(code)")
    }
  }

  @Test(arguments: Language.allCases)
  func `a bundle refused for a gap that proves a loss is told as that, and what next`(
    _ language: Language
  ) {
    var refusal = BundleRefusal(.gap, number: 7)
    #expect(OfficeError(refusal).refusal == .conflict)
    refusal.wentBack = true
    let problem = OfficeError(refusal).problem(in: language)
    #expect(problem.refusal == "wentBack" && problem.code == "GT-3014")
    #expect(problem.detail.contains("7") && !problem.detail.contains("{"))
    #expect(problem.next.contains("guantong reconcile --resume --dry-run"))
    let usual = OfficeError(AppendRefusal.restored).problem(in: language)
    #expect(usual.detail != problem.detail && !usual.detail.contains("wentBack"))
  }

  @Test func `every next step belongs to a conflict that is told, and is what that one says`() {
    for message in Catalogue.nextSteps {
      let parts = message.key.split(separator: ".").dropFirst().map(String.init)
      let (group, reason) = (parts[0], parts[1])
      let detail = parts.count > 2 ? parts[2] : ""
      let refused =
        group == "void"
        ? Self.void(reason, detail) : OfficeError(.conflict, ["detail": "\(group).\(reason)"])
      #expect(refused.refusal == .conflict, "\(message.key)")
      #expect(Catalogue.contains("\(group).\(reason)"), "\(message.key)")
      for language in Language.allCases {
        #expect(refused.problem(in: language).next == message.template(in: language))
      }
    }
  }

  /// The refusal of a step that the fold would void for a reason.
  private static func void(_ reason: String, _ detail: String) -> OfficeError {
    OfficeError(void: reason, detail: detail, person: "甲", step: nil, parties: [])
  }

  @Test func `a conflict tells the next step of its very detail, else the usual one`() {
    func next(_ detail: String) -> String {
      OfficeError(.conflict, ["detail": detail]).problem(in: .en).next
    }
    #expect(next("void.wrongReason, note") == "say why")
    #expect(next("void.wrongReason, hearsay") == "choose a reason of the table")
    #expect(next("void.missingBasis, dueOn").hasPrefix("state a new date"))
    #expect(next("conflict.mergeCycle") == "there is nothing left to merge")
    #expect(next("something else") == Catalogue.text("refusal.conflict.next", in: .en))
  }

  @Test func `whose a step is stands in the rows that have it`() {
    let advance = { (stage: Stage, target: RecordType, kind: DossierKind) in
      Machines.parties(of: .stage(stage), on: target, in: kind)
    }
    #expect(advance(.approved, .dossier, .inspection) == [.home])
    #expect(advance(.settled, .dossier, .enforcement) == [.court])
    #expect(advance(.approved, .item, .expertPool) == [.author])
    #expect(advance(.settled, .dossier, .clue) == [])
    #expect(Machines.parties(of: .verb(.accept), on: .document, in: .clue) == [.addressee])
    #expect(Machines.parties(of: .verb(.pass), on: .item, in: .inspection) == [.issuer])
    #expect(
      Machines.parties(of: .result(.caseFiled), on: .result, in: .clue) == [.disciplineAddressee])
    for party in Party.allCases { #expect(Catalogue.contains("party.\(party.rawValue)")) }
  }

  @Test func `numbers of refusals are unique`() {
    #expect(Set(Refusal.allCases.map(\.number)).count == Refusal.allCases.count)
  }

  @Test func `a detail of an error stands in its language with its parameters`() {
    let error = OfficeError(
      .configuration,
      ["path": "f:1", "detail": "setting.unknown", "key": "pear", "nearest": "peer"])
    #expect(
      error.problem(in: .en).detail.contains("unknown key “pear”; the nearest known key is “peer”"))
    #expect(error.problem(in: .zh).detail.contains("没有键“pear”;最接近的是“peer”"))
  }

  @Test func `a step that came too late is told with the date, or without one where none is known`()
    throws
  {
    let agency = try #require(AgencyCode("420300-FZB"))
    for (on, zh, en) in [
      (nil, "420300-FZB 已使其成为“待办理”", "420300-FZB made it “"),
      (CivilDate("2023-03-07"), "420300-FZB 已于 2023-03-07 使其成为“待办理”", "on 2023-03-07"),
    ] as [(CivilDate?, String, String)] {
      let error = OfficeError(
        unlawful: "verb.accept", in: ItemState.issued,
        Desk.Reached(group: "itemState", agency: agency, on: on))
      #expect(error.problem(in: .zh).detail == zh)
      let detail = error.problem(in: .en).detail
      #expect(detail.contains(en) && !detail.hasSuffix("on -"), "\(detail)")
    }
  }

  @Test func `a wrong agency and a line that is too long are told with words`() {
    let code = #expect(throws: OfficeError.self) { try Field.agency("x", "agency") }
    #expect(code?.problem(in: .zh).detail == "“x”不是机关代码,如 420300-JW")
    let long = String(repeating: "a", count: 1_000)
    let line = #expect(throws: OfficeError.self) { try Field.line(long, "title") }
    #expect(line?.problem(in: .zh).detail.contains("不超过") == true)
    #expect(line?.problem(in: .en).detail.contains("a line of at most") == true)
  }

  @Test func `every key of the configuration says what its value should be`() {
    for key in SettingKey.allCases {
      #expect(Catalogue.contains("expected.\(key.rawValue)"), "\(key.rawValue)")
    }
  }

  /// Every failure of the node and of the replica names its words where it is made.
  @Test func `the words of a failure stand in the catalogue, and their parameters at their place`()
    throws
  {
    var found = 0
    for module in ["Node", "Replica"] {
      let root = "\(Repository.root)/Sources/\(module)"
      for name in try FileManager.default.subpathsOfDirectory(atPath: root)
      where name.hasSuffix(".swift") {
        let text = try #require(Repository.text("Sources/\(module)/\(name)"))
        for match in text.matches(of: /words: "([^"]+)"/) {
          found += 1
          let key = String(match.output.1)
          #expect(Catalogue.contains(key), "\(name)")
          let place = text[match.range.upperBound...].prefix(300)
          // A parameter without a value would be shown as a question mark.
          let named = Catalogue.messages.filter { [key, "\(key).next"].contains($0.key) }
            .flatMap { Catalogue.parameters(of: $0.zh) }.filter { $0 != "path" }
          #expect(named.allSatisfy { place.contains("\"\($0)\":") }, "\(name): \(key)")
        }
      }
    }
    #expect(found > 40)
  }

  @Test func `parameters are filled in and a missing one shows`() {
    let values = ["changes": "12"]
    #expect(
      Catalogue.text("refusal.tooManyChanges.why", values, in: .en)
        == "12 are needed, the limit is ?")
  }
}
