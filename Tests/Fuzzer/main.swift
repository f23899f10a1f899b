import Dispatch
import Foundation
import FuzzSupport
import Glibc
import Synchronization

// One entry point under libFuzzer; `deploy/fuzz` builds and runs it.
//
//   GUANTONG_FUZZ_ENTRY=header fuzz [libFuzzer's flags] FOLDER…   fuzzes
//   fuzz --expand FOLDER     writes the corpora and the seeds as files of bytes
//   fuzz --keep ENTRY FILE   turns a file of bytes into one of the corpora

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The entry point that the environment names.
let entry = ProcessInfo.processInfo.environment["GUANTONG_FUZZ_ENTRY"]
  .flatMap(EntryPoint.init(rawValue:))

/// The most that was resident so far, in bytes.
func peak() -> Int {
  var usage = rusage()
  _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
  return usage.ru_maxrss << 10
}

/// Ends the program as a crash would, so that libFuzzer keeps the input.
func crash(_ flaw: String) -> Never {
  FileHandle.standardError.write(Data("Fatal error: \(flaw)\n".utf8))
  abort()
}

/// Runs one input and ends the program when there is a flaw, so that libFuzzer keeps the input.
func run(_ bytes: [UInt8]) {
  guard let entry else { crash("GUANTONG_FUZZ_ENTRY names no entry point") }
  let outcome = Mutex<Outcome>(.refused)
  let done = DispatchSemaphore(value: 0)
  let before = peak()
  Task.detached {
    let found = await entry.outcome(bytes)
    outcome.withLock { $0 = found }
    done.signal()
  }
  done.wait()
  if let flaw = outcome.withLock({ Trial.flaw(of: $0, for: bytes) }) { crash(flaw) }
  if peak() - before > Trial.memoryMax { crash("took \((peak() - before) >> 20) MiB") }
}

func expand(into folder: String) async throws {
  for entry in EntryPoint.allCases {
    let place = "\(folder)/\(entry.rawValue)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for input in try await Seeds.all(of: entry) + Corpus.inputs(of: entry) {
      // The large ones are replayed by the tests and would only slow the mutations.
      guard input.bytes.count <= 64 << 10 else { continue }
      try Data(input.bytes).write(to: URL(filePath: "\(place)/\(input.name)"))
    }
    print(entry.rawValue)
  }
}

func keep(_ name: String, _ file: String) throws {
  guard let entry = EntryPoint(rawValue: name),
    let bytes = FileManager.default.contents(atPath: file)
  else { crash("usage: fuzz --keep ENTRY FILE") }
  let stem = file.split(separator: "/").last.map(String.init) ?? "input"
  try Corpus.write(Input(entry, "\(stem.prefix(24)).txt", Array(bytes)))
}

let words = CommandLine.arguments
if words.count == 3, words[1] == "--expand" {
  try await expand(into: words[2])
} else if words.count == 4, words[1] == "--keep" {
  try keep(words[2], words[3])
} else {
  var count = CommandLine.argc
  var list = unsafe CommandLine.unsafeArgv
  exit(
    unsafe runDriver(&count, &list) { start, length in
      run(unsafe Array(UnsafeBufferPointer(start: start, count: length)))
      return 0
    })
}
