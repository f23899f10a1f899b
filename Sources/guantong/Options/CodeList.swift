import Casework

extension CodeTable {
  /// Its codes as the help of an option lists them.
  static var listed: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
