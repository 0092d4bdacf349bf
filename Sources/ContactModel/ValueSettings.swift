// How values of each kind are read and written: the settings a mapping makes once for all columns.

/// How phones are read and written (`region:` and `phones:` in a mapping).
package struct PhoneSettings: Sendable, Equatable {
  /// The ISO 3166 code of the country of numbers that name none.
  package var region: String
  /// How a number is written.
  package var format: PhoneForm
  /// The area code of local numbers, digits only; without one a local number is not valid.
  package var areaCode: String?
  /// What becomes of mobile numbers in other phone fields.
  package var mobiles: MobilePlacement

  package init(
    region: String = "RU", format: PhoneForm = .crm, areaCode: String? = nil,
    mobiles: MobilePlacement = .keep
  ) {
    self.region = region
    self.format = format
    self.areaCode = areaCode
    self.mobiles = mobiles
  }
}

/// The ways a phone number can be written (`phones: { format: … }` in a mapping).
package enum PhoneForm: String, Sendable, CaseIterable {
  /// `+7(342)206-72-02` for Russia and Kazakhstan, otherwise international.
  case crm
  /// `+73422067202`
  case e164
  /// `+7 342 206-72-02`
  case international
  /// `8 (342) 206-72-02`
  case national
}

/// What becomes of mobile numbers in `tel` and `fax` (`phones: { mobiles: … }` in a mapping).
package enum MobilePlacement: String, Sendable, CaseIterable {
  /// They stay where the file has them.
  case keep
  /// They go to `mob`.
  case move
}

/// How e-mail addresses are written (`emails:` in a mapping).
package struct EmailSettings: Sendable, Equatable {
  /// How domains beyond ASCII are written.
  package var domain: DomainForm
  /// What becomes of likely misspellings of big providers' domains.
  package var typos: TypoPolicy

  package init(domain: DomainForm = .unicode, typos: TypoPolicy = .report) {
    self.domain = domain
    self.typos = typos
  }
}

/// The two forms of an internationalized domain name (`emails: { domain: … }` in a mapping).
package enum DomainForm: String, Sendable, CaseIterable {
  /// `почта.рф`, as people write it (U-labels, RFC 5890).
  case unicode
  /// `xn--80a1acny.xn--p1ai`, as the name system has it (A-labels).
  case ascii
}

/// What becomes of likely misspellings (`emails: { typos: … }` in a mapping).
package enum TypoPolicy: String, Sendable, CaseIterable {
  /// They are reported and sent as they stand.
  case report
  /// They are corrected.
  case repair
}

/// How dates are read and written (`dates:` in a mapping).
package struct DateSettings: Sendable, Equatable {
  /// Whether day or month stands first in `3/4/1985`.
  package var order: DateOrder
  /// The first of the hundred years that years of two digits mean; `nil` refuses them.
  package var century: Int?
  /// How a date is written.
  package var format: DateForm

  package init(order: DateOrder = .dmy, century: Int? = nil, format: DateForm = .iso) {
    self.order = order
    self.century = century
    self.format = format
  }
}

/// The order of a date's parts where the year stands last (`dates: { order: … }` in a mapping).
package enum DateOrder: String, Sendable, CaseIterable {
  /// Day, month, year, as in most of the world.
  case dmy
  /// Month, day, year, as in the United States.
  case mdy
}

/// The ways a date can be written (`dates: { format: … }` in a mapping).
package enum DateForm: String, Sendable, CaseIterable {
  /// `1985-04-03` (ISO 8601)
  case iso = "YYYY-MM-DD"
  /// `03.04.1985`
  case dots = "DD.MM.YYYY"
  /// `04/03/1985`
  case monthFirst = "MM/DD/YYYY"
  /// `19850403`
  case compact = "YYYYMMDD"
}

/// How the names of one column are written (`order:` and `part:` beside `as: name`).
package struct NameSettings: Sendable, Equatable {
  /// The order of surname, name and patronymic; `nil` leaves it as it is.
  package var order: NameOrder?
  /// The only part that is wanted; `nil` takes all.
  package var part: NamePart?

  package init(order: NameOrder? = nil, part: NamePart? = nil) {
    self.order = order
    self.part = part
  }
}

/// The order of a name's parts.
package enum NameOrder: String, Sendable, CaseIterable {
  /// `Иванов Пётр Сергеевич`
  case familyFirst = "family-first"
  /// `Пётр Сергеевич Иванов`
  case givenFirst = "given-first"
}

/// A part of a person's name, under vCard's terms (RFC 6350 §6.2.2).
package enum NamePart: String, Sendable, CaseIterable {
  /// The surname.
  case family
  /// The first name.
  case given
  /// The patronymic or middle name.
  case additional
}
