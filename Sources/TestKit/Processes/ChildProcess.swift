internal import Glibc

/// A program that a test has started, and that ends with the test at the latest.
///
/// It leads a process group of its own. The group is killed when the leader has ended, when this
/// object goes away, and, through `setpriv --pdeathsig`, when the test process dies. Only what was
/// started here is ever signalled: a signal is never sent to a process that was reaped.
public final class ChildProcess: Sendable {
  /// Where an output of the program goes.
  public enum Output: Sendable {
    /// Collected in memory, for `output` and `waitForLine`.
    case captured
    /// Appended to the file at this path.
    case file(String)
    /// Thrown away.
    case discarded
  }

  /// One of the program's two outputs.
  public enum Stream: Sendable, Hashable {
    /// Descriptor 1.
    case output
    /// Descriptor 2.
    case error
  }

  /// The program's process id.
  public let pid: Int32
  /// The program with its arguments, as errors name it.
  public let command: String

  let state: Monitor<State>

  /// Starts the program at `path` with the test's environment changed by `environment`.
  ///
  /// A nil value takes a variable out.
  public init(
    _ path: String,
    _ arguments: [String] = [],
    environment: [String: String?] = [:],
    directory: String? = nil,
    output: Output = .captured,
    error: Output = .captured
  ) throws {
    guard access(path, X_OK) == 0 else {
      throw TestKitError.missing(path, hint: "there is no such program")
    }
    command = ([path] + arguments).joined(separator: " ")
    state = Monitor(State())

    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let outputs = try Sink(output)
    let errors = try Sink(error)
    defer {
      for descriptor in [input, outputs.write, errors.write] { close(descriptor) }
    }
    var variables = Environment.all
    for (name, value) in environment { variables[name] = value }
    let guarding = [try Executable.system("setpriv"), "--pdeathsig", "KILL", "--"]
    do {
      pid = try Spawner.shared.spawn(
        guarding + [path] + arguments,
        environment: variables.map { "\($0.key)=\($0.value)" },
        directory: directory,
        input: input,
        output: outputs.write,
        error: errors.write
      )
    } catch {
      for case let descriptor? in [outputs.read, errors.read] { close(descriptor) }
      throw error
    }
    collect(outputs.read, .output)
    collect(errors.read, .error)
    reap()
  }

  deinit {
    Self.signal(SIGKILL, group: true, pid, state)
  }

  /// Sends a signal; false where the program has already ended.
  @discardableResult
  public func kill(_ signal: Signal = .kill, group: Bool = false) -> Bool {
    Self.signal(signal.number, group: group, pid, state)
  }

  /// True until the program has ended.
  public var isRunning: Bool { state.withLock { $0.status == nil } }

  /// Waits for the end of the program and of its output.
  @discardableResult
  public func wait(within duration: Duration = .seconds(30)) throws -> ExitStatus {
    let status = try state.wait(for: "end of \(command)", within: duration, seen: \.tail) {
      $0.status
    }
    // A grandchild may hold the pipes a little longer; it is being killed.
    _ = state.poll(within: .seconds(5)) { $0.openPipes == 0 ? true : nil }
    return status
  }

  /// Kills the program and waits until the kernel says that it is gone.
  public func killAndWait() throws {
    kill(.kill, group: true)
    try wait()
  }

  /// Kills the group just before its leader is reaped: until then the number cannot be reused.
  private func reap() {
    Worker.start { [pid, state] in
      var information = siginfo_t()
      while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      state.update { state in
        Glibc.kill(-pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        state.status = ExitStatus(waitStatus: status)
      }
    }
  }

  private func collect(_ descriptor: Int32?, _ stream: Stream) {
    guard let descriptor else { return }
    state.withLock { $0.openPipes += 1 }
    Worker.start { [state] in
      while let bytes = try? Descriptor.read(descriptor, atMost: 1 << 16), !bytes.isEmpty {
        state.update { $0.bytes[stream, default: []] += bytes }
      }
      close(descriptor)
      state.update { $0.openPipes -= 1 }
    }
  }

  @discardableResult
  private static func signal(
    _ number: Int32,
    group: Bool,
    _ pid: Int32,
    _ state: Monitor<State>
  ) -> Bool {
    state.withLock { $0.status == nil && Glibc.kill(group ? -pid : pid, number) == 0 }
  }
}

/// The descriptor that a child writes to, and the one to read it from.
private struct Sink {
  let write: Int32
  let read: Int32?

  init(_ output: ChildProcess.Output) throws {
    switch output {
    case .captured:
      let ends = try Descriptor.pipe()
      write = ends.write
      read = ends.read
    case .file(let path):
      write = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      read = nil
    case .discarded:
      write = open("/dev/null", O_WRONLY | O_CLOEXEC)
      read = nil
    }
    guard write >= 0 else { throw TestKitError.last("open an output") }
  }
}
