import Ledger
import Node
import Postgres

/// One key of `guantong.yaml`, by its dotted name.
///
/// The table is the whole configuration: the file, the environment, `config show` and the nearest
/// known key of an error all read it.
///
/// | key | default | meaning |
/// |---|---|---|
/// | `agency` | | code of the agency |
/// | `data_dir` | `.` | directory of the node, relative to the file |
/// | `database.url` | | empty for the embedded cluster; else a libpq URI or `service=` |
/// | `peer.listen` | `127.0.0.1:8401` | where peers reach the node |
/// | `peer.advertise` | `https://` + `peer.listen` | how the directory says it, or `none` |
/// | `peer.gateway` | `false` | whether a gateway ends TLS: content then comes in envelopes |
/// | `ops.listen` | `127.0.0.1:9401` | `/livez /readyz /metrics`, loopback only |
/// | `office.listen` | | JSON API over TCP, off when empty |
/// | `language` | `zh` | language of the node's own words |
/// | `time_zone` | `Asia/Shanghai` | the zone of every date |
/// | `log.level` | `info` | trace, debug, info, notice, warning, error, critical |
/// | `sample` | `false` | sample data |
enum SettingKey: String, CaseIterable, Sendable {
  case agency
  case dataDirectory = "data_dir"
  case databaseURL = "database.url"
  case peerListen = "peer.listen"
  case peerAdvertise = "peer.advertise"
  case peerGateway = "peer.gateway"
  case opsListen = "ops.listen"
  case officeListen = "office.listen"
  case language
  case timeZone = "time_zone"
  case logLevel = "log.level"
  case sample

  /// The `peer.advertise` of a node that only dials out: it publishes no address.
  static let nobody = "none"

  /// The value when nothing says another; nil when something must.
  var fallback: String? {
    switch self {
    case .agency: nil
    case .dataDirectory: "."
    case .databaseURL, .officeListen, .peerAdvertise: ""
    case .peerListen: "127.0.0.1:8401"
    case .opsListen: "127.0.0.1:9401"
    case .language: "zh"
    case .timeZone: "Asia/Shanghai"
    case .logLevel: "info"
    case .sample, .peerGateway: "false"
    }
  }

  /// The variable that overrides the file: `GUANTONG_PEER__LISTEN` for `peer.listen`.
  var environmentName: String {
    "GUANTONG_" + rawValue.uppercased().split(separator: ".").joined(separator: "__")
  }

  /// The value as it may be shown: a database URL without its passwords.
  func shown(_ value: String) -> String {
    self == .databaseURL ? SettingsListing.masked(value) : value
  }

  /// What a value should be, a message of the catalogue.
  var expected: String { "expected.\(rawValue)" }

  /// What the value should be; nil when it can be used.
  func fault(in value: String) -> String? {
    let isGood =
      switch self {
      case .agency: AgencyCode(value) != nil
      case .dataDirectory: !value.isEmpty
      case .databaseURL: value.isEmpty || (try? ConnectionConfiguration(parsing: value)) != nil
      case .peerListen, .opsListen: ListenAddress(value) != nil
      case .officeListen: value.isEmpty || ListenAddress(value) != nil
      case .peerAdvertise:
        value.isEmpty || value == Self.nobody || PeerEndpoint(value) != nil
      case .language: ["zh", "en"].contains(value)
      case .timeZone: value == "Asia/Shanghai"
      case .logLevel:
        ["trace", "debug", "info", "notice", "warning", "error", "critical"].contains(value)
      case .sample, .peerGateway: ["true", "false"].contains(value)
      }
    return isGood ? nil : expected
  }
}
