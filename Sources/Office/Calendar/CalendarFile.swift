/// The days of a file of holidays and make-up days (节假日和调休).
///
/// UTF-8, a head `day,kind,note`, then one line for each exception from Monday to Friday:
/// `2027-01-01,off,元旦`. Empty lines and those that begin with `#` say nothing; a note has no
/// quotation marks, and may have commas. Lines end with LF or CRLF, and a byte order mark is
/// skipped, as spreadsheets write them.
package enum CalendarFile {
  /// Bytes of one: as many lines as it may have, of 100 bytes.
  package static let bytesMax = 64 * 1024

  /// The first line.
  package static let head = "day,kind,note"

  /// Reads the days.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - path: what a refusal calls it, with the number of the line.
  /// - Returns: the days in the order of the file, each once.
  /// - Throws: the refusal of the first line that is none of these, or of the whole.
  package static func days(
    _ bytes: [UInt8], of path: String
  ) throws(OfficeError) -> [API.CalendarDayRequest] {
    guard bytes.count <= bytesMax else {
      throw OfficeError(.tooLarge, ["bytes": "\(bytes.count)", "limit": "\(bytesMax)"])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw OfficeError(.file, ["path": path, "detail": "file.noText"])
    }
    var (days, known, hasHead): ([API.CalendarDayRequest], Set<String>, Bool) = ([], [], false)
    let whole = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    let lines = whole.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (position, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let place = "\(path):\(position + 1)"
      guard hasHead else {
        guard line == head else { throw Field.invalid(String(line), place, "calendar.head") }
        hasHead = true
        continue
      }
      let day = try exception(line, at: place)
      guard known.insert(day.day).inserted else {
        throw Field.invalid(day.day, place, "calendar.once")
      }
      days.append(day)
    }
    guard !days.isEmpty else { throw OfficeError(.missingValue, ["field": "\(path): day"]) }
    return days
  }

  private static func exception(
    _ line: Substring, at place: String
  ) throws(OfficeError) -> API.CalendarDayRequest {
    let parts = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, ["working", "off"].contains(parts[1]), !parts[2].contains("\"") else {
      throw Field.invalid(String(line), place, "calendar.line")
    }
    guard try Field.date(String(parts[0]), place) != nil else {
      throw Field.invalid(String(line), place, "calendar.line")
    }
    return API.CalendarDayRequest(
      day: String(parts[0]), working: parts[1] == "working",
      note: try Field.line(String(parts[2]), place))
  }
}
