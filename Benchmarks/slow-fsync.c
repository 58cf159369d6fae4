// Makes every fsync and fdatasync take FSYNC_US microseconds longer, as an SD card does.
//
//   FSYNC_US=8000 LD_PRELOAD=./slow-fsync.so program
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int delayed(const char *name, int descriptor) {
  static int micros = -1;
  if (micros < 0) micros = getenv("FSYNC_US") ? atoi(getenv("FSYNC_US")) : 0;
  if (micros) usleep(micros);
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(descriptor);
}

int fdatasync(int descriptor) { return delayed("fdatasync", descriptor); }
int fsync(int descriptor) { return delayed("fsync", descriptor); }
