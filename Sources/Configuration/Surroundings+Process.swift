internal import Glibc

extension Surroundings {
  /// Longest file that is read; a configuration has some kilobytes.
  static let longestFile = 1 << 20

  /// The environment and files of this process.
  public static var process: Surroundings {
    Surroundings(
      environment: { name in getenv(name).map { String(cString: $0) } },
      status: { path in
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileStatus(
          isRegular: status.st_mode & S_IFMT == S_IFREG,
          mode: status.st_mode & 0o7777
        )
      },
      read: { path in readFile(path) }
    )
  }

  private static func readFile(_ path: String) -> Result<[UInt8], FileFailure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(lastFailure()) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(lastFailure())
      }
      if count == 0 { return .success(bytes) }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= longestFile else {
        return .failure(FileFailure("larger than \(longestFile) bytes"))
      }
    }
  }

  private static func lastFailure() -> FileFailure {
    FileFailure(strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
  }
}
