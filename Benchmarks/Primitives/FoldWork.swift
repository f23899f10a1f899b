import Benchmark
import Casework

/// Folding a whole dossier into the rows of its tables, as after a restart.
///
/// A node that has folded it only judges what is new.
enum FoldWork {
  static func register() {
    for letters in [100, 1_000] {
      Benchmark(
        "fold of a dossier of \(letters) letters", configuration: .measured(),
        closure: { benchmark, sample in
          let fold = CaseworkFold.full(sample.graph, roster: sample.directory)
          blackHole(fold.folded(sample.graph).rows)
        }, setup: { SampleDossier(letters: letters) })
    }
  }
}
