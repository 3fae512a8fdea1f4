/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For LD_PRELOAD: the wall clock of a program is OH_CLOCK_SHIFT_S seconds off, as on a computer
 * whose clock nobody has set; the monotonic one goes on. libfaketime does more and hangs under the
 * address sanitizer, which asks for the time before that library has found its feet; this one asks
 * the kernel and needs no beginning. */

#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t
shift (void)
{
  const char *text = getenv ("OH_CLOCK_SHIFT_S");

  return text != NULL ? (time_t) strtol (text, NULL, 10) : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *out)
{
  int status = (int) syscall (SYS_clock_gettime, clock, out);

  if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    out->tv_sec += shift ();
  return status;
}

int
gettimeofday (struct timeval *restrict out, void *restrict zone)
{
  struct timespec now;

  (void) zone; /* obsolete, see gettimeofday(2) */
  if (clock_gettime (CLOCK_REALTIME, &now) != 0)
    return -1;
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *out)
{
  struct timespec now;

  if (clock_gettime (CLOCK_REALTIME, &now) != 0)
    return -1;
  if (out != NULL)
    *out = now.tv_sec;
  return now.tv_sec;
}
