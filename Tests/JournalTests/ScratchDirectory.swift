internal import Glibc

/// A directory of one test's own, gone when the test lets go of it.
final class ScratchDirectory {
  let path: String

  init() {
    var template = Array("\(Self.root)/tallyman-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else {
        fatalError("mkdtemp: errno \(errno)")
      }
      return String(cString: start)
    }
  }

  /// The path of a file in the directory.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  func names() -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  deinit {
    for name in names() { unlink(file(name)) }
    rmdir(path)
  }

  private static var root: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }
}
