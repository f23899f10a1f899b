extension Array {
  /// The elements in their order, so many at a time; the last slice may be shorter.
  func slices(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map { start in
      Array(self[start..<Swift.min(self.count, start + count)])
    }
  }
}
