internal import TestKit

/// A library for `LD_PRELOAD` that makes one chosen sync of the journal's log fail, once.
///
/// `TALLYMAN_FAIL_SYNC` says which, counted from 1 over the life of the process, and
/// `TALLYMAN_FAIL_NOTE` names a file that is made when it has happened.
struct SyncShim {
  let library: String

  /// Compiles the library; nil where there is no C compiler.
  static func make(in directory: TemporaryDirectory) throws -> SyncShim? {
    guard
      let compiler = ["cc", "clang", "gcc"].lazy.compactMap({ try? Executable.system($0) }).first
    else { return nil }
    let source = directory.path("shim.c")
    let library = directory.path("shim.so")
    try File.write(code, to: source)
    let child = try ChildProcess(
      compiler,
      ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]
    )
    guard try child.wait() == .exited(0) else {
      throw TestKitError.unexpected("\(child.command): \(child.errorOutput)")
    }
    return SyncShim(library: library)
  }

  func environment(failing number: Int, note: String) -> [String: String?] {
    [
      "LD_PRELOAD": library, "TALLYMAN_FAIL_SYNC": "\(number)", "TALLYMAN_FAIL_NOTE": note,
    ]
  }

  private static let code = #"""
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <stdatomic.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>

    static atomic_int seen;

    static int fails(int descriptor) {
      char link[64], path[4096];
      const char *number = getenv("TALLYMAN_FAIL_SYNC"), *note = getenv("TALLYMAN_FAIL_NOTE");
      static const char suffix[] = "/journal.db-wal";
      if (!number || !note) return 0;
      snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
      ssize_t length = readlink(link, path, sizeof path - 1);
      if (length < (ssize_t)sizeof suffix) return 0;
      path[length] = 0;
      if (strcmp(path + length - (sizeof suffix - 1), suffix) != 0) return 0;
      if (atomic_fetch_add(&seen, 1) + 1 != atoi(number)) return 0;
      close(open(note, O_CREAT | O_WRONLY, 0600));
      return 1;
    }

    static int run(const char *name, int descriptor) {
      int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
      int result = real(descriptor);
      if (!fails(descriptor)) return result;
      errno = EIO;
      return -1;
    }

    int fdatasync(int descriptor) { return run("fdatasync", descriptor); }
    int fsync(int descriptor) { return run("fsync", descriptor); }
    """#
}
