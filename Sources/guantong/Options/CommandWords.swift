import ArgumentParser
import Office

/// Knows the words of the command line without parsing it.
enum CommandWords {
  /// Moves global options that stand before the verb behind it.
  static func globalOptionsLast(_ arguments: [String]) -> [String] {
    var moved: [String] = []
    var rest = arguments[...]
    while let first = rest.first {
      if GlobalOptions.valued.contains(first), rest.count >= 2 {
        moved += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if GlobalOptions.flags.contains(first)
        || GlobalOptions.valued.contains(where: { first.hasPrefix("\($0)=") })
      {
        moved.append(first)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !rest.isEmpty, !moved.isEmpty else { return arguments }
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return rest[..<end] + moved + rest[end...]
  }

  /// The subcommand that was probably meant, and what was typed instead.
  static func suggestion(for arguments: [String]) -> (typed: String, meant: String?)? {
    let (command, rest) = descent(along: arguments)
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, let typed = rest.first, !typed.hasPrefix("-"), typed != "help"
    else { return nil }
    return (typed, Nearest.word(to: typed, among: subcommands.map(name)))
  }

  /// The command that the first words name, and the words after them; nil where they end at a
  /// group.
  static func command(
    in arguments: [String]
  ) -> (type: any ParsableCommand.Type, rest: [String])? {
    let (command, rest) = descent(along: arguments)
    return command.configuration.subcommands.isEmpty ? (command, Array(rest)) : nil
  }

  /// How far the words lead from the root, and the words after that.
  private static func descent(
    along arguments: [String]
  ) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
    var command: any ParsableCommand.Type = Guantong.self
    var rest = arguments[...]
    while let word = rest.first,
      let next = command.configuration.subcommands.first(where: { name(of: $0) == word })
    {
      command = next
      rest = rest.dropFirst()
    }
    return (command, rest)
  }

  /// The command line that the parser reads: its own `help` knows nothing of global options.
  static func parsed(_ arguments: [String]) -> [String] {
    guard arguments.first == "help" else { return arguments }
    var kept: [String] = []
    var rest = arguments[...]
    while let first = rest.popFirst() {
      if GlobalOptions.valued.contains(first) {
        _ = rest.popFirst()
      } else if !GlobalOptions.flags.contains(first),
        !GlobalOptions.valued.contains(where: { first.hasPrefix("\($0)=") })
      {
        kept.append(first)
      }
    }
    return kept
  }

  /// What `guantong help WORD …` names though it is neither a topic nor a command, and what was
  /// probably meant.
  static func unknownHelp(_ arguments: [String]) -> (typed: String, meant: String?)? {
    guard arguments.first == "help", HelpTopic(arguments) == nil else { return nil }
    let words = arguments.dropFirst().prefix { !$0.hasPrefix("-") }
    guard let (typed, meant) = suggestion(for: Array(words)) else { return nil }
    guard typed == words.first else { return (typed, meant) }
    let commands = Guantong.configuration.subcommands.map(name)
    return (typed, Nearest.word(to: typed, among: HelpTopic.allCases.map(\.rawValue) + commands))
  }

  /// The words for a command line that was not parsed.
  static func words(for arguments: [String]) -> Words {
    var flag: Language?
    for (position, argument) in arguments.enumerated() {
      if argument == "--lang", position + 1 < arguments.count {
        flag = Language(rawValue: arguments[position + 1])
      } else if argument.hasPrefix("--lang=") {
        flag = Language(rawValue: String(argument.dropFirst("--lang=".count)))
      }
    }
    return Words(
      language: GlobalOptions.language(flag: flag, environment: GlobalOptions.environment),
      isASCII: arguments.contains("--ascii"))
  }

  /// Whether JSON is asked for.
  static func isJSON(_ arguments: [String]) -> Bool {
    arguments.contains("--json") || arguments.contains("--format=json")
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command._commandName
  }
}
