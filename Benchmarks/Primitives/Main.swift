import Benchmark

/// What BenchmarkTool lists and runs.
@main
struct Primitives: BenchmarkRunnerHooks {
  static func registerBenchmarks() {
    HeaderWork.register()
    SealWork.register()
    FoldWork.register()
    NegentropyWork.register()
  }
}

extension Benchmark.Configuration {
  /// What is measured of everything here.
  ///
  /// Allocations are not counted without an interposer, and processor time has steps of 10 ms.
  ///
  /// - Parameter scale: how often the work is done at each measurement; figures are for one.
  /// - Returns: two seconds of it at the most, after one that only warms up.
  static func measured(_ scale: BenchmarkScalingFactor = .one) -> Benchmark.Configuration {
    Benchmark.Configuration(
      metrics: [.wallClock, .throughput, .instructions], warmupIterations: 1,
      scalingFactor: scale, maxDuration: .seconds(2), maxIterations: 10_000)
  }
}
