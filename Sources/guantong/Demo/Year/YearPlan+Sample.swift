extension YearPlan {
  /// The plan that comes with the program, as its file.
  ///
  /// A year of a fictional city: nobody in it is real.
  static let sampleText = """
    # A sample year: how many of each kind, and from whom. Fictional; nobody is real.
    year: 2023
    clues:
      senders:
        420300-FZB: 13
        420304-FZB: 4
        420322-FZB: 4
        420302-FZB: 2
        420303-FZB: 2
        420381-FZB: 2
        420325-FZB: 1
        420323-FZB: 1
        420324-FZB: 0
      sources:
        judicial/420300-FY: 3
        judicial/420300-JCY: 2
        industry/420300-GSL: 2
        enforcement/420300-SFJ: 2
        reconsideration/420300-SFJ: 1
        ruleOfLaw: 2
        public: 1
      excluding: 1
      resent: 1
      forwarded: 1
      split: 1
      merged: 1
      repeated: 1
      returned: 1
      withdrawn: 1
    handling:
      inquiry: 2
      shelved: 1
      closed: 1
      unfounded: 1
      firstForm: 1
      running: 5
      dismissed: 1
      accountable: 17
    persons:
      casesOfTwo: 1
      casesOfThree: 1
      inTwoCases: 1
      party: 7
      governmental: 5
      both: 3
      organisational: 4
      partyOrganisational: 1
      admonished: 4
      revokedLater: 1
    petitions:
      homes:
        420300-SFJ: 18
        420304-FZB: 4
        420322-FZB: 4
      channels:
        letter: 9
        call: 7
        visit: 5
      transferred: 3
      sameRunning: 1
      litigation: 1
      extended: 2
      reviewed: 1
    enforcement:
      # In units of ten thousand yuan, with two decimals.
      settled: [820.00, 615.50, 480.00, 436.80, 390.00, 312.20, 268.00, 225.50, 180.00, 152.00,
        126.00, 98.00, 76.00, 50.00, 30.00]
      open: 2
      inParts: 3
    upperFeedback:
      findings: 26
    midTerm:
      findings: 64
      extended: 1
      awaiting: 1
      overdue: 1
      relapsedLater: 1
    campaigns:
      营商环境: 18
      生效裁判履行: 22
      道路运输执法: 14
      长江保护法实施: 9
    meetings:
      held: 4
      resolutions: 14
      amended: 1
      reserved: 1
    papers:
      issues: 3
      opinions: 17
      trainings: 3
      experts:
        420300-JW: 12
        420300-SFJ: 30
        420300-GSL: 18
      secondments: 9
      assessed: 14
      surveys:
        2021: 2
        2022: 1
        2023: 2
      ranked: 17
      designated: [420300-FZB, 420322-FZB, 420304-FZB]
      candidates: [420302-FZB]
      instruments: 2
      channels: 9
      revokedSameDay: 1
    """
}
