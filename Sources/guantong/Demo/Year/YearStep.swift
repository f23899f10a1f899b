import Ledger
import Office

/// One step that a clerk takes in a sample year: who, when, and the request of a use case.
///
/// What only the answer of an earlier step tells, such as the dossier it opened, stands in the
/// request as a reference and is filled in when the step is taken.
struct YearStep: Sendable {
  /// What calls the use case: a client, the request filled in, and the key of its repetition.
  typealias Call = @Sendable (NodeClient, JSONValue, String) async throws -> JSONValue

  /// Its name, unique in the year and of ASCII letters: `C05/receive`.
  let name: String
  /// The agency.
  let agency: String
  /// The person.
  let person: DemoPerson
  /// The date of the event, by which the steps are ordered.
  let on: CivilDate
  /// The operation of the office API.
  let operation: String
  /// The request, with references.
  let request: JSONValue
  /// Steps that its agency must have seen before.
  let needs: [String]
  /// Calls the use case.
  let call: Call
}

extension YearStep: Equatable {
  static func == (left: YearStep, right: YearStep) -> Bool {
    left.name == right.name && left.agency == right.agency && left.person == right.person
      && left.on == right.on && left.operation == right.operation && left.request == right.request
      && left.needs == right.needs
  }
}

/// The answer of a step, as later steps refer to it.
struct YearReference: Hashable, Sendable {
  /// The step.
  let step: String
  /// The field of its answer: names and places in lists, joined by dots.
  let path: String

  init(_ step: String, _ path: String) {
    self.step = step
    self.path = path
  }

  /// Reads a text that is a reference as a whole; nil for any other text.
  ///
  /// By hand: every text of every step is asked, and a regular expression is compiled each time.
  init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}") else {
      return nil
    }
    let words = text.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
    guard words.count == 2, !words[0].isEmpty, !words[1].isEmpty,
      words[0].utf8.allSatisfy(Self.standsInStep), words[1].utf8.allSatisfy(Self.standsInPath)
    else { return nil }
    step = String(words[0])
    path = String(words[1])
  }

  private static func standsInStep(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "A"..."Z", "a"..."z", "0"..."9", "/", "-": true
    default: false
    }
  }

  private static func standsInPath(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "0"..."9", "_", ".": true
    default: false
    }
  }

  /// How it stands in a request.
  var text: String { "{\(step):\(path)}" }
}

/// A step that was put into the year, for the requests of later ones.
struct YearAnswer: Sendable {
  /// Its name.
  let step: String

  /// A field of its answer.
  subscript(path: String) -> String { YearReference(step, path).text }
  /// The dossier it wrote to.
  var dossier: String { self["dossier"] }
  /// The draft it made.
  var draft: String { self["id"] }
  /// The record it wrote, or the document when it issued one.
  var record: String { self["records.0"] }

  /// An item of the document that it issued, from 0.
  func item(_ index: Int) -> String { self["records.\(index + 1)"] }
}

extension JSONValue {
  /// The references in it, in their order.
  var references: [YearReference] {
    switch self {
    case .string(let text): YearReference(text).map { [$0] } ?? []
    case .array(let values): values.flatMap(\.references)
    case .object(let members): members.flatMap(\.value.references)
    case .null, .bool, .integer, .number: []
    }
  }

  /// The same with every reference replaced.
  func filled(_ value: (YearReference) throws -> String) rethrows -> JSONValue {
    switch self {
    case .string(let text):
      guard let reference = YearReference(text) else { return self }
      return .string(try value(reference))
    case .array(let values): return .array(try values.map { try $0.filled(value) })
    case .object(let members):
      return .object(
        try members.map { Member($0.name, try $0.value.filled(value)) })
    case .null, .bool, .integer, .number: return self
    }
  }

  /// The text at a path of names and places in lists, joined by dots.
  func text(at path: String) -> String? {
    var found: JSONValue? = self
    for name in path.split(separator: ".") {
      if case .array(let values) = found {
        found = Int(name).flatMap { values.indices.contains($0) ? values[$0] : nil }
      } else {
        found = found?[String(name)]
      }
    }
    return found?.text
  }
}
