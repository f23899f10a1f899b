extension Range<Int> {
  /// The first number of which the condition holds, as it does of all after it; else the end.
  ///
  /// - Parameter holds: the condition.
  /// - Returns: the number.
  package func partitioningIndex(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
