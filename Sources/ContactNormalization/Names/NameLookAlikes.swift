/// Repairs names with letters of the wrong alphabet, such as a Latin `o` in `Иванoв`.
///
/// Latin and Cyrillic only. A letter has a *twin* if the other alphabet has one of the same shape
/// and case. `ё` has one in Latin `ë`; it is never exchanged for `е`.
enum NameLookAlikes {
  /// What became of a text.
  struct Result: Equatable {
    var text: String
    var isRepaired = false
    /// Whether a word is left that mixes alphabets.
    var isMixed = false
  }

  /// Repairs a text.
  ///
  /// - A run of letters of both alphabets becomes all of one, if that is possible for only one of
  ///   them; if for both, of the one that the rest of the text has, else of the one that more of its
  ///   letters have.
  /// - A run of the wrong alphabet as a whole (`CEPOB Иван`, or the initial in `Иванов A.`) becomes
  ///   the other, if all its letters have twins and all runs that leave no doubt are of the other.
  static func repaired(_ text: String) -> Result {
    var scalars = Array(text.unicodeScalars)
    let runs = runs(of: scalars)
    // The alphabets of the runs that can be of one alphabet only.
    let sure = Set(runs.compactMap(\.sureAlphabet))
    let common = sure.count == 1 ? sure.first : nil
    var result = Result(text: text)
    for run in runs {
      if run.isImpossible {
        result.isMixed = true
        continue
      }
      guard let target = run.sureAlphabet ?? common ?? run.majority else {
        result.isMixed = result.isMixed || run.isMixed
        continue
      }
      for index in run.range {
        guard let alphabet = Alphabet(scalars[index]), alphabet != target,
          let twin = twin(of: scalars[index], from: alphabet)
        else { continue }
        scalars[index] = twin
        result.isRepaired = true
      }
    }
    if result.isRepaired {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      result.text = String(view)
    }
    return result
  }

  private enum Alphabet: Hashable {
    case latin
    case cyrillic

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: self = .latin
      case 0x400...0x52F: self = .cyrillic
      default: return nil
      }
    }
  }

  /// Letters without anything between.
  private struct Run {
    var range: Range<Int>
    var latin = 0
    var cyrillic = 0
    var hasSureLatin = false
    var hasSureCyrillic = false

    var isMixed: Bool { latin > 0 && cyrillic > 0 }
    var isImpossible: Bool { hasSureLatin && hasSureCyrillic }
    var sureAlphabet: Alphabet? {
      hasSureLatin == hasSureCyrillic ? nil : hasSureLatin ? .latin : .cyrillic
    }
    var majority: Alphabet? {
      latin == cyrillic ? nil : latin > cyrillic ? .latin : .cyrillic
    }
  }

  private static func runs(of scalars: [Unicode.Scalar]) -> [Run] {
    var runs: [Run] = []
    var current: Run?
    for (index, scalar) in scalars.enumerated() {
      guard let alphabet = Alphabet(scalar) else {
        if let run = current { runs.append(run) }
        current = nil
        continue
      }
      var run = current ?? Run(range: index..<index)
      run.range = run.range.lowerBound..<(index + 1)
      let isSure = twin(of: scalar, from: alphabet) == nil
      switch alphabet {
      case .latin:
        run.latin += 1
        run.hasSureLatin = run.hasSureLatin || isSure
      case .cyrillic:
        run.cyrillic += 1
        run.hasSureCyrillic = run.hasSureCyrillic || isSure
      }
      current = run
    }
    if let run = current { runs.append(run) }
    return runs
  }

  private static func twin(of scalar: Unicode.Scalar, from alphabet: Alphabet) -> Unicode.Scalar? {
    alphabet == .latin ? toCyrillic[scalar] : toLatin[scalar]
  }

  private static let latinTwins = Array("ABCEHKMOPTXYaceopxyËëIiJjSs".unicodeScalars)
  private static let cyrillicTwins = Array("АВСЕНКМОРТХУасеорхуЁёІіЈјЅѕ".unicodeScalars)
  /// The letters that Russian does not have are no reason to make a Latin word Cyrillic.
  private static let toCyrillic = Dictionary(
    uniqueKeysWithValues: zip(latinTwins, cyrillicTwins).prefix(21).map { ($0, $1) })
  private static let toLatin = Dictionary(
    uniqueKeysWithValues: zip(cyrillicTwins, latinTwins).map { ($0, $1) })
}
