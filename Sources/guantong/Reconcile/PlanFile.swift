import FoundationEssentials
import Office
import SystemPackage

/// A plan of `reconcile` as a file: JSON that people may read, but not grow.
enum PlanFile {
  /// The most bytes of one: 4,000 entries of under 700, and room for indentation.
  static let bytesMax = 8 << 20

  /// Writes a plan; only its owner reads it, because it names dossiers.
  static func write(_ plan: API.ReconcilePlan, to path: String) throws {
    let bytes = try JSONValue(encoding: plan).encoded(indented: true)
    try FileOutput.writeSecret(bytes + Array("\n".utf8), to: path)
  }

  /// Reads a plan.
  ///
  /// - Returns: the plan; the node judges what it names.
  /// - Throws: `OfficeError` when the file is none.
  static func read(_ path: String) throws -> API.ReconcilePlan {
    guard let bytes = bytes(of: path) else {
      throw OfficeError(.file, ["path": path, "detail": "file.unreadable"])
    }
    let schema = API.ReconcilePlan(agency: "").schema
    guard let value = try? JSONValue(parsing: bytes), value["schema"]?.text == schema,
      let plan = try? value.decoded(as: API.ReconcilePlan.self)
    else { throw OfficeError(.file, ["path": path, "detail": "plan.none"]) }
    return plan
  }

  /// The bytes of a plain file that is no larger than a plan may be.
  private static func bytes(of path: String) -> [UInt8]? {
    guard let status = try? FilePath(path).stat(), status.type == .regular,
      status.size <= bytesMax
    else { return nil }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }
}
