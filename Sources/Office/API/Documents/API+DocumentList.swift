extension API {
  /// Lists issued documents.
  package static let documents = Endpoint<DocumentListRequest, DocumentList>(
    .get, "/office/v1/documents", operation: "documents", credential: .operator)

  /// Asks for issued documents.
  package struct DocumentListRequest: Codable, Hashable, Sendable {
    /// In this dossier.
    package var dossier: String?
    /// Of this form.
    package var form: String?
    /// Of this agency.
    package var author: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String? = nil, form: String? = nil, author: String? = nil, page: Int? = nil,
      limit: Int? = nil
    ) {
      self.dossier = dossier
      self.form = form
      self.author = author
      self.page = page
      self.limit = limit
    }
  }

  /// Issued documents.
  package struct DocumentList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.documents/v1"
    /// The newest first.
    package var documents: [DocumentLine]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(documents: [DocumentLine] = [], next: Int? = nil) {
      self.documents = documents
      self.next = next
    }
  }
}
