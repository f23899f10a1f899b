package import Ledger

/// Why a bundle was not made or not taken; nothing of it was stored.
package struct BundleRefusal: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Code: String, Sendable, CaseIterable {
    // The file.
    /// It does not begin as a bundle.
    case notABundle
    /// It ends before the last envelope does.
    case truncated
    /// Something stands behind the last envelope.
    case overlong
    /// The manifest is not in its lawful form, contradicts itself or breaks a limit.
    case manifest
    /// The manifest's signature is not by the key that it names.
    case signature
    /// An envelope is not the one that the manifest signs: changed, or in another's place.
    case digest
    /// An envelope does not open: its key is none of ours, or it was sealed for something else.
    case envelope
    /// What an envelope holds is not what the manifest says.
    case content
    // Its place here.
    /// It is for another node.
    case foreign
    /// The directory knows no such agency, or no such key of it.
    case unknownKey
    /// The key was suspended or replaced.
    case withdrawnKey
    /// Its sender's directory is older than one that the sender has shown before.
    case olderDirectory
    /// A bundle before this one is missing.
    case gap
    /// It contradicts what the same outbox brought before.
    case otherHistory
    /// More is held from this peer than the limit.
    case full
    /// More of this peer's outbox could not be taken than a receipt names.
    case untaken
    // Making one.
    /// The reader is no node of the directory, or this node itself.
    case noReader
    /// The reader has published no encryption key, or one that is refused.
    case noEncryptionKey
    /// The reader's key is suspended and not yet replaced.
    case readerSuspended
    /// The outbox was replaced while the bundle was made.
    case outboxReplaced
  }

  /// What is wrong.
  package let code: Code
  /// Which envelope, from 1; nil when it is not about one.
  package let envelope: Int?
  /// A number of the outbox that helps: of a gap the one that is missing.
  package let number: UInt64?
  /// Whom it concerns: of a foreign bundle its reader, else its sender; nil before that is known.
  package let agency: AgencyCode?
  /// Whether the file proved all the same that this node's database went back in time.
  package var wentBack = false

  /// Refuses.
  package init(
    _ code: Code, envelope: Int? = nil, number: UInt64? = nil, agency: AgencyCode? = nil
  ) {
    self.agency = agency
    self.code = code
    self.envelope = envelope
    self.number = number
  }
}
