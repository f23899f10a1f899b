/// The sum over all rows of a table that two sides must have alike.
enum RowChecksum {
  /// Asks for the number of rows and the sum of their 64-bit hashes; no order is needed.
  static func question(_ table: String) -> String {
    """
    SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)
    FROM \(table) AS t;
    """
  }
}
