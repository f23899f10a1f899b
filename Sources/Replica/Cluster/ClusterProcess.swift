import FoundationEssentials

/// A process that runs, as `/proc` shows it, and whether it belongs to a cluster.
struct ClusterProcess {
  /// Whether a process works in a directory.
  enum Place: Equatable {
    case yes
    case no
    /// The system tells neither where it works nor that it is none of PostgreSQL's.
    case unknown
  }

  private let pid: Int
  /// The name of its program, at most 15 bytes.
  let name: String

  /// Looks at a process; nil when it is gone, or a zombie.
  init?(_ pid: Int) {
    guard let text = Files.read("/proc/\(pid)/stat") else { return nil }
    // The state follows the name in parentheses, which may itself contain parentheses.
    guard let start = text.firstIndex(of: "("), let end = text.lastIndex(of: ")"),
      text[end...].dropFirst(2).first != "Z"
    else { return nil }
    self.pid = pid
    name = String(text[text.index(after: start)..<end])
  }

  /// The data directory that a server's command line names by `-D`; everybody may read that.
  var namedDirectory: String? {
    guard let words = Files.read("/proc/\(pid)/cmdline")?.split(separator: "\0"),
      let option = words.firstIndex(of: "-D"), option + 1 < words.count
    else { return nil }
    return String(words[option + 1])
  }

  /// Whether it works in a directory, which every process of a cluster does.
  ///
  /// In a container even root may be kept from seeing where another user's process works; then its
  /// command line decides.
  /// - Parameter directory: the data directory of the cluster.
  /// - Returns: whether it does, as far as the system tells.
  func works(in directory: Files.Identity) -> Place {
    if let place = Files.status(of: "/proc/\(pid)/cwd") {
      return place.identity == directory ? .yes : .no
    }
    guard name == "postgres" else { return .no }
    guard let named = namedDirectory.flatMap({ Files.status(of: $0) }) else {
      // It may have ended just now.
      return ClusterProcess(pid) == nil ? .no : .unknown
    }
    return named.identity == directory ? .yes : .no
  }
}
