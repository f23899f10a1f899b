import Foundation
import Office
import TestSupport
import Testing

@testable import Node

/// Bundles between the node and whoever holds the disc.
@Suite struct BundleSpoolTests {
  @Test func `one bundle too many gives the oldest up, file and all`() async throws {
    try await Scratch.withDirectory { directory in
      let spool = BundleSpool(folder: "\(directory)/spool")
      var ids: [String] = []
      for index in 0...Limits.bundlesOpenMax {
        let (id, entry) = try spool.begin(byteCount: 1)
        try await entry.file.write([UInt8(index)], at: 0)
        ids.append(id)
      }
      let refusal = #expect(throws: OfficeError.self) { try spool.entry(ids[0]) }
      #expect(refusal?.refusal == .notFound)
      for id in ids.dropFirst() { _ = try spool.entry(id) }
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/spool")
      #expect(files.sorted() == ids.dropFirst().map { "\($0).gtb" }.sorted())
      let path = "\(directory)/spool/\(files[0])"
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect("\(attributes[.posixPermissions] ?? 0)" == "\(0o600)")
      spool.remove(ids[1])
      #expect(throws: OfficeError.self) { try spool.entry(ids[1]) }
      spool.clear()
      #expect(!FileManager.default.fileExists(atPath: "\(directory)/spool"))
    }
  }

  @Test func `pieces run from the opening into the file without a seam`() async throws {
    try await Scratch.withDirectory { directory in
      let spool = BundleSpool(folder: "\(directory)/spool")
      var (_, entry) = try spool.begin()
      let whole = (0..<100).map { UInt8($0) }
      entry.opening = Array(whole[..<37])
      entry.byteCount = whole.count
      try await entry.file.write(Array(whole[37..<60]), at: 0)
      try await entry.file.write(Array(whole[60...]), at: 23)
      for size in [1, 7, 36, 37, 38, 100, 150] {
        var read: [UInt8] = []
        while read.count < whole.count {
          let piece = try await entry.read(read.count, size)
          try #require(!piece.isEmpty)
          read += piece
        }
        #expect(read == whole, "pieces of \(size)")
      }
      #expect(try await entry.read(100, 5).isEmpty)
      let short = await #expect(throws: NodeError.self) { try await entry.file.read(60, 10) }
      #expect(short?.code == .disk)
    }
  }
}
