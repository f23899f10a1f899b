import ArgumentParser
import Office

/// Reads `name=value;name=value`; a semicolon parts only before a known name.
enum OptionWords {
  /// The pairs, or nil when a name is missing, unknown or doubled.
  static func pairs(_ text: String, known: [String]) -> [String: String]? {
    var pairs: [String: String] = [:]
    var rest = text[...]
    while !rest.isEmpty {
      guard let equals = rest.firstIndex(of: "=") else { return nil }
      let name = String(rest[..<equals])
      guard known.contains(name), pairs[name] == nil else { return nil }
      rest = rest[rest.index(after: equals)...]
      let end = end(of: rest, known: known)
      pairs[name] = String(rest[..<end])
      rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
    }
    return pairs
  }

  /// The semicolon before the next known name, or the end.
  private static func end(of value: Substring, known: [String]) -> Substring.Index {
    var place = value.startIndex
    while let semicolon = value[place...].firstIndex(of: ";") {
      let after = value[value.index(after: semicolon)...]
      if known.contains(where: { after.hasPrefix("\($0)=") }) { return semicolon }
      place = value.index(after: semicolon)
    }
    return value.endIndex
  }
}

/// An item on the command line: `kind=finding;unit=420300-SFJ;due=2023-11-30;text=…`.
struct ItemWord: ExpressibleByArgument {
  /// The item.
  let item: API.DraftItem

  init?(argument: String) {
    let known = ["kind", "unit", "with", "due", "standard", "amount", "category", "text"]
    guard let pairs = OptionWords.pairs(argument, known: known), let text = pairs["text"] else {
      return nil
    }
    if let amount = pairs["amount"], Int(amount) == nil { return nil }
    item = API.DraftItem(
      kind: pairs["kind"] ?? "resolution", text: text, unit: pairs["unit"],
      coUnits: (pairs["with"] ?? "").split(separator: ",").map(String.init),
      dueOn: pairs["due"], standard: pairs["standard"], amount: pairs["amount"].flatMap { Int($0) },
      category: pairs["category"])
  }
}

/// A measure on the command line: `party=warning`.
struct MeasureWord: ExpressibleByArgument {
  /// The measure.
  let measure: API.Measure

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    measure = API.Measure(class: String(parts[0]), value: String(parts[1]))
  }
}

/// A person on the command line: `name=经办甲;roles=handler,registry;section=督察科`.
struct PersonWord: ExpressibleByArgument {
  /// The person.
  let person: API.PersonRequest

  init?(argument: String) {
    let known = ["id", "name", "section", "post", "roles"]
    guard let pairs = OptionWords.pairs(argument, known: known), let name = pairs["name"],
      let roles = pairs["roles"]
    else { return nil }
    person = API.PersonRequest(
      id: pairs["id"], name: name, section: pairs["section"], post: pairs["post"],
      roles: roles.split(separator: ",").map(String.init))
  }
}
