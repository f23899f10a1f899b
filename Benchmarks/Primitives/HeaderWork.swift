import Benchmark
import Ledger
import Samples

/// Writing and reading the header of a change set, as each of them is when it is sealed, served,
/// taken and read from the log.
enum HeaderWork {
  static func register() {
    let header = header()
    let bytes = header.encoded()
    Benchmark("header encoded", configuration: .measured(.kilo)) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(header.encoded()) }
    }
    Benchmark("header decoded", configuration: .measured(.kilo)) { benchmark in
      for _ in benchmark.scaledIterations {
        guard case .header(let read) = ChangeSetHeader.decode(bytes) else {
          return benchmark.error("a header that is none")
        }
        blackHole(read)
      }
    }
  }

  /// A letter's: the author's change set before it, two heads of others, an open and a sealed part.
  private static func header() -> ChangeSetHeader {
    var bytes = SampleBytes()
    let parents = [ChangeSetID(bytes.hash()), ChangeSetID(bytes.hash())].sorted()
    return ChangeSetHeader(
      dossier: DossierID(bytes.hash()), author: lawful(AgencyCode("420300-FZB")),
      key: KeyID(bytes.hash()), sequence: 7, previous: ChangeSetID(bytes.hash()),
      parents: parents, directory: ChangeSetID(bytes.hash()), authoredAt: .sample,
      parts: [PartHash(bytes.hash()), PartHash(bytes.hash())])
  }
}
