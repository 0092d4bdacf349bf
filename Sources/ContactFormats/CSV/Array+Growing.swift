extension Array where Element: FixedWidthInteger {
  /// Makes the array longer, for owners that keep count themselves of what in it means something.
  ///
  /// - Parameters:
  ///   - size: How many elements it has then; those that are new are zero.
  ///   - count: How many of the present ones mean something and stay.
  /// - Complexity: O(*n*) in the size, so grow by a factor.
  mutating func grow(to size: Int, keeping count: Int) {
    var larger = Array(repeating: 0, count: size)
    larger.withUnsafeMutableBytes { target in
      self.withUnsafeBytes { source in
        target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[..<(count * MemoryLayout<Element>.stride)]))
      }
    }
    self = larger
  }
}
