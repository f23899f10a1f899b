import ArgumentParser
import FoundationEssentials
import Office

/// Date and note of an act.
struct ActOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?

  @Option(help: "Free text that goes with it.")
  var note: String?
}

/// The paper that a host records an act of a hosted agency from.
struct ScanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "At a desk: record it from this paper, a draft recordedPaper with its scan.",
      valueName: "draft"))
  var scan: String?
}

/// The letter that an act on a clue is about.
struct LetterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The letter; the open one of this agency when absent.", valueName: "id"))
  var document: String?
}

/// The page of a list.
struct PageOptions: ParsableArguments {
  @Option(help: "The page, from 1.")
  var page: Int?

  @Option(help: "Entries on a page, at most 200.")
  var limit: Int?
}

/// Title and text of a draft.
struct TextOptions: ParsableArguments {
  @Option(help: "Title.")
  var title: String

  @Option(help: "Text.")
  var body: String?

  @Option(
    help: ArgumentHelp("File with the text, UTF-8.", valueName: "file"), completion: .file())
  var bodyFile: String?

  func validate() throws {
    guard (body == nil) != (bodyFile == nil) else {
      throw ValidationError("Give either --body or --body-file.")
    }
  }

  /// The text, from the option or the file.
  func text() throws -> String {
    try body ?? Self.text(of: bodyFile ?? "")
  }

  /// The text of a file.
  static func text(of file: String) throws -> String {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw OfficeError(.file, ["path": file, "detail": "it is no UTF-8 text"])
    }
    return text
  }
}

/// A sheet for some members only.
struct SealOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Who may read the sealed sheet; once for each.", valueName: "code"))
  var sealedFor: [String] = []

  @Option(help: "Title of the sealed sheet.")
  var sealedTitle: String?

  @Option(help: "Text of the sealed sheet.")
  var sealedBody: String?

  func validate() throws {
    guard (sealedTitle == nil) == (sealedBody == nil), sealedFor.isEmpty || sealedBody != nil
    else {
      throw ValidationError("--sealed-for, --sealed-title and --sealed-body go together.")
    }
  }

  /// The sheets; none or one.
  var sheets: [API.SealedSheet] {
    guard let sealedTitle, let sealedBody else { return [] }
    return [API.SealedSheet(audience: sealedFor, title: sealedTitle, body: sealedBody)]
  }
}

/// What the directory says of an agency and may say otherwise later.
struct DescriptionOptions: ParsableArguments {
  @Option(help: "Full name.")
  var name: String?

  @Option(help: "Short name.")
  var shortName: String?

  @Option(help: "province, city or county.")
  var level: String?

  @Option(help: "Unified social credit code, GB 32100.")
  var creditCode: String?

  @Option(
    help: """
      partyOffice, disciplineBody, court, procuratorate, justice, federation or unit.
      """)
  var kind: String?
}

/// Who an agency is.
struct ProfileOptions: ParsableArguments {
  @OptionGroup var described: DescriptionOptions

  @Option(help: "Region code, GB/T 2260; the first six digits of the code when absent.")
  var region: String?

  /// The profile for a code.
  func profile(code: String) -> API.AgencyProfile {
    API.AgencyProfile(
      code: code, name: described.name ?? code, shortName: described.shortName,
      level: described.level, region: region ?? String(code.prefix(6)),
      creditCode: described.creditCode, kind: described.kind)
  }
}

/// Which agency's membership of which dossier is decided.
struct MembershipOptions: ParsableArguments {
  @Argument(help: "Id, unique prefix or number.")
  var dossier: String

  @Argument(help: ArgumentHelp("Code of the agency.", valueName: "code"))
  var agency: String

  @Option(help: ArgumentHelp("Date stated; today when absent.", valueName: "date"))
  var on: String?
}

/// A sealed part.
struct SealedPlaceOptions: ParsableArguments {
  @Argument(help: "The change set, by id or unique prefix, or a record of the part.")
  var id: String

  @Option(
    help: ArgumentHelp(
      "The part; absent where the change set has one sealed part alone.", valueName: "number"))
  var part: Int?
}

/// The cover sheet of a dossier.
struct CoverOptions: ParsableArguments {
  @Option(help: "Title.")
  var title: String

  @Option(help: "Number; drawn when absent.")
  var number: String?

  @Option(help: "Source code.")
  var source: String?

  @Option(help: ArgumentHelp("Agency it came from.", valueName: "code"))
  var sourceAgency: String?

  @Option(help: "Region code.")
  var region: String?

  @Option(help: "Campaign.")
  var campaign: String?

  @Option(help: "public, internal or workSecret.")
  var classification: String?
}
