import Testing

/// Need-to-know is decided in one place, and everything that answers a peer goes through it.
@Suite struct AudienceTests {
  private func files(with words: [String], in folder: String = "Sources/") -> Set<String> {
    Set(
      SourceTree.swift.filter { file in
        file.path.hasPrefix(folder)
          && file.code.lines.contains { line in words.contains { line.contains($0) } }
      }.map { String($0.path.split(separator: "/").last ?? "") })
  }

  /// What the graph, a summary or a part says of who belongs to a dossier.
  private static let membership: Set<Substring> = [
    "excluded", "excludes", "members", "granted", "membership", "closings", "deliverable",
    "barredWhileHeld", "countingGrants", "repeatedGrants", "hasGrant", "openedTo", "isReadable",
  ]

  /// The words of membership that a file asks something for: those behind a dot.
  private func asked(in file: SourceFile) -> Set<Substring> {
    file.code.lines.reduce(into: []) { found, line in
      for piece in line.split(separator: ".", omittingEmptySubsequences: false).dropFirst() {
        guard let word = SwiftText.words(String(piece.prefix { $0 != " " })).first,
          piece.hasPrefix(word), Self.membership.contains(word)
        else { continue }
        found.insert(word)
      }
    }
  }

  /// The files of a module that read membership, with what they read.
  private func reading(in folder: String) -> [String: Set<Substring>] {
    SourceTree.swift.filter { $0.path.hasPrefix("Sources/\(folder)/") }
      .reduce(into: [:]) { found, file in
        let words = asked(in: file)
        if !words.isEmpty { found[String(file.path.dropFirst("Sources/\(folder)/".count))] = words }
      }
  }

  @Test func `security T11 one type alone decides who may be given what`() {
    // Beside it: to whom a step is queued, before anything is served; whom this node itself asks;
    // and what a store keeps of it.
    let expected: [String: Set<Substring>] = [
      "Audience/Audience.swift": [
        "excluded", "members", "closings", "deliverable", "barredWhileHeld", "openedTo",
        "isReadable",
      ],
      "Audience/Routing.swift": ["excluded", "members", "membership", "closings"],
      "UseCases/Append.swift": ["members"],
      "UseCases/Intake.swift": [
        "excluded", "excludes", "members", "countingGrants", "repeatedGrants",
      ],
      "Checking/ListHoles.swift": ["members"],
      "Attachments/WantedAttachments.swift": ["granted"],
      "Store/StoreValues.swift": ["excluded", "excludes", "granted", "members"],
      "Memory/MemoryTransaction.swift": ["excluded", "excludes", "members"],
      "Memory/MemoryTransaction+Held.swift": ["excludes"],
    ]
    let found = reading(in: "Exchange")
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (file, words) in expected { #expect(found[file] == words, "\(file)") }
    // The members of a JSON object.
    #expect(reading(in: "Node") == ["NodeParts.swift": ["members"]])
  }

  @Test func `security T11 a second reading of who belongs to a dossier is found`() {
    for (text, words) in [
      ("let left = all.subtracting(graph.excluded)", ["excluded"]),
      ("guard graph\n  .excluded.isDisjoint(with: these) else { return }", ["excluded"]),
      ("let now = graphs.mapValues(\\.members)", ["members"]),
      ("for each in part?.membership ?? [] where each.closes {}", ["membership"]),
      ("if graph!.granted.contains(agency), !other.members.isEmpty {}", ["granted", "members"]),
      ("let excluded = 1 // graph.excluded\nlet a = \"graph.members\"", []),
      ("a.excludedHere(b.membersMax)", []),
    ] as [(String, Set<Substring>)] {
      #expect(asked(in: SourceFile(path: "Sources/Exchange/A.swift", text)) == words, "\(text)")
    }
  }

  @Test func `security T11 a stored change set leaves by the audience alone`() {
    // Beside it: what one judges of one's own, and the directory, which everybody may read.
    let building = ["UseCases", "Audience"].map {
      files(with: ["ReceivedChangeSet("], in: "Sources/Exchange/\($0)/")
    }
    #expect(building == [["Append.swift"], ["Audience.swift"]])
    #expect(
      files(with: [".disclosed("], in: "Sources/Exchange") == ["ServeDeliveries.swift"])
    #expect(files(with: ["ReceivedChangeSet("], in: "Sources/Node").isEmpty)
  }

  @Test func `security T11 every answer to a peer asks the audience`() {
    let asking = files(with: ["Audience(", "Shelf(", "SharedDossiers("], in: "Sources/Exchange")
    let answers: Set = [
      "ServeDeliveries.swift", "AnswerFetch.swift", "AnswerReconcile.swift",
      "AnswerAttachment.swift", "CompareChains.swift", "QueueWanted.swift",
      "WantedAttachments.swift", "TakeFetched.swift",
    ]
    #expect(asking.isSuperset(of: answers), "\(answers.subtracting(asking))")
    let bundles = files(with: ["ServeDeliveries("], in: "Sources/Exchange/Bundles")
    #expect(bundles == ["ExportBundle.swift"])
    let pieces = files(with: ["AnswerAttachment("], in: "Sources/Exchange/Bundles")
    #expect(pieces == ["ExportBundle.swift"])
    // Beside the answer to a peer: what a node checks of its own.
    let reading = files(with: ["transaction.piece("], in: "Sources/Exchange")
    #expect(reading == ["AnswerAttachment.swift", "AttachmentChecking.swift"])
  }
}
