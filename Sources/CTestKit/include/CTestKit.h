#pragma once
// The C library's calls that it shows only under _GNU_SOURCE, which Swift does not set.
#include <spawn.h>

// pipe2 with O_CLOEXEC: no child started meanwhile on another thread inherits the ends.
int testkit_pipe(int ends[2]);
// accept4 with SOCK_CLOEXEC and SOCK_NONBLOCK.
int testkit_accept(int listener);
int testkit_close_from(posix_spawn_file_actions_t *actions, int first);
int testkit_change_directory(posix_spawn_file_actions_t *actions, const char *path);
