/// A second plan, of another year and with other numbers, for nine agencies.
enum SmallPlan {
  static let text = """
    year: 2022
    clues:
      senders:
        420300-FZB: 5
        420304-FZB: 2
        420322-FZB: 1
      sources:
        judicial/420300-FY: 2
        public: 3
      excluding: 1
      resent: 1
      forwarded: 1
      merged: 1
      returned: 2
    handling:
      inquiry: 1
      unfounded: 1
      running: 1
      accountable: 5
    persons:
      casesOfTwo: 2
      party: 3
      both: 2
      organisational: 2
      admonished: 1
      revokedLater: 1
    petitions:
      homes:
        420300-SFJ: 4
        420304-FZB: 2
      channels:
        letter: 2
        visit: 2
      transferred: 1
      litigation: 1
      extended: 1
    enforcement:
      settled: [12.5, 100]
      open: 1
      inParts: 1
    upperFeedback:
      findings: 5
    midTerm:
      findings: 7
      overdue: 2
    campaigns:
      营商环境: 3
    meetings:
      held: 2
      resolutions: 3
      amended: 1
      reserved: 1
    papers:
      issues: 1
      opinions: 2
      trainings: 2
      experts:
        420300-JW: 2
        420300-SFJ: 1
      secondments: 2
      assessed: 3
      surveys:
        2021: 4
      ranked: 5
      designated: [420304-FZB]
      instruments: 1
      channels: 2
      revokedSameDay: 1
    """
}
