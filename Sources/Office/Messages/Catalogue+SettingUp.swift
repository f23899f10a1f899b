extension Catalogue {
  /// What stands in the way of a node that is made or started.
  static let settingUp: [Message] = [
    Message(
      "advertise.nowhere", "不是其他机器可以拨打的 https 地址",
      "it is no https URL that another machine can dial"),
    Message(
      "advertise.nowhere.next",
      "请在 peer.advertise 写对端拨打的地址,如 https://主机:8401;只由本节点拨出则写 none",
      "write in peer.advertise what peers dial, such as https://host:8401, or none for a node that "
        + "only dials out"),
  ]
}
