import Office

/// What the help says that a command does, in the language of whoever started this process.
///
/// The parser of the command line keeps one configuration for each command and makes it once, when
/// the language of a single run is known already.
enum Abstract {
  /// The words for a command, named as it is typed with dots between: `clue.accept`.
  static func of(_ command: String) -> String {
    Catalogue.text("help.\(command)", in: language)
  }

  private static let language = CommandWords.words(for: CommandLine.arguments).language
}
