import Ledger
import TestSupport
import Testing

/// What a third party finds in a certificate of destruction with the id of a directory.
@Suite struct CertificateTests {
  private struct Scene {
    var world: World
    var graph: DossierGraph
    let home: AgencyCode
    let sealed: ChangeSetID
    let destroying: ChangeSetID

    var place: PartPlace { PartPlace(change: sealed, part: 1) }

    init() throws {
      var world = try World(others: ["420300-JW"])
      let home = try Agencies.code("420300-FZB")
      var graph = try world.begin(by: home, [.to(try Agencies.code("420300-JW"))])
      var twist = World.Twist()
      for _ in 0..<2 {
        twist.sealedParts.append(
          Part(audience: [home], records: [world.record(by: home, type: 4)]))
      }
      sealed = try world.write(by: home, in: &graph, [], twist)
      var order = World.Twist()
      order.records = [
        world.record(by: home, type: 8, about: PartPlace(change: sealed, part: 1))
      ]
      destroying = try world.write(by: home, in: &graph, [], order)
      (self.world, self.graph, self.home) = (world, graph, home)
    }

    func certificate(
      of change: ChangeSetID? = nil, part: Int = 1, by subject: ChangeSetID? = nil
    ) throws -> DestructionCertificate {
      DestructionCertificate(
        evidence: try #require(
          Evidence(
            of: subject ?? destroying, in: graph, showing: [0], receipts: [],
            directory: world.directory)),
        headerBytes: try #require(graph.changeSet(change ?? sealed)).headerBytes, part: part)
    }

    func flaw(_ certificate: DestructionCertificate) -> CertificateFlaw? {
      switch DestructionCertificate.verify(certificate.encoded(), directory: world.directory.id) {
      case .success: nil
      case .failure(let flaw): flaw
      }
    }
  }

  @Test func `a certificate names the part, its hash, its author and the signed record`() throws {
    let scene = try Scene()
    let file = try scene.certificate().encoded()
    #expect(DestructionCertificate.isMeant(by: file))
    let found = try DestructionCertificate.verify(file, directory: scene.world.directory.id).get()
    #expect(found.place == scene.place)
    #expect(found.hash == scene.graph.changeSet(scene.sealed)?.header.parts[1])
    #expect(found.evidence.id == scene.destroying)
    #expect(found.evidence.header.author == scene.home)
    #expect(found.evidence.isRootPinned)
    #expect(found.record.partStatement == .destroy(scene.place))
    #expect(found.agency?.code == scene.home)
    let again = try DestructionCertificate.decode(file).get()
    #expect(again.encoded() == file)
  }

  @Test func `what was not destroyed has no certificate`() throws {
    let scene = try Scene()
    #expect(scene.flaw(try scene.certificate(part: 2)) == .noDestruction)
    #expect(scene.flaw(try scene.certificate(part: 0)) == .part)
    #expect(scene.flaw(try scene.certificate(part: 3)) == .part)
    #expect(scene.flaw(try scene.certificate(by: scene.sealed)) == .noDestruction)
    let other = try scene.certificate(of: scene.destroying, part: 1)
    #expect(scene.flaw(other) == .part)
  }

  @Test func `another author's word about a part certifies nothing`() throws {
    var scene = try Scene()
    let member = try Agencies.code("420300-JW")
    var twist = World.Twist()
    twist.records = [
      scene.world.record(
        by: member, type: 8, about: PartPlace(change: scene.sealed, part: 2))
    ]
    let foreign = try scene.world.write(by: member, in: &scene.graph, [], twist)
    #expect(scene.flaw(try scene.certificate(part: 2, by: foreign)) == .foreignPart)
  }

  @Test func `another directory, and every changed byte, is refused`() throws {
    let scene = try Scene()
    let file = try scene.certificate().encoded()
    let other = try World(seed: 9).directory.id
    #expect(
      DestructionCertificate.verify(file, directory: other)
        == .failure(.evidence(.otherDirectory)))
    #expect(DestructionCertificate.verify([], directory: nil) == .failure(.notLawful))
    for index in file.indices {
      var changed = file
      changed[index] ^= 1 << UInt8(index % 8)
      guard
        case .failure = DestructionCertificate.verify(changed, directory: scene.world.directory.id)
      else {
        Issue.record("byte \(index) may change")
        continue
      }
    }
    guard
      case .failure = DestructionCertificate.verify(
        file + [0x28, 1], directory: scene.world.directory.id)
    else {
      Issue.record("bytes may follow")
      return
    }
  }
}
