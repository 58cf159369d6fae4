#pragma once
// Linux calls that Swift's Glibc module does not export.
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/timex.h>

static inline int tm_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
static inline void tm_eventfd_signal(int fd) { (void)eventfd_write(fd, 1); }
static inline void tm_eventfd_clear(int fd) { eventfd_t v; (void)eventfd_read(fd, &v); }

// Names the calling thread, for `top -H` and crash reports; at most 15 bytes.
static inline void tm_set_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// 1 if the kernel's clock is held by NTP, else 0.
static inline int tm_clock_is_synced(void) {
  struct timex state = {0};
  int result = adjtimex(&state);
  return result >= 0 && result != TIME_ERROR && !(state.status & STA_UNSYNC);
}
