import Glibc

/// A program that a test runs; without Foundation's `Process`, which waits on a run loop.
struct Tool {
  let pid: pid_t
  /// Reading end of its standard output.
  let output: Int32

  struct Failed: Error {
    var arguments: [String]
    var code: Int32
  }

  /// Starts a program in a folder.
  init(_ arguments: [String], in folder: String) throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    // The shell changes to the folder, then becomes the program.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\""]
    var words: [UnsafeMutablePointer<CChar>?] =
      (shell + [folder] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawn(&child, shell[0], &actions, nil, &words, environ)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      throw Failed(arguments: arguments, code: code)
    }
    pid = child
    output = ends[0]
  }

  /// Runs a program to its end; throws unless it succeeds.
  static func run(_ arguments: [String], in folder: String) throws {
    let tool = try Tool(arguments, in: folder)
    while tool.read() != nil {}
    let status = tool.wait()
    guard status == 0 else { throw Failed(arguments: arguments, code: status) }
  }

  /// The next piece of its output; nil at its end.
  func read() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(output, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Waits for its end; the status as `waitpid` gives it.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    close(output)
    return status
  }

  /// Ends it and waits.
  ///
  /// It inherits the mask of the test runner's thread, which may block gentler signals.
  func stop() {
    kill(pid, SIGKILL)
    wait()
  }
}
