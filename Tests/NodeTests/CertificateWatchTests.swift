import Logging
import Synchronization
import Testing

@testable import Node

/// When a TLS pair that was put in the place of another is taken into use.
@Suite struct CertificateWatchTests {
  /// The files as a test changes them, and what was published.
  private final class Desk: Sendable {
    let files: Mutex<TransportCertificate>
    let identity: TransportIdentity
    let published = Mutex<[CertificatePin]>([])
    let isShown = Mutex(false)

    init() throws {
      let pair = try TransportCertificate.generate(name: "420300-JW")
      files = Mutex(pair)
      identity = try TransportIdentity(pair)
    }

    func watch() -> CertificateWatch {
      var logger = Logger(label: "test")
      logger.logLevel = .critical
      return CertificateWatch(
        identity: identity, every: .milliseconds(1), read: { self.files.withLock { $0 } },
        publish: { next in
          self.published.withLock { $0.append(next.pin) }
          return self.isShown.withLock { $0 }
        }, logger: logger)
    }
  }

  @Test func `a pair with another key is published first and used when that is shown`()
    async throws
  {
    let desk = try Desk()
    let former = desk.identity.pin
    var found = CertificateWatch.Found(settled: desk.files.withLock { $0 })
    let next = try TransportCertificate.generate(name: "420300-JW")
    desk.files.withLock { $0 = next }
    for _ in 0..<2 { await desk.watch().look(&found) }
    #expect(desk.identity.pin == former)
    #expect(desk.identity.generation == 0)
    #expect(desk.published.withLock { $0 } == [try next.pin(), try next.pin()])
    desk.isShown.withLock { $0 = true }
    await desk.watch().look(&found)
    #expect(desk.identity.pin == (try next.pin()))
    #expect(desk.identity.generation == 1)
    // Once only.
    await desk.watch().look(&found)
    #expect(desk.identity.generation == 1)
    #expect(desk.published.withLock { $0.count } == 3)
  }

  @Test func `a pair that was taken back before it was used is not the one published`()
    async throws
  {
    let desk = try Desk()
    let former = desk.files.withLock { $0 }
    var found = CertificateWatch.Found(settled: former)
    desk.files.withLock { files in
      if let next = try? TransportCertificate.generate(name: "420300-JW") { files = next }
    }
    await desk.watch().look(&found)
    desk.files.withLock { $0 = former }
    await desk.watch().look(&found)
    await desk.watch().look(&found)
    #expect(desk.published.withLock { $0.count } == 2)
    #expect(desk.published.withLock { $0.last } == desk.identity.pin)
    #expect(desk.identity.generation == 0)
  }

  @Test func `a certificate with the same key is used at once`() async throws {
    let desk = try Desk()
    let former = desk.files.withLock { $0 }
    var found = CertificateWatch.Found(settled: former)
    desk.files.withLock {
      $0 = TransportCertificate(
        keyPEM: former.keyPEM, certificatePEM: former.certificatePEM + "\n")
    }
    await desk.watch().look(&found)
    #expect(desk.identity.generation == 1)
    #expect(desk.published.withLock { $0.isEmpty })
  }

  @Test func `a pair that does not belong together is refused`() async throws {
    let desk = try Desk()
    let former = desk.files.withLock { $0 }
    var found = CertificateWatch.Found(settled: former)
    let other = try TransportCertificate.generate(name: "420300-JW")
    desk.files.withLock {
      $0 = TransportCertificate(keyPEM: other.keyPEM, certificatePEM: former.certificatePEM)
    }
    await desk.watch().look(&found)
    #expect(desk.identity.generation == 0)
    #expect(desk.published.withLock { $0.isEmpty })
  }
}
