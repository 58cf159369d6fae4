import Glibc
import JSON
import TestKit
import Testing

/// A small file system of its own for a test, in memory.
private final class SmallDisk {
  let path: String

  /// Nil where the test may not mount.
  init?(at path: String, megabytes: Int) throws {
    self.path = path
    let mount = try ChildProcess(
      Executable.system("mount"),
      ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "tmpfs", path]
    )
    guard try mount.wait() == .exited(0) else { return nil }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Leaves about so much space free.
  func fill(leaving megabytes: Int) throws {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw TestKitError.unexpected("statvfs \(path)") }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    let descriptor = open("\(path)/filler", O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    guard posix_fallocate(descriptor, 0, off_t(free - megabytes << 20)) == 0 else {
      throw TestKitError.unexpected("the disk could not be filled")
    }
  }

  func free() { unlink("\(path)/filler") }
}

@Suite("A full disk")
struct FullDiskTests {
  /// Hazard `refused-then-counted`: an event that is answered red and not acknowledged comes again,
  /// and would be counted later.
  ///
  /// So nothing is read that cannot be stored, every device is told once to stop, and what the
  /// broker holds is counted once when there is space again.
  @Test func refusedThenCounted() throws {
    var settings = BoxSettings()
    settings.storage = ["minimum_free = \"16MB\""]
    let box = try Box(settings: settings)
    guard let disk = try SmallDisk(at: box.directory.path("state"), megabytes: 64) else {
      print("skipped refusedThenCounted: no file system may be mounted here")
      return
    }
    try box.start()
    let scanner = Scanner("s1", box)
    #expect(try scanner.scan("NOTHING").code == "unknown_barcode")

    try disk.fill(leaving: 8)
    let stop = try scanner.device.waitForMessage(within: .seconds(10)) {
      Feedback($0)?.code == "storage_full"
    }
    #expect(Feedback(stop)?.signal == "bad")
    let acknowledged = box.tap.acknowledgedCount
    let before = try box.count("SELECT count(*) FROM event")
    let ids = try (0..<5).map { _ in try scanner.send("WAITS") }
    // The agent is alive and reads nothing: it answers the watchdog, not the scans.
    try eventually("the status says so", within: .seconds(10)) {
      try box.tallyman("status", "--json").json()["runtime"]?["disk_full"]?.bool == true
    }
    #expect(box.tap.acknowledgedCount == acknowledged)
    #expect(try box.count("SELECT count(*) FROM event") == before)
    #expect(ids.allSatisfy { scanner.answers(to: $0).isEmpty })

    disk.free()
    for id in ids {
      _ = try scanner.device.waitForMessage(within: .seconds(15)) { Feedback($0)?.event == id }
      #expect(try box.count("SELECT count(*) FROM event WHERE id = ?", id) == 1)
      #expect(scanner.answers(to: id).count == 1)
    }
    #expect(try box.stop() == .exited(0))
  }
}
