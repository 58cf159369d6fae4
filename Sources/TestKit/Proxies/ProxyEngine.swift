internal import Glibc

/// A TCP proxy on a loopback port, with a thread of its own.
///
/// It stops when this object goes away.
final class ProxyEngine: Sendable {
  typealias Command = @Sendable (inout ProxyLoop) -> Void

  private struct Control: Sendable {
    var commands: [Command] = []
    var submitted = 0
    var performed = 0
    var isOver = false
  }

  let port: Int
  private let control = Monitor(Control())
  private let waker: (read: Int32, write: Int32)
  private let thread = Monitor<pthread_t?>(nil)

  /// A proxy in front of loopback port `upstream`; with `resets`, cuts are resets and not ends.
  init(upstream: Int, resets: Bool, policy: any ProxyPolicy) throws {
    let (listener, port) = try Loopback.listen()
    Descriptor.makeNonBlocking(listener)
    let pipe = try Descriptor.pipe()
    Descriptor.makeNonBlocking(pipe.read)
    self.port = port
    waker = pipe
    Worker.start { [control, thread] in
      thread.update { $0 = pthread_self() }
      var loop = ProxyLoop(
        listener: listener,
        waker: pipe.read,
        upstream: upstream,
        resets: resets,
        policy: policy
      )
      while !loop.isOver {
        loop.turn()
        let commands = control.withLock { control in
          defer { control.commands = [] }
          return control.commands
        }
        for command in commands { command(&loop) }
        if !commands.isEmpty { control.update { $0.performed += commands.count } }
      }
      loop.cutAll()
      close(listener)
      control.update { $0.isOver = true }
    }
  }

  deinit {
    stop()
    // Where a hook of the loop itself held the last reference, the loop still needs its pipe.
    guard !isOwnThread else { return }
    close(waker.read)
    close(waker.write)
  }

  /// Runs `command` on the proxy's thread and returns when it is done.
  ///
  /// Called on that thread itself, by a hook, it is done right after the hook.
  func perform(_ command: @escaping Command) {
    let number = control.withLock { control in
      control.commands.append(command)
      control.submitted += 1
      return control.submitted
    }
    var byte: UInt8 = 1
    _ = write(waker.write, &byte, 1)
    if isOwnThread { return }
    _ = control.poll(within: .seconds(60)) { $0.performed >= number || $0.isOver ? true : nil }
  }

  private var isOwnThread: Bool {
    thread.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
  }

  func cut() { perform { $0.cutAll() } }

  func pause(_ direction: ProxyDirection) { perform { $0.paused.insert(direction) } }

  func resume(_ direction: ProxyDirection) { perform { $0.paused.remove(direction) } }

  func stop() {
    perform { $0.isOver = true }
    guard !isOwnThread else { return }
    _ = control.poll(within: .seconds(60)) { $0.isOver ? true : nil }
  }
}
