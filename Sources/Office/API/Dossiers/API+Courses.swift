extension API {
  /// Lists courses, the oldest stage first.
  package static let courses = Endpoint<CourseListRequest, CourseList>(
    .get, "/office/v1/courses", operation: "courses", credential: .operator)

  /// Asks for courses.
  package struct CourseListRequest: Codable, Hashable, Sendable {
    /// Only in this dossier.
    package var dossier: String?
    /// Only of this kind of dossier, form of document or kind of item.
    package var kind: String?
    /// Only in this stage.
    package var stage: String?
    /// Only what was given to this agency.
    package var handler: String?
    /// The page asked for, from 1.
    package var page: Int?
    /// Entries on a page, at most 200.
    package var limit: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String? = nil, kind: String? = nil, stage: String? = nil, handler: String? = nil,
      page: Int? = nil, limit: Int? = nil
    ) {
      self.dossier = dossier
      self.kind = kind
      self.stage = stage
      self.handler = handler
      self.page = page
      self.limit = limit
    }
  }

  /// Where dossiers, figures and experts stand in their courses.
  package struct CourseList: Codable, Hashable, Sendable {
    /// Names this shape and its version.
    package var schema = "guantong.courses/v1"
    /// The oldest stage first.
    package var courses: [CourseEntry]
    /// The next page; null on the last.
    package var next: Int?

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(courses: [CourseEntry] = [], next: Int? = nil) {
      self.courses = courses
      self.next = next
    }
  }

  /// One course and the dossier that it stands in.
  package struct CourseEntry: Codable, Hashable, Sendable {
    /// Dossier.
    package var dossier: String
    /// Number of the dossier.
    package var number: String?
    /// Title of the dossier.
    package var title: String?
    /// Kind of the dossier, form of the document or kind of the item that has the course.
    package var kind: String
    /// Its author.
    package var author: String
    /// Where it stands.
    package var course: CourseLine

    /// Fills the fields; absent lists are empty, absent flags are off.
    package init(
      dossier: String, number: String? = nil, title: String? = nil, kind: String, author: String,
      course: CourseLine
    ) {
      self.dossier = dossier
      self.number = number
      self.title = title
      self.kind = kind
      self.author = author
      self.course = course
    }
  }
}
