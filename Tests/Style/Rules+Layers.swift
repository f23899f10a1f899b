extension Rules {
  /// The modules of ours that a module may import: arrows point down only.
  static let below: [String: Set<String>] = [
    "CPostgres": [],
    "Postgres": ["CPostgres"],
    "Wire": [],
    "Ledger": ["Wire"],
    "Casework": ["Ledger", "Wire"],
    "Exchange": ["Ledger", "Wire"],
    "Replica": ["Postgres", "Exchange", "Casework", "Ledger", "Wire"],
    "Office": ["Replica", "Postgres", "Exchange", "Casework", "Ledger"],
    "Node": ["Office", "Replica", "Postgres", "Exchange", "Casework", "Ledger", "Wire"],
    "guantong": ["Node", "Office", "Replica", "Postgres", "Exchange", "Casework", "Ledger"],
  ]

  /// What a module that has neither clock nor socket nor file may import of others.
  ///
  /// FoundationEssentials is there for `Data`, in which protobuf and crypto take and give bytes;
  /// what else it offers is refused by ``impurities``.
  static let pureImports: Set<String> = [
    "Crypto", "SwiftProtobuf", "FoundationEssentials", "HTTPTypes", "RawStructuredFieldValues",
    "DequeModule", "Synchronization",
  ]

  static let pureModules: Set<String> = ["Ledger", "Casework", "Exchange"]

  /// The module that an import names.
  static func imported(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"),
      words[..<place].allSatisfy({ word in
        ["package", "internal", "private", "fileprivate"].contains(word) || word.hasPrefix("@")
      })
    else { return nil }
    let kinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol", "typealias", "let"]
    return words[(place + 1)...].first { !kinds.contains($0) }
      .map { String($0.prefix { $0 != "." }) }
  }

  static func layers(_ file: SourceFile) -> [Violation] {
    guard let module = file.module else { return [] }
    guard let allowed = below[module] else {
      return [file.violation(0, "the module \(module) has no place in the layers")]
    }
    return file.code.lines.enumerated().compactMap { index, line in
      guard let name = imported(line) else { return nil }
      if below[name] != nil, !allowed.contains(name) {
        return file.violation(index, "\(module) may not import \(name)")
      }
      if below[name] == nil, pureModules.contains(module), !pureImports.contains(name) {
        return file.violation(index, "\(module) is pure and may not import \(name)")
      }
      return nil
    }
  }

  /// Foundation costs start-up time, and its dates and texts mean something else.
  static func foundation(_ file: SourceFile) -> [Violation] {
    guard let module = file.module, pureModules.contains(module) || module == "Postgres" else {
      return []
    }
    return file.code.lines.enumerated().compactMap { index, line in
      guard let name = imported(line), name == "Foundation" else { return nil }
      return file.violation(index, "\(module) may not import Foundation")
    }
  }

  /// Clocks, chance, files and tasks, in a module whose results depend on its arguments alone.
  static func impurities(_ file: SourceFile) -> [Violation] {
    guard let module = file.module, pureModules.contains(module) else { return [] }
    let names: Set<Substring> = [
      "Date", "ContinuousClock", "SuspendingClock", "FileManager", "ProcessInfo", "UUID", "URL",
      "Task", "Glibc",
    ]
    return file.code.lines.enumerated().compactMap { index, line in
      let word = SwiftText.words(line).first(where: names.contains)
      guard let word = word ?? (isChance(line) ? "random" : nil) else { return nil }
      return file.violation(index, "\(module) is pure: \(word)")
    }
  }

  /// Chance that is not drawn from a source the caller gave.
  private static func isChance(_ line: String) -> Bool {
    line.contains(".random(in:") && !line.contains("using:")
  }
}
