/// Who names the model areas that a bid wants to be among (示范创建层级).
package enum BidLevel: String, CodeTable {
  case national, provincial, city

  /// The words people see for the level.
  package var term: Term {
    switch self {
    case .national: Term("全国", "national")
    case .provincial: Term("全省", "provincial")
    case .city: Term("全市", "of the city")
    }
  }
}
