import Foundation

/// W10: how long a node that has the sample year a hundred times lets people wait for an answer;
/// among all work items ten times.
struct Answers {
  let bench: Bench

  private static let full = 100
  /// Among all work items: a hundred years are played for hours.
  private static let amongAll = 10
  private static let most = 200.0
  /// The agency that sees the most.
  private static let agency = "420300-FZB"
  /// How often a question is asked in one round: so often, or less often when that takes long.
  private static let samples = 20...200
  private static let longest = Duration.seconds(20)
  /// Askings that only warm up.
  private static let warming = 3

  func run() throws -> [WorkResult] {
    let scale = bench.scaled(bench.isEverything ? Self.amongAll : Self.full, least: 1)
    let demo = try year(scale)
    let node = demo.node(Self.agency)
    defer { node.stop() }
    try node.start()
    try node.untilAnswers()
    let connection = try node.connection()
    try connection.call("POST", "/office/v1/clock", ["set": YearDemo.today])
    let questions = try Questions(asking: connection, scale: scale).all()
    return try questions.map { question in
      var rounds: [Double] = []
      var isRight = question.addsUp
      for _ in 0..<bench.pairs {
        let round = try ask(question, over: connection)
        rounds.append(round.waits.percentile(0.95))
        isRight = isRight && round.isRight
      }
      bench.say("W10 \(question.name): \(rounds) ms\(isRight ? "" : ", not as planned")")
      return try WorkResult(
        "W10", "p95 of \(question.name), the year \(scale) times", unit: "ms", ours: rounds,
        areEqual: isRight, goal: "≤ \(Int(Self.most)) ms", isMet: { $0 <= Self.most })
    }
  }

  /// The files of a year that is whole and stopped; kept, since playing it so often takes long.
  private func year(_ scale: Int) throws -> YearDemo {
    let stock = "\(bench.directory)/stock"
    try FileManager.default.createDirectory(atPath: stock, withIntermediateDirectories: true)
    let demo = YearDemo(
      in: "\(stock)/year-\(scale)", program: bench.program, portBase: bench.portBase,
      scale: scale)
    guard demo.mark == nil else { return demo }
    bench.say("W10: the year \(scale) times, which takes about as many times as long as once")
    defer { demo.stop() }
    let mark = try demo.load(seconds: 86_400)
    bench.say("W10: \(mark.changeSets) change sets in \(mark.seconds) s")
    return demo
  }

  /// Milliseconds from the question to the last byte of its answer, and whether each answer was
  /// what is planned.
  private func ask(
    _ question: Questions.Question, over connection: OfficeConnection
  ) throws -> (waits: [Double], isRight: Bool) {
    for turn in 0..<Self.warming { try connection.call("GET", question.path(turn), Nothing()) }
    var waits: [Double] = []
    var isRight = true
    let end = ContinuousClock.now + Self.longest
    while waits.count < Self.samples.upperBound,
      waits.count < Self.samples.lowerBound || ContinuousClock.now < end
    {
      let path = question.path(Self.warming + waits.count)
      let begin = ContinuousClock.now
      let answer = try connection.call("GET", path, Nothing())
      waits.append((ContinuousClock.now - begin).seconds * 1_000)
      isRight = isRight && question.planned?.agree(with: answer) != false
    }
    return (waits, isRight)
  }
}
