internal import CTestKit
internal import Glibc

/// The one thread that starts child processes.
///
/// A child's parent-death signal is sent when the *thread* that made it ends, not the process. The
/// threads that tests run on come and go, so children are made by a thread that never ends.
final class Spawner: Sendable {
  static let shared = Spawner()

  private let jobs = Monitor<[@Sendable () -> Void]>([])

  private init() {
    Worker.start { [jobs] in
      while true {
        // A day's wait stands for ever: the loop comes back.
        let job = jobs.poll(within: .seconds(86_400)) { $0.isEmpty ? nil : $0.removeFirst() }
        job?()
      }
    }
  }

  /// Starts `command` in a process group of its own, with these three descriptors and no others.
  func spawn(
    _ command: [String],
    environment: [String],
    directory: String?,
    input: Int32,
    output: Int32,
    error: Int32
  ) throws -> Int32 {
    let answer = Monitor<Result<Int32, TestKitError>?>(nil)
    jobs.update { jobs in
      jobs.append {
        let result = posixSpawn(command, environment, directory, [input, output, error])
        answer.update { $0 = result }
      }
    }
    return try answer.wait(for: "start of \(command[0])", within: .seconds(30)) { $0 }.get()
  }
}

private func posixSpawn(
  _ command: [String],
  _ environment: [String],
  _ directory: String?,
  _ standard: [Int32]
) -> Result<Int32, TestKitError> {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (target, descriptor) in standard.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
  }
  // What other tests have open must not stay open in this child.
  testkit_close_from(&actions, 3)
  if let directory { testkit_change_directory(&actions, directory) }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setpgroup(&attributes, 0)
  let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
  posix_spawnattr_setflags(&attributes, Int16(flags))

  var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
  var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
  defer { (arguments + variables).forEach { free($0) } }
  var pid: Int32 = 0
  let code = posix_spawn(&pid, command[0], &actions, &attributes, &arguments, &variables)
  return code == 0 ? .success(pid) : .failure(.system(operation: "start \(command[0])", code: code))
}
