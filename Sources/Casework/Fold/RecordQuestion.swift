import Ledger

/// What may be asked of the records of a dossier; a record that comes changes the answers to a few.
enum RecordQuestion: Hashable, Sendable {
  /// The records with an id.
  case named(RecordID)
  /// What targets a record.
  case following(Citation)
  /// The steps of a course on a record.
  case advancing(Citation)
  /// The documents that supersede an id.
  case superseding(RecordID)
  /// The later versions of a record.
  case revising(Citation)
  case documents, results, covers
  /// The record at a place where none was when it was asked for; one that is there never changes.
  case at(Citation)
  /// All records.
  case everything

  /// The questions in whose answer a record stands.
  static func answered(by entry: Entry) -> [RecordQuestion] {
    // A void record answers no question, however often its author repeats it.
    // What is said about a part answers none either, and takes no id from any other record.
    guard entry.flaw == nil, !entry.isAboutPart else { return [] }
    var questions: [RecordQuestion] = [.named(entry.record.id)]
    if let target = entry.target { questions.append(.following(target)) }
    if let revised = entry.record.revises { questions.append(.revising(revised)) }
    switch entry.record.content {
    case .document(let document):
      questions.append(.documents)
      if let old = document.supersedes { questions.append(.superseding(old)) }
    case .dossier: questions.append(.covers)
    case .result: questions.append(.results)
    case .act(let act) where act.verb == .advance:
      if let target = entry.target { questions.append(.advancing(target)) }
    case .item, .act, .destruction, .disclosure: break
    }
    return questions
  }
}

/// Notes what is asked, so that what was concluded can be kept until an answer changes.
///
/// A question is noted by its hash: of two with one hash either makes the conclusion be drawn anew,
/// which gives the same.
final class Inquiry {
  private(set) var asked: Set<Int> = []

  func note(_ question: RecordQuestion) { asked.insert(question.hashValue) }
}
