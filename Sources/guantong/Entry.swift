import ArgumentParser
import Glibc
import Office
import Synchronization

/// The process: puts the command line in order, runs the command, and ends with its code.
@main enum Entry {
  static func main() async {
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  /// Runs one command line; whatever it found, it failed when that could not be written.
  static func run(_ arguments: [String]) async -> Outcome {
    let arguments = CommandWords.globalOptionsLast(arguments)
    let outcome = await ending(of: arguments)
    guard Printer.isCut.load(ordering: .relaxed) else { return outcome }
    let cut = OfficeError(.file, ["path": "/dev/stdout", "detail": "file.unwritable"])
    return Failure(cut, arguments: arguments).show()
  }

  private static func ending(of arguments: [String]) async -> Outcome {
    if let topic = HelpTopic(arguments) {
      do {
        try topic.show(
          CommandWords.words(for: arguments), isJSON: CommandWords.isJSON(arguments))
        return .done
      } catch {
        return Failure(error, arguments: arguments).show()
      }
    }
    if let (typed, meant) = CommandWords.unknownHelp(arguments) {
      let words = CommandWords.words(for: arguments)
      var problem = OfficeError(
        .usage, ["detail": words("help.unknown", ["typed": typed])]
      ).problem(in: words.language)
      if let meant { problem.next = words("command.meant", ["meant": meant]) }
      return Failure(problem, arguments: arguments).show()
    }
    do {
      var command = try command(of: CommandWords.parsed(arguments))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .done
    } catch let ending as Ending {
      return ending.outcome
    } catch {
      return Failure(error, arguments: arguments).show()
    }
  }

  /// The command that a command line is.
  ///
  /// From the root the parser reads the options of a command once for each group on the way to it;
  /// a command by itself reads them once, and a debug build checks them at each reading. What the
  /// command by itself does not take is read from the root, whose words name the whole way.
  private static func command(of arguments: [String]) throws -> any ParsableCommand {
    if let (type, rest) = CommandWords.command(in: arguments),
      let command = try? type.parseAsRoot(rest), Swift.type(of: command) == type
    {
      return command
    }
    return try Guantong.parseAsRoot(arguments)
  }
}

/// Ends a command with a code after it has shown everything.
struct Ending: Error {
  /// The code.
  let outcome: Outcome
}
