internal import Glibc

/// A new, empty directory that goes away with this object.
///
/// With `TALLYMAN_KEEP=1` in the environment it stays, and its path is printed.
public final class TemporaryDirectory: Sendable {
  /// The directory's absolute path.
  public let path: String

  private let isKept = Monitor(false)

  /// Makes a directory under `TMPDIR` or `/tmp` whose name begins with `name`.
  public init(_ name: String = "tallyman") throws {
    let parent = Environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestKitError.last("mkdtemp in \(parent)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    if isKept.withLock({ $0 }) { return }
    if Environment["TALLYMAN_KEEP"] == "1" {
      print("kept \(path)")
    } else {
      Self.remove(path)
    }
  }

  /// Lets the directory outlive this object.
  public func keep() {
    isKept.update { $0 = true }
  }

  /// Removes the directory now, for a process that ends without undoing its objects.
  public func remove() {
    Self.remove(path)
  }

  /// The path of `name` in the directory.
  public func path(_ name: String) -> String { path + "/" + name }

  /// Removes what is at `path` with everything in it; links are not followed.
  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    guard let stream = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    closedir(stream)
    for name in names { remove(path + "/" + name) }
    rmdir(path)
  }
}
