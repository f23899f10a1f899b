package import Ledger

/// One attachment as a document lists it; its pieces travel apart.
package struct Attachment: Sendable, Equatable {
  /// The file name.
  package var name: String
  /// The size in bytes.
  package var size: UInt64
  /// The 32 bytes that prefix every piece before it is hashed.
  package var salt: Hash256
  /// The RFC 9162 root over its pieces.
  package var root: Hash256

  /// Makes an attachment.
  package init(name: String, size: UInt64, salt: Hash256, root: Hash256) {
    self.name = name
    self.size = size
    self.salt = salt
    self.root = root
  }

  /// What its pieces must be; nil when the size is not lawful.
  package var content: AttachmentContent? {
    AttachmentContent(size: size, salt: salt, root: root)
  }

  /// Whether a text is the name of a file and nothing more: no path, nothing that steers a display.
  package static func isName(_ text: String) -> Bool {
    guard (1...Ledger.Limits.attachmentNameBytesMax).contains(text.utf8.count),
      text != ".", text != ".."
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      // C0, DEL and C1 controls, separators of lines and of paragraphs.
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: false
      // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
      case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
      case 0x2F, 0x5C: false
      default: true
      }
    }
  }
}

/// An attachment in the part that lists it.
package struct PartAttachment: Sendable, Equatable {
  /// Its number among all that the part lists, from 0; what peers ask for it by.
  package let position: Int
  /// The place of its document in the part.
  package let record: Int
  /// Its number in the list of the document, from 0.
  package let index: Int
  /// What the document says about it.
  package let attachment: Attachment
}

extension Part {
  /// The attachments of all lawful documents of the part, void ones included, so that a position
  /// follows from the part's bytes alone.
  ///
  /// A document of a later build may list any number, so those after it wait for the upgrade, too.
  package var attachments: [PartAttachment] {
    var listed: [PartAttachment] = []
    for (record, content) in records.enumerated() {
      let reading = CaseRecord.read(content)
      if case .needsUpgrade = reading, content.type == Record.documentType { break }
      guard case .record(let read) = reading, case .document(let document) = read.content else {
        continue
      }
      for (index, attachment) in document.attachments.enumerated() {
        listed.append(
          PartAttachment(
            position: listed.count, record: record, index: index, attachment: attachment))
      }
    }
    return listed
  }
}
