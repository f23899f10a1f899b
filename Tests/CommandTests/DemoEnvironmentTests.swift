import Subprocess
import Testing

@testable import guantong

@Suite struct DemoEnvironmentTests {
  @Test func `no variable of whoever starts the demo reaches its nodes`() {
    let changes = DemoEnvironment.changes(
      setting: ["GUANTONG_LANG": "en"],
      inherited: ["HOME", "GUANTONG_DATABASE__URL", "GUANTONG_DATA_DIR", "GUANTONG_LANG"])
    #expect(
      changes == [
        "GUANTONG_DATABASE__URL": nil, "GUANTONG_DATA_DIR": nil, "GUANTONG_LANG": "en",
      ])
  }
}
