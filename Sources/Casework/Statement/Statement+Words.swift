import Ledger

extension Statement {
  /// The sums and totals as the first form of the text has them.
  ///
  /// Its words are part of what was signed: they stand here and never change, whatever the tables
  /// call a code today. A code that came later has none, and no text of that form carries it.
  var wordedSums: [String] {
    agencies.flatMap { sender in Unit.allCases.map { wordedLine($0, from: sender) } }
      + totals.map {
        "合计 \($0.author.rawValue) \(Self.word(Self.kindWords, $0.kind.rawValue))"
          + " \($0.count)件 \($0.amount)分"
      }
  }

  private func wordedLine(_ unit: Unit, from sender: AgencyCode) -> String {
    let sums = sums(unit, from: sender)
    let disposals = Disposal.all.filter { $0 == .awaiting || sums.count($0) > 0 }
      .map { "\(Self.word(Self.disposalWords, $0.code))\(sums.count($0))" }
    return [
      "\(Self.word(Self.unitWords, unit.rawValue)) \(sender.rawValue)",
      "已发\(sums.issued)=已签收\(sums.received)+在途\(sums.inTransit)",
      "已签收\(sums.received)=受理\(sums.accepted)+退回\(sums.returned)"
        + "+转送\(sums.forwarded)+待定\(sums.pending)",
      "受理\(sums.accepted)=\(disposals.joined(separator: "+"))", "撤回\(sums.withdrawn)",
    ].joined(separator: " ")
  }

  private static func word(_ words: [String: String], _ code: String) -> String {
    words[code] ?? code
  }

  private static let unitWords = ["letters": "函件", "clues": "线索"]

  private static let disposalWords = [
    "awaiting": "待处置", "merged": "并入他件", "inquiry": "谈话函询", "verification": "初步核实",
    "shelved": "暂存待查", "closed": "予以了结", "firstForm": "第一种形态处理", "filed": "已立案",
    "investigating": "审查调查", "trial": "审理", "decided": "已处分", "executed": "已执行",
    "dismissed": "已撤案", "toProcuratorate": "移送起诉",
  ]

  private static let kindWords = [
    "caseFiled": "立案", "caseDismissed": "撤销案件", "accountability": "追责问责",
    "sanction": "处分处理", "transferredForProsecution": "移送起诉", "rectified": "整改完成",
    "petitionClosed": "信访办结", "performed": "履行到位", "score": "考核得分",
    "survey": "测评结果", "designation": "命名", "training": "培训", "deployed": "调配使用",
  ]
}
