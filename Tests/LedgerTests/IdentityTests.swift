import Ledger
import TestSupport
import Testing

@Suite struct IdentityTests {
  @Test func `a hash reads its own hexadecimal and orders by bytes`() throws {
    let low = try #require(Hash256([0] + Array(repeating: 0xFF, count: 31)))
    let high = try #require(Hash256([1] + Array(repeating: 0x00, count: 31)))
    #expect(low < high)
    #expect(Hash256(hex: high.hex.uppercased()) == high)
    #expect(high.hex == "01" + String(repeating: "00", count: 31))
    #expect(Hash256(Array(repeating: 0, count: 31)) == nil)
    #expect(Hash256(hex: String(repeating: "0g", count: 32)) == nil)
    #expect(Hash256(hex: String(repeating: "0", count: 63)) == nil)
  }

  @Test func `every byte of a hash takes part in its order`() throws {
    let zero = Hash256.zero
    for index in 0..<32 {
      var bytes = [UInt8](repeating: 0, count: 32)
      bytes[index] = 1
      let other = try #require(Hash256(bytes))
      #expect(zero < other)
      #expect(other.bytes == bytes)
    }
  }

  @Test(arguments: ["420300-FZB", "000000-A", "420304-0123456789ABCDEF"])
  func `a well-formed agency code is taken`(text: String) {
    #expect(AgencyCode(text)?.rawValue == text)
  }

  @Test(arguments: [
    "", "420300-", "42030-FZB", "4203000FZB", "420300-fzb", "420300-FZB ", "42030x-FZB",
    "420300-FZB1234567890ABCD", "420300-法",
  ])
  func `a malformed agency code is refused`(text: String) {
    #expect(AgencyCode(text) == nil)
  }

  @Test func `a record id is the UUID of RFC 9562 appendix A`() throws {
    // Unix time 1645557742000 ms, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    let id = RecordID(
      timestamp: Timestamp(microseconds: 1_645_557_742_000_999),
      random: [0xFC, 0xC3, 0xD8, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F])
    #expect(id.uuidString == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(RecordID(uuidString: "017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == id)
    #expect(RecordID(bytes: id.bytes) == id)
    #expect(RecordID(uuidString: "017f22e2-79b0-4cc3-98c4-dc0c0c07398f") == nil)
    #expect(RecordID(uuidString: "017f22e2-79b0-7cc3-18c4-dc0c0c07398f") == nil)
    #expect(RecordID(uuidString: "017f22e279b07cc398c4dc0c0c07398f") == nil)
  }

  @Test(arguments: [
    ("1970-01-01", Int32(0), 4), ("2000-02-29", 11_016, 2), ("2026-11-24", 20_781, 2),
    ("1969-12-31", -1, 3), ("2199-12-31", 84_005, 2),
  ])
  func `a date is its number of days and back`(text: String, days: Int32, weekday: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.days == days)
    #expect(CivilDate(days: days).description == text)
    #expect(date.weekday == weekday)
  }

  @Test func `every day of two centuries reads back`() {
    for days in stride(from: Int32(-36_525), to: 84_006, by: 7) {
      let date = CivilDate(days: days)
      #expect(CivilDate(date.description) == date)
    }
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-4-01", "2026/04/01", ""])
  func `a date that is none is refused`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `months are added to the same day or the last of the month`() throws {
    let date = try #require(CivilDate("2026-01-31"))
    #expect(date.adding(months: 1).description == "2026-02-28")
    #expect(date.adding(months: 13).description == "2027-02-28")
    #expect(date.adding(months: -2).description == "2025-11-30")
    #expect(date.adding(days: 1).description == "2026-02-01")
  }

  @Test func `a time is written with microseconds and Z`() throws {
    let time = Timestamp(microseconds: 1_700_000_000_000_042)
    #expect(time.description == "2023-11-14T22:13:20.000042Z")
    #expect(Timestamp(time.description) == time)
    #expect(Timestamp("2023-11-14T22:13:20Z")?.microseconds == 1_700_000_000_000_000)
    #expect(Timestamp("2023-11-14T22:13:20.5Z")?.microseconds == 1_700_000_000_500_000)
    #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
    for wrong in [
      "2023-11-14T22:13:20+08:00", "2023-11-14 22:13:20Z", "2023-11-14T24:00:00Z",
      "2023-11-14T22:13:20.Z", "2023-11-14T22:13:20.1234567Z",
    ] { #expect(Timestamp(wrong) == nil) }
  }

  @Test func `the civil date is that of Shanghai whatever the machine says`() throws {
    let before = try #require(Timestamp("2026-03-01T15:59:59.999999Z"))
    let after = try #require(Timestamp("2026-03-01T16:00:00Z"))
    #expect(before.civilDate.description == "2026-03-01")
    #expect(after.civilDate.description == "2026-03-02")
  }
}
