import Exchange
import Ledger
import Office
import Replica
import TestSupport
import Testing

/// The encryption key in an agency's particulars.
@Suite(.database, .tags(.database), .timeLimit(.minutes(5))) struct EncryptionKeyTests {
  @Test func `a node publishes the key it made once, and a replaced one again`() async throws {
    try await City.with(Array(City.six.prefix(1))) { city in
      let agency = try #require(city.agencies.first)
      let before = try #require(try await particulars(of: agency))
      #expect(before.encryptionKey.isEmpty, "a node from before there were such keys")
      let pin = try #require(before.tlsPin)
      for (seed, version) in [(UInt8(1), before.version + 1), (2, before.version + 2)] {
        let key = try #require(DecryptionKey(rawRepresentation: Array(repeating: seed, count: 32)))
        let office = Office(
          agency: agency.code, key: agency.key, encryptionKey: key.encryptionKey,
          store: agency.store, clock: agency.office.clock, program: agency.office.program)
        #expect(try await office.publish(endpoint: before.endpoint, tlsPin: pin))
        #expect(try await !office.publish(endpoint: before.endpoint, tlsPin: pin))
        let now = try #require(try await particulars(of: agency))
        #expect(now.encryptionKey == key.encryptionKey.bytes && now.version == version)
        #expect(now.people == before.people)
      }
      // A program that knows of no key leaves the published one alone.
      #expect(try await !agency.office.publish(endpoint: before.endpoint, tlsPin: pin))
    }
  }

  private func particulars(of agency: Agency) async throws -> Particulars? {
    try await agency.store.read(ReadParticulars(agency: agency.code))
  }
}

private struct ReadParticulars: StoreWork {
  let agency: AgencyCode

  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> Particulars? {
    try transaction.directory()?.current.particulars(of: agency)
  }
}
