import Ledger

/// The copies of some dossiers that a bundle brings: they answer for these as its sender would on
/// the line, and prove themselves whoever it is.
struct CarriedCopies: Sendable {
  /// The dossiers.
  let dossiers: Set<DossierID>
  private var copies: [ReceivedChangeSet] = []
  private var room = Limits.bundleMendingBytesMax

  /// Looks for copies of these dossiers.
  init(of dossiers: [DossierID]) {
    self.dossiers = Set(dossiers)
  }

  /// Keeps those of a page, as many as there is room for.
  mutating func add(_ page: DeliveryPage) {
    guard !dossiers.isEmpty else { return }
    for delivery in page.deliveries {
      guard let copy = delivery.received, let origin = copy.origin,
        dossiers.contains(origin.dossier)
      else { continue }
      room -= delivery.wireBytes
      guard room >= 0 else { return }
      copies.append(copy)
    }
  }

  /// The dossiers of which something came, ascending.
  var brought: [DossierID] { Set(copies.compactMap { $0.origin?.dossier }).sorted() }

  /// What a request by id and by stretches is answered with.
  func answer(_ request: FetchRequest) -> FetchAnswer {
    let ids = Set(request.ids)
    let chains = Dictionary(grouping: request.ranges) { Chain($0.dossier, $0.author) }
      .mapValues { AskedSequences($0.map(\.sequences)) }
    var answer = FetchAnswer()
    answer.deliveries = copies.filter { copy in
      if ids.contains(copy.id) { return true }
      guard let origin = copy.origin else { return false }
      return chains[Chain(origin.dossier, origin.author)]?.contains(origin.sequence) == true
    }.map { Delivery(number: 0, content: .changeSet($0)) }
    return answer
  }

  /// The change sets of one author in one dossier.
  private struct Chain: Hashable {
    let dossier: DossierID
    let author: AgencyCode

    init(_ dossier: DossierID, _ author: AgencyCode) {
      self.dossier = dossier
      self.author = author
    }
  }
}

/// Fills the holes of the own log that a bundle has copies for, as a repair does by a fetch.
struct MendLog: Sendable {
  /// Whose bundle it is.
  let carrier: AgencyCode
  /// Called with what each repair leads to.
  let settled: @Sendable (TakenFetch) -> Void

  /// Returns how many holes were filled, and rows behind them made again.
  func run<S: Store>(
    _ copies: CarriedCopies, over store: S, now: () -> Timestamp
  ) async throws -> Int {
    var repaired = 0
    for dossier in copies.brought {
      let found = try await store.read(SelfCheck(only: dossier)).report
      guard !found.holes.isEmpty else { continue }
      var checking = SelfChecking(repairs: true, dossier: dossier, settled: settled)
      checking.carrier = carrier
      let report = try await checking.run(over: store, now: now) { _, question in
        copies.answer(question)
      }
      repaired += report.repaired
    }
    return repaired
  }
}

/// The directory's dossier where its log has a hole; nil where it is whole.
struct HoledDirectory: StoreWork {
  func run<T: StoreTransaction & ~Copyable>(_ transaction: borrowing T) throws -> DossierID? {
    try transaction.directory().flatMap { $0.isHoled ? $0.id : nil }
  }
}
