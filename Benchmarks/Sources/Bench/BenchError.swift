/// What keeps a measurement from being made; said as it is on standard error.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
