/// A statement whose values travel apart from its text.
///
/// Written as a string literal: what stands in the literal is SQL, what is interpolated is a bind.
///
/// ```swift
/// try transaction.execute("UPDATE exchange.peer SET state = \(state) WHERE agency = \(code)")
/// // sent as: UPDATE exchange.peer SET state = $1 WHERE agency = $2, and two values
/// ```
///
/// There is no way to make one from a run-time `String` except `unsafeIdentifier`, which quotes,
/// and `unsafeText`, which is for statements that ship with the program (migrations).
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  enum Piece: Sendable {
    case text(String)
    case bind(SQLBind)
  }

  private(set) var pieces: [Piece]

  /// Makes a statement without binds from a literal.
  package init(stringLiteral value: StaticString) {
    pieces = [.text("\(value)")]
  }

  /// Makes a statement from a literal with interpolated binds.
  package init(stringInterpolation: Interpolation) {
    pieces = stringInterpolation.pieces
  }

  /// Takes SQL text that was not written as a literal, for statements shipped with the program.
  package init(unsafeText text: String) {
    pieces = [.text(text)]
  }

  /// The text with `$1`, `$2` … in place of the binds, and the binds in that order.
  func rendered() -> (text: String, binds: [SQLBind]) {
    var text = ""
    var binds: [SQLBind] = []
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .bind(let bind):
        binds.append(bind)
        text += "$\(binds.count)"
      }
    }
    return (text, binds)
  }

  /// The same with texts that stand beside each other as one, for a fragment that is made once and
  /// used in many statements.
  package func compacted() -> SQL {
    var result = SQL(unsafeText: "")
    result.pieces = []
    var open = ""
    for piece in pieces {
      switch piece {
      case .text(let text): open += text
      case .bind:
        if !open.isEmpty { result.pieces.append(.text(open)) }
        open = ""
        result.pieces.append(piece)
      }
    }
    if !open.isEmpty { result.pieces.append(.text(open)) }
    return result
  }

  /// Joins statements' fragments, for lists whose length is known at run time only.
  package static func joined(_ fragments: [SQL], by separator: SQL) -> SQL {
    var result = SQL(unsafeText: "")
    for (index, fragment) in fragments.enumerated() {
      if index > 0 { result.pieces += separator.pieces }
      result.pieces += fragment.pieces
    }
    return result
  }

  /// A list as a bind, out of the planner's sight while it is short.
  ///
  /// A statement with a short list is prepared, and yet PostgreSQL plans it anew each time where a
  /// plan for the one element that it sees looks cheaper than one for the ten that it must assume
  /// without looking. Behind a sub-select it never looks, so one plan serves. A long list is shown:
  /// it is never prepared, and what is the best plan depends on its length.
  package static func list<Element: SQLElement>(_ elements: [Element]) -> SQL {
    elements.count <= Limits.preparedElementsMax ? "(SELECT \(elements))" : "\(elements)"
  }

  /// Appends one fragment to another.
  package static func + (left: SQL, right: SQL) -> SQL {
    var result = left
    result.pieces += right.pieces
    return result
  }
}

extension SQL {
  /// Collects literal text and binds.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    /// Prepares for one literal.
    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(interpolationCount * 2 + 1)
    }

    /// Takes SQL text.
    package mutating func appendLiteral(_ literal: StaticString) {
      pieces.append(.text(literal.description))
    }

    /// Takes a value as a bind.
    package mutating func appendInterpolation<Value: SQLValue>(_ value: Value) {
      pieces.append(.bind(SQLBind(value)))
    }

    /// Takes a value or NULL as a bind.
    package mutating func appendInterpolation<Value: SQLValue>(_ value: Value?) {
      pieces.append(.bind(SQLBind(value)))
    }

    /// Takes another statement's pieces, its binds renumbered.
    package mutating func appendInterpolation(_ fragment: SQL) {
      pieces += fragment.pieces
    }

    /// Takes a name that is known at run time only, quoted; never pass what a peer sent.
    package mutating func appendInterpolation(unsafeIdentifier name: String) {
      pieces.append(.text(quotedIdentifier(name)))
    }

    /// Takes a schema-qualified name such as `casework.document`, each segment quoted.
    package mutating func appendInterpolation(unsafeQualifiedIdentifier name: String) {
      let segments = name.split(separator: ".", omittingEmptySubsequences: false)
      pieces.append(.text(segments.map { quotedIdentifier(String($0)) }.joined(separator: ".")))
    }
  }
}

/// Quotes a name the way PostgreSQL's own `quote_ident` does, always with quotes.
///
/// A NUL can stand in no name and would end the C string, so it is dropped: the server then
/// answers that there is no such object.
func quotedIdentifier(_ name: String) -> String {
  var quoted = "\""
  for scalar in name.unicodeScalars where scalar != "\0" {
    if scalar == "\"" { quoted.unicodeScalars.append("\"") }
    quoted.unicodeScalars.append(scalar)
  }
  return quoted + "\""
}

/// One value on its way to the server, in PostgreSQL's binary form.
struct SQLBind: Sendable {
  let type: SQLType
  let bytes: [UInt8]?

  init<Value: SQLValue>(_ value: Value?) {
    type = Value.sqlType
    bytes = value.flatMap { $0.encoded() }
  }

  /// How many elements an array has; 1 for what is none.
  var elementCount: Int {
    guard type.isArray, let bytes else { return 1 }
    // Dimensions, a flag and the element's type, then the length of the one dimension.
    return bytes.dropFirst(12).prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
