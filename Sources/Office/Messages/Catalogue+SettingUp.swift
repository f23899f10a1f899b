extension Catalogue {
  /// What stands in the way of a node that is made or started.
  static let settingUp: [Message] = [
    Message("listen.taken", "已被另一进程占用", "it is in use by another process"),
    Message("listen.failed", "无法监听({fault})", "it cannot be listened on ({fault})"),
    Message("node.running", "已有节点在运行", "a node is running there already"),
    Message(
      "node.running.next", "请先停止该节点,或为本节点另选目录",
      "stop it first, or give this one another directory"),
    Message(
      "handout.noSample", "会以明文写出案件材料,而本节点不是样例节点",
      "it would write case files in the clear, and this is no sample node"),
    Message("handout.noSample.next", "请取消设置: unset {path}", "unset it: unset {path}"),
    Message("listen.foreign", "不是本机的地址", "it is no address of this machine"),
    Message(
      "listen.foreign.next",
      "请在 guantong.yaml 中写本机的地址;对端拨打的地址写在 peer.advertise",
      "write an address of this machine in guantong.yaml; what peers dial stands in peer.advertise"
    ),
    Message("listen.forbidden", "当前用户不能监听这里", "this user may not listen there"),
    Message(
      "listen.forbidden.next", "请在 guantong.yaml 中换用 1024 以上的端口",
      "choose a port above 1024 in guantong.yaml"),
    Message("listen.unknown", "主机名无法解析", "its host name cannot be resolved"),
    Message(
      "listen.unknown.next", "请在 guantong.yaml 中改正主机名,或写数字地址",
      "correct the name in guantong.yaml, or write the address in numbers"),
    Message(
      "advertise.nowhere", "不是其他机器可以拨打的 https 地址",
      "it is no https URL that another machine can dial"),
    Message(
      "advertise.nowhere.next",
      "请在 peer.advertise 写对端拨打的地址,如 https://主机:8401;只由本节点拨出则写 none",
      "write in peer.advertise what peers dial, such as https://host:8401, or none for a node that "
        + "only dials out"),
    Message("file.notEmpty", "不是空目录", "it is no empty directory"),
    Message(
      "init.unit", "未给出 --kind,机关类别为“单位”(unit)",
      "without --kind the agency is a unit, which drafts only what every agency may"),
  ]
}
