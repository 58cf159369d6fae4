internal import Glibc

/// Finds programs to run in tests.
public enum Executable {
  /// The path of a product of this package, beside the test bundle.
  ///
  /// `TALLYMAN_BIN_DIR` names another directory, for tests of a packaged program.
  public static func find(_ product: String) throws -> String {
    let directory = try productsDirectory()
    let path = directory + "/" + product
    guard access(path, X_OK) == 0 else {
      throw TestKitError.missing("\(product) in \(directory)", hint: "run `swift build` first")
    }
    return path
  }

  /// True where `find` would succeed, for `.enabled(if:)`.
  public static func isBuilt(_ product: String) -> Bool { (try? find(product)) != nil }

  /// The path of a program of the system, in `PATH` or one of the directories for daemons.
  public static func system(_ name: String) throws -> String {
    let path = Environment["PATH"] ?? "/usr/bin:/bin"
    let directories = path.split(separator: ":").map(String.init)
    for directory in directories + ["/usr/sbin", "/usr/local/sbin", "/sbin"] {
      let candidate = directory + "/" + name
      if access(candidate, X_OK) == 0 { return candidate }
    }
    throw TestKitError.missing(name, hint: "install the Debian package that has it")
  }

  /// The directory of the program that runs this code.
  private static func productsDirectory() throws -> String {
    if let directory = Environment["TALLYMAN_BIN_DIR"] { return directory }
    guard let resolved = realpath("/proc/self/exe", nil) else {
      throw TestKitError.last("realpath /proc/self/exe")
    }
    defer { free(resolved) }
    let path = String(cString: resolved)
    return "/" + path.split(separator: "/").dropLast().joined(separator: "/")
  }
}
