package import Ledger

extension Statement {
  /// The counts of one direction.
  ///
  /// 已发 = 已签收 + 在途; 已签收 = 受理 + 退回 + 转送 + 待定; 受理 = the dispositions + 待处置. What
  /// was withdrawn stands apart from what was issued.
  package struct Sums: Sendable, Equatable {
    /// 已发: everything issued that was not withdrawn.
    package var issued = 0
    /// 在途: not yet received.
    package var inTransit = 0
    /// 已签收: received.
    package var received = 0
    /// 受理: accepted, wholly or in part.
    package var accepted = 0
    /// 退回: returned.
    package var returned = 0
    /// 转送: forwarded, or given to another body by a common superior.
    package var forwarded = 0
    /// 待定: received and not decided.
    package var pending = 0
    /// 撤回: withdrawn.
    package var withdrawn = 0
    /// What was done with the accepted ones, only what occurs, in the order of the table.
    package var disposals: [Count] = []

    /// How many accepted letters have a disposal.
    package struct Count: Sendable, Equatable {
      /// The disposal.
      package let disposal: Disposal
      /// How many.
      package let count: Int
    }

    /// How many have one disposal.
    package func count(_ disposal: Disposal) -> Int {
      disposals.first { $0.disposal == disposal }?.count ?? 0
    }

    /// Whether nothing is left out and nothing counted twice.
    package var isBalanced: Bool {
      issued == received + inTransit
        && received == accepted + returned + forwarded + pending
        && accepted == disposals.reduce(0) { $0 + $1.count }
    }

    init(_ letters: [Letter]) {
      func count(_ fates: Fate...) -> Int { letters.count { fates.contains($0.fate) } }
      withdrawn = count(.withdrawn)
      issued = letters.count - withdrawn
      inTransit = count(.inTransit)
      received = count(.pending, .accepted, .returned, .forwarded)
      accepted = count(.accepted)
      returned = count(.returned)
      forwarded = count(.forwarded)
      pending = count(.pending)
      disposals = Disposal.all.compactMap { disposal in
        let found = letters.count { $0.fate == .accepted && $0.disposal == disposal }
        return found == 0 ? nil : Count(disposal: disposal, count: found)
      }
    }
  }

  /// What is counted.
  package enum Unit: String, CodeTable {
    case letters, clues

    /// The words people see for it.
    package var term: Term {
      switch self {
      case .letters: Term("函件", "letters")
      case .clues: Term("线索", "clues")
      }
    }
  }

  /// The results of one kind by one agency that are in force.
  package struct Total: Sendable, Equatable {
    /// Who recorded them.
    package let author: AgencyCode
    /// The kind.
    package let kind: ResultKind
    /// How many.
    package let count: Int
    /// Their amounts together, in fen; the largest number there is where they are more.
    package let amount: Int64
  }

  /// The counts of what one agency referred to the other: each letter once, or each clue once.
  package func sums(_ unit: Unit, from sender: AgencyCode) -> Sums {
    Sums(letters.filter { $0.sender == sender && (unit == .letters || $0.leads) })
  }

  /// Whether every sum of both directions is balanced.
  package var isBalanced: Bool {
    agencies.allSatisfy { sender in
      Unit.allCases.allSatisfy { sums($0, from: sender).isBalanced }
    }
  }

  /// The totals of the results, by author, then in the order of the table of kinds.
  package var totals: [Total] {
    agencies.flatMap { author in
      ResultKind.allCases.compactMap { kind -> Total? in
        let found = outcomes.filter { $0.author == author && $0.kind == kind && !$0.isRevoked }
        guard !found.isEmpty else { return nil }
        let amount = found.reduce(Int64(0)) { sum, outcome in
          let (next, isTooLarge) = sum.addingReportingOverflow(outcome.amount ?? 0)
          return isTooLarge ? .max : next
        }
        return Total(author: author, kind: kind, count: found.count, amount: amount)
      }
    }
  }
}
