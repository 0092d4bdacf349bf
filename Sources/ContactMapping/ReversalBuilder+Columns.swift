import ContactModel

extension ReversalBuilder {
  /// A column made of what its rules put into it.
  ///
  /// Where one rule reads the whole column it fills it alone: what others cut out of the column stands
  /// in it.
  ///
  /// - Parameter target: The column.
  /// - Returns: How it is written.
  /// - Throws: `MappingError` where two fields would have to be written into one place.
  func column(of target: Target) throws(MappingError) -> MappingReversal.Column {
    var whole: Claim?
    var cells: [(claim: Claim, split: SplitTransform)] = []
    var names: [(claim: Claim, part: NamePart, order: NameOrder?)] = []
    for claim in target.claims {
      switch claim.share {
      case .whole:
        if let whole { throw shared(whole, claim) }
        whole = claim
      case .split(let split): cells.append((claim, split))
      case .name(let part, let order): names.append((claim, part, order))
      }
    }
    if let whole {
      return MappingReversal.Column(
        name: target.name, parts: [whole.part], separator: "", gaps: .closed)
    }
    if let cell = cells.first?.claim, let name = names.first?.claim { throw shared(cell, name) }
    return cells.isEmpty
      ? try column(target.name, ofNames: names) : try column(target.name, ofCells: cells)
  }

  /// A column that rules cut at a text (`split:`), put together again.
  private func column(
    _ name: String, ofCells cells: [(claim: Claim, split: SplitTransform)]
  ) throws(MappingError) -> MappingReversal.Column {
    var parts: [Int: Claim] = [:]
    let separator = cells.first?.split.separator ?? ""
    for (claim, split) in cells {
      if let other = parts[split.part] { throw shared(other, claim) }
      if split.separator != separator, let first = cells.first { throw shared(first.claim, claim) }
      parts[split.part] = claim
    }
    let most = max(0, parts.keys.max() ?? 0)
    let least = min(0, parts.keys.min() ?? 0)
    let numbers = Array(0..<most).map { $0 + 1 } + Array(least..<0)
    return MappingReversal.Column(
      name: name, parts: numbers.map { parts[$0]?.part }, separator: separator,
      gaps: least == 0 ? .keptInFront : most == 0 ? .keptBehind : .kept)
  }

  /// A column of names that rules take parts of (`part:`), put together again.
  private func column(
    _ name: String, ofNames names: [(claim: Claim, part: NamePart, order: NameOrder?)]
  ) throws(MappingError) -> MappingReversal.Column {
    var parts: [NamePart: Claim] = [:]
    for (claim, part, _) in names {
      if let other = parts[part] { throw shared(other, claim) }
      parts[part] = claim
    }
    let order = names.lazy.compactMap { $0.order }.first ?? .familyFirst
    let sequence: [NamePart] =
      order == .familyFirst ? [.family, .given, .additional] : [.given, .additional, .family]
    return MappingReversal.Column(
      name: name, parts: sequence.compactMap { parts[$0]?.part }, separator: " ", gaps: .closed)
  }

  /// Two fields that one place of a column is read into.
  private func shared(_ first: Claim, _ second: Claim) -> MappingError {
    MappingError(
      .sharedColumn(second.reference.name, first.field, second.field), in: mapping.text,
      at: second.reference.place)
  }
}
