import Glibc
import TestKit
import Testing

@Suite("ChildProcess")
struct ChildProcessTests {
  private let shell: String

  init() throws {
    shell = try Executable.system("sh")
  }

  @Test(arguments: [0, 7]) func tellsHowTheProgramLeft(code: Int32) throws {
    let child = try ChildProcess(shell, ["-c", "echo out; echo err >&2; exit \(code)"])
    #expect(try child.wait() == .exited(code))
    #expect(child.output == "out\n")
    #expect(child.errorOutput == "err\n")
    #expect(!child.isRunning)
    #expect(!child.kill(.terminate))
  }

  @Test func aKilledProgramIsSeenAsKilled() throws {
    let child = try ChildProcess(shell, ["-c", "echo ready; exec sleep 1000"])
    try child.waitForLine(containing: "ready", in: .output)
    #expect(child.isRunning)
    #expect(child.kill(.kill))
    #expect(try child.wait() == .signalled(9))
  }

  @Test func theWholeGroupEndsWithItsLeader() throws {
    // The grandchild holds the output pipe, so the output ends only when it is gone.
    let child = try ChildProcess(shell, ["-c", "sleep 1000 & echo $!; exit 3"])
    #expect(try child.wait() == .exited(3))
    let grandchild = try #require(Int(child.output.dropLast()))
    try expectGone("\(grandchild)")
  }

  @Test func diesWithTheTestProcess() async throws {
    let died = await #expect(
      processExitsWith: .signal(Signal.kill.number),
      observing: [\.standardOutputContent]
    ) {
      let child = try ChildProcess(try Executable.system("sleep"), ["1000"])
      // One tool kills the process that runs this, so that nothing can be tidied up.
      let killer = "echo pid=\(child.pid); kill -9 $PPID"
      _ = try ChildProcess(
        try Executable.system("sh"),
        ["-c", killer],
        output: .file("/dev/stdout")
      ).wait()
    }
    let output = String(decoding: try #require(died).standardOutputContent, as: UTF8.self)
    let line = try #require(output.split(separator: "\n").last { $0.hasPrefix("pid=") })
    try expectGone(String(line.dropFirst(4)))
  }

  @Test func outlivesTheThreadThatStartedIt() throws {
    let directory = try TemporaryDirectory()
    let fifo = directory.path("go")
    try ChildProcess(try Executable.system("mkfifo"), [fifo]).wait()
    let script = "read line < \(fifo); echo $line"
    let (child, thread) = try Background { [shell] in
      (try ChildProcess(shell, ["-c", script]), try path(of: "/proc/thread-self"))
    }.finish()
    try eventually("end of the thread that started it") { !File.exists(thread) }
    try File.append("still here\n", to: fifo)
    #expect(try child.wait() == .exited(0))
    #expect(child.output == "still here\n")
  }

  private func expectGone(_ pid: String) throws {
    try eventually("end of process \(pid)") {
      guard let state = try? File.text("/proc/\(pid)/stat") else { return true }
      return state.contains(") Z")
    }
  }

  @Test func passesEnvironmentAndDirectory() throws {
    let directory = try TemporaryDirectory()
    let child = try ChildProcess(
      shell,
      ["-c", "echo $GREETING ${HOME-none}; pwd"],
      environment: ["GREETING": "hello", "HOME": nil],
      directory: directory.path
    )
    try child.wait()
    #expect(child.output == "hello none\n\(directory.path)\n")
  }

  @Test func writesOutputToFiles() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("log")
    let child = try ChildProcess(shell, ["-c", "echo kept"], output: .file(path))
    try child.wait()
    #expect(try File.text(path) == "kept\n")
  }

  @Test func aMissingLineIsAnErrorThatShowsTheOutput() throws {
    let child = try ChildProcess(shell, ["-c", "echo something else >&2"])
    let error = #expect(throws: TestKitError.self) {
      try child.waitForLine(containing: "ready")
    }
    #expect(error?.description.contains("something else") == true)
  }

  @Test func temporaryDirectoriesGoAway() throws {
    var directory: TemporaryDirectory? = try TemporaryDirectory()
    let path = try #require(directory?.path)
    try File.write("x", to: path + "/file")
    try ChildProcess(shell, ["-c", "mkdir -p \(path)/a/b && ln -s / \(path)/a/root"]).wait()
    #expect(File.exists(path + "/a/root/"))
    directory = nil
    #expect(File.exists(path) == (Environment["TALLYMAN_KEEP"] == "1"))
    #expect(File.exists("/bin"))
  }

  @Test func freePortsCanBeUsedAndDiffer() throws {
    let ports = try (0..<20).map { _ in try Loopback.freePort() }
    #expect(Set(ports).count > 10)
    #expect(ports.allSatisfy { (1_024..<65_536).contains($0) })
  }
}

private func path(of link: String) throws -> String {
  let resolved = try #require(realpath(link, nil))
  defer { free(resolved) }
  return String(cString: resolved)
}
