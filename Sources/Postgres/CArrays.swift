internal import CPostgres

/// Lends an array of C strings, ended by NULL, for the time of a call.
func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  var storage: [CChar] = []
  var offsets: [Int] = []
  for string in strings {
    offsets.append(storage.count)
    storage += string.utf8.map { CChar(bitPattern: $0) } + [0]
  }
  return unsafe storage.withUnsafeBufferPointer { buffer in
    var pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
      unsafe buffer.baseAddress.map { unsafe $0 + offset }
    }
    unsafe pointers.append(nil)
    return unsafe pointers.withUnsafeBufferPointer { list in
      guard let start = list.baseAddress else {
        preconditionFailure("a list that ends with NULL is never empty")
      }
      return unsafe body(start)
    }
  }
}

/// Lends the four arrays of `PQexecParams` for the time of a call; all values in one buffer.
func withBinds<Result>(
  _ binds: [SQLBind],
  _ body: (
    _ types: UnsafePointer<Oid>?, _ values: UnsafePointer<UnsafePointer<CChar>?>?,
    _ lengths: UnsafePointer<Int32>?, _ formats: UnsafePointer<Int32>?
  ) -> Result
) -> Result {
  let types = binds.map(\.type.oid)
  let lengths = binds.map { Int32($0.bytes?.count ?? 0) }
  let formats = [Int32](repeating: 1, count: binds.count)
  var storage: [UInt8] = []
  storage.reserveCapacity(binds.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
  var offsets: [Int?] = []
  for bind in binds {
    offsets.append(bind.bytes.map { _ in storage.count })
    if let bytes = bind.bytes { storage += bytes }
  }
  // An empty value still needs an address that is not NULL.
  storage.append(0)
  return unsafe storage.withUnsafeBytes { buffer in
    let values: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
      guard let offset, let start = buffer.baseAddress else { return nil }
      return unsafe (start + offset).assumingMemoryBound(to: CChar.self)
    }
    return unsafe types.withUnsafeBufferPointer { types in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe lengths.withUnsafeBufferPointer { lengths in
          unsafe formats.withUnsafeBufferPointer { formats in
            unsafe body(
              types.baseAddress, values.baseAddress, lengths.baseAddress, formats.baseAddress)
          }
        }
      }
    }
  }
}
