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

  @Test func `security T11 one type alone decides who may be given what`() {
    let rules = ["barredWhileHeld(", "deliverable(in:", ".excluded.contains(agency)"]
    #expect(files(with: rules, in: "Sources/Exchange") == ["Audience.swift"])
    #expect(files(with: rules, in: "Sources/Node").isEmpty)
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
      "AnswerAttachment.swift", "CompareChains.swift", "ImportBundle.swift",
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
