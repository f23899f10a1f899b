/// Finds the known word that was probably meant.
package enum Nearest {
  /// The candidate with the fewest edits, if it is near enough to be a slip; ties go to the first.
  package static func word(to typed: String, among candidates: [String]) -> String? {
    let limit = max(2, typed.count / 3)
    let ranked = candidates.map { (word: $0, edits: edits(typed, $0)) }
      .filter { $0.edits <= limit }
    return ranked.min { $0.edits < $1.edits }?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
  package static func edits(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let same = left[row] == right[column]
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
