/// The appointment of a registrar for which governors have spoken, not yet enough of them.
package struct PendingAppointment: Hashable, Sendable {
  /// Who shall be registrar, with which key, and which entry is the last that stays.
  package let appointment: Appointment
  /// The governors that have said the same, ascending.
  package let agreed: [AgencyCode]
  /// How many it takes.
  package let threshold: Int

  /// Describes an appointment on its way.
  package init(appointment: Appointment, agreed: [AgencyCode], threshold: Int) {
    self.appointment = appointment
    self.agreed = agreed
    self.threshold = threshold
  }
}
