/// What a figure counts (统计指标).
package enum FigureCode: String, CodeTable {
  case clueReferred, caseFiled, accountable, personTimes
  case petitionsAccepted, petitionsClosed, petitionRate, petitionOnTime
  case rectRate, itemRate
  case settled, amount, trainings
  case oversight

  /// The words people see for the figure.
  package var term: Term {
    switch self {
    case .clueReferred: Term("移送问题线索", "clues referred")
    case .caseFiled: Term("立案", "cases filed")
    case .accountable: Term("追责问责", "cases with accountability")
    case .personTimes: Term("党纪政务处分或组织处理", "person-times of sanctions")
    case .petitionsAccepted: Term("受理信访", "petitions accepted")
    case .petitionsClosed: Term("办结信访", "petitions closed")
    case .petitionRate: Term("信访办结率", "petitions closed of those accepted")
    case .petitionOnTime: Term("信访按期办结率", "petitions closed in time of those accepted")
    case .rectRate: Term("整改率", "findings signed off")
    case .itemRate: Term("事项办结率", "other items signed off")
    case .settled: Term("化解涉党政机关执行案件", "enforcement cases settled")
    case .amount: Term("执行到位金额", "amount performed")
    case .trainings: Term("交流培训", "trainings")
    case .oversight: Term("监督贯通", "matters taken up by another kind of oversight")
    }
  }

  /// Whether it is a figure of the year; the matrix is a table beside them.
  package var isOfYear: Bool { self != .oversight }

  /// What one of it is.
  package var unit: FigureUnit {
    switch self {
    case .clueReferred, .caseFiled, .accountable, .petitionsAccepted, .petitionsClosed, .settled,
      .oversight:
      .cases
    case .personTimes: .personTimes
    case .petitionRate, .petitionOnTime, .rectRate, .itemRate: .rate
    case .amount: .fen
    case .trainings: .times
    }
  }
}

/// What one of a figure is (单位).
package enum FigureUnit: String, CodeTable {
  case cases, personTimes, times, rate, fen

  /// The words people see for the unit.
  package var term: Term {
    switch self {
    case .cases: Term("件", "cases")
    case .personTimes: Term("人次", "person-times")
    case .times: Term("次", "times")
    case .rate: Term("%", "%")
    case .fen: Term("万元", "ten thousand yuan")
    }
  }
}

/// One figure: what it counts and, of a rate of items, of which ones.
package struct FigureKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What it counts.
  package let code: FigureCode
  /// The campaign, the kind of dossier or the kind of item; empty where the code says it all.
  package let part: String

  /// Names a figure.
  package init(_ code: FigureCode, part: String = "") {
    self.code = code
    self.part = part
  }

  /// Names the rate of the findings of a dossier: of its campaign, or of its kind if it has none.
  ///
  /// Its home may call a campaign anything. One that is called as a kind is, or as this makes of
  /// one, gets a mark before it, so that it counts in no other rate. A name longer than any line is
  /// none.
  init(findingsOf cover: Dossier) {
    let isName = cover.campaign.utf8.count <= Limits.campaignBytesMax
    let campaign = isName ? cover.campaign : ""
    let isTaken = DossierKind(rawValue: campaign) != nil || campaign.hasPrefix(Self.mark)
    let part = campaign.isEmpty ? cover.kind.rawValue : (isTaken ? Self.mark : "") + campaign
    self.init(.rectRate, part: part)
  }

  /// Names a cell of the matrix: what came from one kind of oversight and was taken up by another.
  package init(from: OversightKind, to: OversightKind) {
    self.init(.oversight, part: "\(from.rawValue).\(to.rawValue)")
  }

  private static let mark = "campaign:"

  /// The findings of all campaigns beyond those that stand apart; no campaign is called so, since
  /// one with the mark before it gets another.
  static let otherCampaigns = FigureKey(.rectRate, part: mark + "rest")

  /// Whether its part is a text of somebody's choice, of which there may be any number.
  package var isCampaign: Bool {
    code == .rectRate && DossierKind(rawValue: part) == nil && self != Self.otherCampaigns
  }

  /// The code people quote, such as `rectRate.campaign`.
  package var description: String {
    part.isEmpty ? code.rawValue : "\(code.rawValue).\(part)"
  }

  /// Two parts of other bytes are two figures, also where their characters are the same.
  package static func == (left: FigureKey, right: FigureKey) -> Bool {
    left.code == right.code && left.part.utf8.elementsEqual(right.part.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    for byte in part.utf8 { hasher.combine(byte) }
  }

  package static func < (left: FigureKey, right: FigureKey) -> Bool {
    if left.code != right.code { return left.place < right.place }
    return left.part.utf8.lexicographicallyPrecedes(right.part.utf8)
  }

  private var place: Int { Self.places[code] ?? 0 }

  private static let places = Dictionary(
    uniqueKeysWithValues: zip(FigureCode.allCases, FigureCode.allCases.indices))
}
