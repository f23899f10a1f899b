import FoundationEssentials
import Ledger
import Office

/// Takes the steps of a year at running nodes, through the office API.
///
/// Every agency takes its own steps in their order, all agencies side by side; a step that rests on
/// another agency's waits until that is visible at its own node. A step repeated answers what it
/// answered before, because its key is made of its name: so a run that was broken off goes on where
/// it was.
struct YearPlayer: Sendable {
  /// How long a change set may take to another node, on a machine that works for all of them.
  static let arrivalMax = Duration.seconds(120)
  /// How long a node that is away is asked again.
  static let awayMax = Duration.seconds(60)
  /// How long a look at a node waits for the next one: the first time, and at most.
  ///
  /// Many wait at once, and a look takes a node's time away from what is waited for.
  static let lookAgain = Duration.milliseconds(20)...Duration.milliseconds(200)
  /// How long it waits for a node that is away.
  static let askAgain = Duration.milliseconds(200)

  /// The steps.
  let timeline: Timeline
  /// What the keys of the steps begin with, in ASCII: the same for the same year.
  let run: String
  /// A client of an agency's node, as a person of it.
  let client: @Sendable (String, DemoPerson?) throws -> NodeClient

  /// Takes every step.
  ///
  /// - Parameter progress: is told how many steps are done, and the last of them.
  /// - Returns: the answers of all steps.
  /// - Throws: the first refusal, or what happened on the way; every agency stops then.
  func play(_ progress: @escaping @Sendable (Int, YearStep) -> Void) async throws -> YearAnswers {
    let answers = YearAnswers()
    let authors = Dictionary(
      uniqueKeysWithValues: timeline.steps.map { ($0.name, $0.agency) })
    let desks = Dictionary(grouping: timeline.steps, by: \.agency)
    try await withTaskCancellationHandler {
      try await withThrowingDiscardingTaskGroup { group in
        for (agency, steps) in desks {
          group.addTask {
            do {
              try await work(agency, steps, authors, answers, progress)
            } catch {
              answers.fail(error)
              throw error
            }
          }
        }
      }
    } onCancel: {
      answers.fail(CancellationError())
    }
    return answers
  }

  private func work(
    _ agency: String, _ steps: [YearStep], _ authors: [String: String], _ answers: YearAnswers,
    _ progress: @Sendable (Int, YearStep) -> Void
  ) async throws {
    let reader = try client(agency, nil)
    var clients: [DemoPerson: NodeClient] = [:]
    var arrived: Set<String> = []
    for step in steps {
      var known: [String: JSONValue] = [:]
      for need in step.needs {
        let answer = try await answers.answer(of: need)
        known[need] = answer
        guard authors[need] != agency, let change = answer.text(at: "change_set"),
          arrived.insert(change).inserted
        else { continue }
        try await arrival(of: change, need, at: reader, for: step)
      }
      let person = try clients[step.person] ?? client(agency, step.person)
      clients[step.person] = person
      let request = try step.request.filled { reference in
        guard let text = known[reference.step]?.text(at: reference.path) else {
          throw OfficeError(.answerUnreadable, ["detail": "\(step.name): \(reference.text)"])
        }
        return text
      }
      let answer = try await take(step, request, person)
      progress(answers.keep(answer, of: step.name), step)
    }
  }

  /// Waits until what a step rests on is visible at its node.
  private func arrival(
    of change: String, _ need: String, at reader: NodeClient, for step: YearStep
  ) async throws {
    let end = ContinuousClock.now + Self.arrivalMax
    var pause = Self.lookAgain.lowerBound
    while true {
      do {
        _ = try await reader.call(API.show, API.ShowRequest(id: change))
        return
      } catch {
        guard ContinuousClock.now < end else {
          Printer.complain(["\(step.name): \(need) did not reach \(step.agency)"])
          throw error
        }
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, Self.lookAgain.upperBound)
    }
  }

  /// Takes a step; a node that is away is asked again under the same key.
  private func take(
    _ step: YearStep, _ request: JSONValue, _ client: NodeClient
  ) async throws -> JSONValue {
    let end = ContinuousClock.now + Self.awayMax
    while true {
      do {
        return try await step.call(client, request, "\(run)-\(step.name)")
      } catch {
        guard Self.mayPass(error), ContinuousClock.now < end else {
          Printer.complain(["\(step.agency) \(step.on) \(step.name) (\(step.operation))"])
          throw error
        }
      }
      try await Task.sleep(for: Self.askAgain)
    }
  }

  /// Whether it is worth asking again: what the node refuses it refuses again.
  private static func mayPass(_ error: any Error) -> Bool {
    let passing: [Refusal] = [
      .answerLost, .timeout, .nodeUnreachable, .nodeNotRunning, .unavailable, .databaseAway,
    ]
    return switch error {
    case let error as OfficeError: passing.contains(error.refusal)
    case let problem as API.Problem: passing.map(\.rawValue).contains(problem.refusal)
    default: false
    }
  }
}
