import ArgumentParser
import Office
import Testing

@testable import guantong

/// What commands ask of the node, written out: an option that fills another's field fails here.
@Suite(.timeLimit(.minutes(5))) struct RequestTests {
  /// A command with all of its options, and below it the request that it makes.
  private static let requests = """
    sync now --peer P --wait
    POST /office/v1/sync {"peer":"P","wait":true}
    person add N --role handler --role deputy --section S --post P --alternate-of A
    POST /office/v1/people {"name":"N","section":"S","post":"P","roles":["handler","deputy"],\
    "alternate_of":"A"}
    person change N --name M --role head --section S --post P --alternate-of A --no-ended
    POST /office/v1/people/N/change {"name":"M","section":"S","post":"P","roles":["head"],\
    "alternate_of":"A","ended":false}
    person list --agency A --page 2 --limit 3
    GET /office/v1/people?agency=A&page=2&limit=3
    clue supplement C --title T --body B --point X --point Y --purpose K
    POST /office/v1/clues/C/supplement {"title":"T","body":"B","points":["X","Y"],"purpose":"K"}
    dossier create --kind K --title T --source S --region R --channel C --demand-kind D \
    --level L --batch 2 --admit A --exclude B --reason W --on E
    POST /office/v1/dossiers {"kind":"K","title":"T","source":"S","region":"R","channel":"C",\
    "demand_kind":"D","level":"L","batch":2,"exclude":["B"],"admit":["A"],"reason":"W","on":"E"}
    clue receive C --document L --on D --note N --scan P
    POST /office/v1/clues/C/receive {"document":"L","on":"D","note":"N","scan":"P"}
    clue accept C --document L --point X --internal-number I --on D --note N --scan P
    POST /office/v1/clues/C/accept {"document":"L","points":["X"],"internal_number":"I",\
    "on":"D","note":"N","scan":"P"}
    clue return C --document L --reason W --note N --on D --scan P
    POST /office/v1/clues/C/return {"document":"L","reason":"W","on":"D","note":"N","scan":"P"}
    clue feedback C --document L --stage S --final --note N --on D --scan P
    POST /office/v1/clues/C/feedback {"document":"L","stage":"S","final":true,"on":"D",\
    "note":"N","scan":"P"}
    meeting object M --minutes 2 --text T --on D
    POST /office/v1/meetings/M/object {"version":2,"text":"T","on":"D"}
    result correct R --text T --on D --measure party=warning --amount 5 --decided-by B \
    --document-number N --form-of-discipline 2
    POST /office/v1/results/R/correct {"text":"T","on":"D",\
    "measures":[{"class":"party","value":"warning"}],"amount":5,"decided_by":"B",\
    "document_number":"N","form_of_discipline":2}
    result revoke R --text T --on D
    POST /office/v1/results/R/revoke {"text":"T","on":"D"}
    document drafts --dossier D --state signed --page 2 --limit 3
    GET /office/v1/drafts?dossier=D&state=signed&page=2&limit=3
    document change F --title T --body B --to A --cc C --item kind=finding;unit=U;text=X \
    --due-on W --basis R
    POST /office/v1/drafts/F/change {"title":"T","body":"B","to":["A"],"cc":["C"],\
    "items":[{"kind":"finding","text":"X","unit":"U"}],"due_on":"W","basis":["R"]}
    document attach F FILE
    POST /office/v1/drafts/F/attachments {"name":"guantong.yaml","size":19}
    document submit F --note N
    POST /office/v1/drafts/F/submit {"note":"N"}
    document review F --note N
    POST /office/v1/drafts/F/review {"note":"N"}
    document sign F --note N
    POST /office/v1/drafts/F/sign {"note":"N"}
    document return F --note N
    POST /office/v1/drafts/F/return {"note":"N"}
    document issue F --on D
    POST /office/v1/drafts/F/issue {"on":"D"}
    document revoke F --text T --on D
    POST /office/v1/documents/F/revoke {"text":"T","on":"D"}
    item acknowledge I --on D --note N --scan P
    POST /office/v1/items/I/acknowledge {"on":"D","note":"N","scan":"P"}
    item plan I --text T --on D --scan P
    POST /office/v1/items/I/plan {"text":"T","on":"D","scan":"P"}
    item report I --text T --on D --scan P
    POST /office/v1/items/I/report {"text":"T","on":"D","scan":"P"}
    item pass I --report R --on D --note N
    POST /office/v1/items/I/pass {"report":"R","on":"D","note":"N"}
    item reject I --reason W --report R --on D --note N
    POST /office/v1/items/I/reject {"reason":"W","report":"R","on":"D","note":"N"}
    item sign-off I --report R --on D --note N
    POST /office/v1/items/I/sign-off {"report":"R","on":"D","note":"N"}
    item extend I --reason W --due X --on D --note N --scan P
    POST /office/v1/items/I/extend {"reason":"W","due_on":"X","on":"D","note":"N","scan":"P"}
    item grant I --request Q --due X --on D --note N
    POST /office/v1/items/I/grant {"request":"Q","due_on":"X","on":"D","note":"N"}
    item deny I --request Q --on D --note N
    POST /office/v1/items/I/deny {"request":"Q","on":"D","note":"N"}
    item dispute I --text T --on D --scan P
    POST /office/v1/items/I/dispute {"text":"T","on":"D","scan":"P"}
    item uphold I --request Q --on D --note N
    POST /office/v1/items/I/uphold {"request":"Q","on":"D","note":"N"}
    item dismiss I --request Q --on D --note N
    POST /office/v1/items/I/dismiss {"request":"Q","on":"D","note":"N"}
    item reopen I --text T --on D
    POST /office/v1/items/I/reopen {"text":"T","on":"D"}
    item reassign I --unit U --text T --on D
    POST /office/v1/items/I/reassign {"unit":"U","text":"T","on":"D"}
    item cancel I --text T --on D
    POST /office/v1/items/I/cancel {"text":"T","on":"D"}
    item urge I --level L --on D --note N
    POST /office/v1/items/I/urge {"level":"L","on":"D","note":"N"}
    item prolong I --text T --due X --on D
    POST /office/v1/items/I/prolong {"text":"T","due_on":"X","on":"D"}
    item list --dossier D --unit U --state S --page 2 --limit 3
    GET /office/v1/items?dossier=D&unit=U&state=S&page=2&limit=3
    item show I
    GET /office/v1/items/I
    meeting list --page 2 --limit 3
    GET /office/v1/meetings?page=2&limit=3
    document list --dossier D --form F --author A --page 2 --limit 3
    GET /office/v1/documents?dossier=D&form=F&author=A&page=2&limit=3
    report minutes --year 2023 --page 2 --limit 3
    GET /office/v1/report/minutes?year=2023&page=2&limit=3
    sync log --peer P --limit 3
    GET /office/v1/sync/log?peer=P&limit=3
    held show H
    GET /office/v1/held/H
    held retry H
    POST /office/v1/held/retry {"id":"H"}
    held retry --peer P
    POST /office/v1/held/retry {"peer":"P"}
    rejected show R
    GET /office/v1/rejected/R
    agency show A
    GET /office/v1/agencies/A
    agency rotate-key A --fingerprint F
    POST /office/v1/agencies/rotate-key {"agency":"A","fingerprint":"F"}
    agency rotate-key --invite I
    POST /office/v1/agencies/rotate-key {"invite":"I"}
    agency suspend-key A --reason W --confirm C
    POST /office/v1/agencies/suspend-key {"agency":"A","reason":"W","confirm":"C"}
    agency appoint A --public-key K --last-entry E --confirm C
    POST /office/v1/agencies/appoint {"agency":"A","public_key":"K","last_entry":"E",\
    "confirm":"C"}
    agency change A --name N --short-name S --level L --credit-code C --kind K --succeeds B
    POST /office/v1/agencies/change {"agency":"A","name":"N","short_name":"S","level":"L",\
    "credit_code":"C","kind":"K","succeeds":"B"}
    agency move A --fingerprint F
    POST /office/v1/agencies/move {"agency":"A","fingerprint":"F"}
    report create --year 2023 --as-of D --to A --cc C
    POST /office/v1/reports {"year":2023,"as_of":"D","to":["A"],"cc":["C"]}
    report figures --against R --year 2023 --as-of D
    GET /office/v1/reports/R/differences?year=2023&as_of=D
    report correct R --as-of D
    POST /office/v1/reports/R/correct {"as_of":"D"}
    report matrix --year 2023 --quarter 2 --as-of D --region R
    GET /office/v1/report/matrix?year=2023&quarter=2&as_of=D&region=R
    report matrix --year 2023 --quarter 2 --as-of D --region R --from A --to B --page 2 --limit 3
    GET /office/v1/report/evidence?figure=oversight.A.B&year=2023&quarter=2&as_of=D&region=R&\
    page=2&limit=3
    report deductions --as-of D --region R --unit U --page 2 --limit 3
    GET /office/v1/report/deductions?as_of=D&region=R&unit=U&page=2&limit=3
    report plan --year 2023 --as-of D --unit U --page 2 --limit 3
    GET /office/v1/report/plan?year=2023&as_of=D&unit=U&page=2&limit=3
    report assess --unit U --as-of D --case C --case E --cc A
    POST /office/v1/assessments {"unit":"U","as_of":"D","cases":["C","E"],"cc":["A"]}
    clue accept C --document L --point X --internal-number N --use K --on D --note T
    POST /office/v1/clues/C/accept {"document":"L","points":["X"],"internal_number":"N",\
    "use":"K","on":"D","note":"T"}
    clue relate C --to B --on D --note N
    POST /office/v1/dossiers/C/relate {"to":"B","on":"D","note":"N"}
    clue split C --document L --point X --point Y --internal-number I --on D --note N
    POST /office/v1/clues/C/accept {"document":"L","points":["X","Y"],"internal_number":"I",\
    "on":"D","note":"N"}
    dossier advance C --stage S --number N --plan I
    POST /office/v1/dossiers/C/advance {"stage":"S","number":"N","plan":"I"}
    statement create --peer P --period Q
    POST /office/v1/statements {"peer":"P","period":"Q"}
    statement countersign S --on D --note N
    POST /office/v1/statements/S/countersign {"on":"D","note":"N"}
    void list --dossier D --page 2 --limit 3
    GET /office/v1/voids?dossier=D&page=2&limit=3
    alarm list --peer P --page 2 --limit 3
    GET /office/v1/alarms?peer=P&page=2&limit=3
    deadline list --agency A --dossier D --lamp L --overdue --rights --page 2 --limit 3
    GET /office/v1/deadlines?agency=A&dossier=D&lamp=L&overdue=true&rights=true&page=2&limit=3
    calendar set 2026-01-01 off --note N
    POST /office/v1/calendar {"day":"2026-01-01","working":false,"note":"N"}
    calendar list --year 2026 --page 2 --limit 3
    GET /office/v1/calendar?year=2026&page=2&limit=3
    course list --dossier D --kind K --stage S --handler H --page 2 --limit 3
    GET /office/v1/courses?dossier=D&kind=K&stage=S&handler=H&page=2&limit=3
    """.split(separator: "\n").map(String.init)

  @Test func `each option of a command fills the field of its name`() async throws {
    let commands = stride(from: 0, to: Self.requests.count, by: 2)
    // Refused, so that nothing is shown.
    let refusal = "HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\n{}"
    let steps = commands.map { _ in ScriptedNode.Step.say(refusal) }
    try await ScriptedNode.lend(steps) { node, configuration in
      for number in commands {
        let line = Self.requests[number]
        let words = line.split(separator: " ").map { $0 == "FILE" ? configuration : String($0) }
        let error = await Self.failure(of: words + ["--config", configuration])
        #expect((error as? OfficeError)?.refusal == .answerUnreadable, "\(line)")
        let told = try? Self.told(node.requests.last ?? "")
        #expect(told == Self.requests[number + 1], "\(line)")
      }
    }
  }

  @Test func `calendar import sends the days of its file, or nothing of it`() async throws {
    let refusal = "HTTP/1.1 409 Conflict\r\ncontent-length: 2\r\n\r\n{}"
    try await ScriptedNode.lend([.say(refusal)]) { node, configuration in
      let file = "\(configuration).csv"
      func sent(_ lines: String) async throws -> Refusal? {
        try FileOutput.write(Array("day,kind,note\n\(lines)\n".utf8), to: file)
        let words = ["calendar", "import", file, "--config", configuration]
        return (await Self.failure(of: words) as? OfficeError)?.refusal
      }
      #expect(try await sent("2027-01-01,off,N\n2027-01-02,closed,N") == .invalidValue)
      #expect(node.requests.isEmpty)
      #expect(try await sent("2027-01-01,off,N\n2027-01-03,working,M") == .answerUnreadable)
      let told = try Self.told(node.requests.last ?? "")
      #expect(
        told == """
          POST /office/v1/calendar/import {"days":[{"day":"2027-01-01","working":false,"note":"N"},\
          {"day":"2027-01-03","working":true,"note":"M"}]}
          """)
    }
  }

  /// Runs a command line here, and gives what it ran into.
  private static func failure(of words: [String]) async -> (any Error)? {
    do {
      guard var command = try Guantong.parseAsRoot(words) as? any AsyncParsableCommand else {
        return nil
      }
      try await command.run()
      return nil
    } catch {
      return error
    }
  }

  /// What a request asks: method, path and body, without what is absent.
  @Test func `document change empties what --clear names and leaves alone what is not named`()
    throws
  {
    let some = try DocumentChange.parse(["F", "--clear", "cc", "--clear", "due-on", "--to", "A"])
    let request = try some.request()
    #expect(request.cc == [] && request.dueOn == "" && request.to == ["A"])
    #expect(request.items == nil && request.basis == nil && request.title == nil)
    let rest = try DocumentChange.parse([
      "F", "--clear", "to", "--clear", "item", "--clear", "basis",
    ])
    .request()
    #expect(rest.to == [] && rest.items == [] && rest.basis == [] && rest.cc == nil)
    for words in [["--cc", "A", "--clear", "cc"], ["--due-on", "D", "--clear", "due-on"]] {
      #expect(throws: (any Error).self) { try DocumentChange.parse(["F"] + words) }
    }
  }

  private static func told(_ request: String) throws -> String {
    let line = request.split(separator: "\r\n").first ?? ""
    let place = line.split(separator: " ").prefix(2).joined(separator: " ")
    guard let end = request.firstRange(of: "\r\n\r\n"), end.upperBound < request.endIndex else {
      return place
    }
    let body = stated(try JSONValue(parsing: Array(request[end.upperBound...].utf8)))
    return "\(place) \(String(decoding: body.encoded(), as: UTF8.self))"
  }

  private static func stated(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.filter { $0.value != .null && $0.value != .array([]) }
          .map { JSONValue.Member($0.name, stated($0.value)) })
    case .array(let values): .array(values.map(stated))
    default: value
    }
  }
}
