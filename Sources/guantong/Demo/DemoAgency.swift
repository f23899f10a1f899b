import Office

/// One agency of the demo; names of people are roles, nobody is real.
struct DemoAgency: Hashable, Sendable {
  /// Agency code.
  let code: String
  /// Full name.
  let name: String
  /// Short name.
  let shortName: String
  /// city or county.
  let level: String
  /// Kind.
  let kind: String
  /// Unified social credit code, of a fictional unit.
  let creditCode: String

  /// The registrar.
  static let registrar = "420300-FZB"
  /// Who governs the directory, two of three.
  static let governors = ["420300-FY", "420300-FZB", "420300-JW"]

  /// The agencies of the demo in their order; 16 adds counties without a part in the story.
  static func all(_ count: Int) -> [DemoAgency] {
    Array((city + counties).prefix(count))
  }

  private static let city = [
    DemoAgency(
      code: "420300-FZB", name: "样例市委依法治市办", shortName: "市依法治市办", level: "city",
      kind: "partyOffice", creditCode: "11420300FY0000011T"),
    DemoAgency(
      code: "420300-JW", name: "样例市纪委监委", shortName: "市纪委监委", level: "city",
      kind: "disciplineBody", creditCode: ""),
    DemoAgency(
      code: "420300-FY", name: "样例市法院", shortName: "市法院", level: "city", kind: "court",
      creditCode: ""),
    DemoAgency(
      code: "420300-JCY", name: "样例市检察院", shortName: "市检察院", level: "city",
      kind: "procuratorate", creditCode: ""),
    DemoAgency(
      code: "420300-SFJ", name: "样例市司法局", shortName: "市司法局", level: "city", kind: "justice",
      creditCode: ""),
    DemoAgency(
      code: "420300-GSL", name: "样例市工商联", shortName: "市工商联", level: "city",
      kind: "federation", creditCode: "13420300FY0000070P"),
    DemoAgency(
      code: "420304-FZB", name: "样例郧阳区委依法治区办", shortName: "郧阳依法治区办", level: "county",
      kind: "partyOffice", creditCode: ""),
    DemoAgency(
      code: "420322-JW", name: "样例郧西县纪委监委", shortName: "郧西县纪委监委", level: "county",
      kind: "disciplineBody", creditCode: ""),
    DemoAgency(
      code: "420322-FZB", name: "样例郧西县委依法治县办", shortName: "郧西依法治县办", level: "county",
      kind: "partyOffice", creditCode: ""),
  ]

  private static let counties =
    [
      ("420302", "茅箭"), ("420303", "张湾"), ("420381", "丹江口"), ("420325", "房县"),
      ("420323", "竹山"), ("420324", "竹溪"),
    ].map { region, name in
      DemoAgency(
        code: "\(region)-FZB", name: "样例\(name)依法治理办", shortName: "\(name)依法治理办",
        level: "county", kind: "partyOffice", creditCode: "")
    } + [
      DemoAgency(
        code: "420304-JW", name: "样例郧阳区纪委监委", shortName: "郧阳区纪委监委", level: "county",
        kind: "disciplineBody", creditCode: "")
    ]

  /// The profile that invitations and `init` carry.
  var profile: [String] {
    var words = [
      "--name", name, "--short-name", shortName, "--level", level, "--kind", kind,
    ]
    if !creditCode.isEmpty { words += ["--credit-code", creditCode] }
    return words
  }

  /// Whether it is a discipline body.
  var isDisciplineBody: Bool { kind == "disciplineBody" }
}

/// A person of the demo, the same role labels in every agency.
enum DemoPerson: String, CaseIterable, Sendable {
  case handler = "经办人甲"
  case sectionHead = "科室负责人乙"
  case deputy = "分管领导丙"
  case head = "主要负责人丁"
  case registry = "收发员戊"
  case caseOffice = "案管人员己"
  case security = "安全管理员庚"

  /// The role of the person.
  var role: String {
    switch self {
    case .handler: "handler"
    case .sectionHead: "sectionHead"
    case .deputy: "deputy"
    case .head: "head"
    case .registry: "registry"
    case .caseOffice: "caseOffice"
    case .security: "security"
    }
  }
}
