extension API {
  /// Says which of the bodies that have a letter is competent.
  package static let assignCompetence = Endpoint<AssignCompetenceRequest, Step>(
    .post, "/office/v1/clues/{clue}/assign", operation: "assignCompetence", credential: .person)

  /// Merges a clue into another one.
  package static let merge = Endpoint<MergeRequest, Step>(
    .post, "/office/v1/clues/{clue}/merge", operation: "merge", credential: .person)

  /// Says that a dossier belongs to another one.
  package static let relate = Endpoint<RelateRequest, Step>(
    .post, "/office/v1/dossiers/{dossier}/relate", operation: "relate", credential: .person)
}
