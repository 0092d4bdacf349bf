/// Tells what a telephone number is: whether it is in use, where, and on what kind of line.
///
/// ```swift
/// let plan = PhoneNumberingPlan()
/// plan.isValid(number)        // +7 342 206-72-02: yes
/// plan.type(of: number)       // .fixedLine
/// plan.region(of: number)     // "RU"
/// ```
///
/// The answers are libphonenumber's, for every calling code, from tables of the release that
/// ``PhoneMetadata/upstreamVersion`` names.
package struct PhoneNumberingPlan: Sendable {
  private let metadata = PhoneMetadata.shared

  package init() {}

  /// Whether a number's digits are assigned to a kind of line in its region.
  ///
  /// That nobody may have the number is another matter.
  package func isValid(_ number: PhoneNumber) -> Bool { type(of: number) != .unknown }

  /// The kind of line, ``PhoneNumberType/unknown`` if the number is not valid.
  package func type(of number: PhoneNumber) -> PhoneNumberType { standing(of: number).type }

  /// The ISO 3166 letters of a number's region, `001` for a calling code of no country.
  ///
  /// - Returns: `nil` if the code is shared and the digits do not tell whose the number is.
  package func region(of number: PhoneNumber) -> String? {
    guard let index = metadata.country(ofCallingCode: number.callingCode) else { return nil }
    let standing = metadata.standing(of: number.national, in: index)
    if standing.region >= 0 { return metadata.regions[standing.region].name }
    let country = metadata.countries[index]
    return country.regionCount == 1 ? metadata.regions[country.mainRegion].name : nil
  }

  /// Whether a number has a length that numbers of its country have.
  package func length(of number: PhoneNumber) -> PhoneLength {
    guard let index = metadata.country(ofCallingCode: number.callingCode) else { return .invalid }
    let country = metadata.countries[index]
    return metadata.regions[country.mainRegion].length(number.national.count)
  }

  private func standing(of number: PhoneNumber) -> PhoneMetadata.Standing {
    guard let index = metadata.country(ofCallingCode: number.callingCode) else {
      return metadata.standings[0]
    }
    return metadata.standing(of: number.national, in: index)
  }
}
