import Ledger

extension StoreTransaction where Self: ~Copyable {
  /// The directory, for whoever gives something out, writes, asks others or keeps what they signed.
  ///
  /// Where its log has a hole, who may have what is not known: a lost entry may have withdrawn a
  /// key or moved an agency to another node. And what is written must name an entry that is no
  /// older than those named before. So nothing of that is done until the hole is filled.
  ///
  /// - Returns: the directory; nil before there is one.
  /// - Throws: ``ExchangeError`` `corrupt` where its log has a hole; any other failure of the
  ///   store.
  func wholeDirectory() throws -> Directory? {
    guard let directory = try directory() else { return nil }
    guard !directory.isHoled else { throw ExchangeError.hole(in: directory.id) }
    return directory
  }
}
