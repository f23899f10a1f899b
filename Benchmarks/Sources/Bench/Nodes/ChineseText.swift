/// Texts of a given length in Chinese characters, the same for the same seed.
enum ChineseText {
  private static let characters = Array(
    "关于整改落实情况的报告现将有关事项函告如下请按规定时限办理并反馈结果附件材料清单核查意见建议单位")

  /// Characters drawn one after the other by a linear congruential generator.
  static func of(_ count: Int, seed: Int) -> String {
    var state = UInt64(truncatingIfNeeded: seed) &* 6_364_136_223_846_793_005 &+ 1
    var text = ""
    for _ in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.append(characters[Int(state >> 33) % characters.count])
    }
    return text
  }
}
