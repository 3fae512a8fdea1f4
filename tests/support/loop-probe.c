/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For LD_PRELOAD: how long the main loop of a program is away from its poll(), and how much heap
 * the program uses. The product knows nothing of it: GLib lets the poll function of the default
 * context be replaced, and between the end of one poll and the beginning of the next lies
 * everything that the loop does in a turn.
 *
 * OH_LOOP_PROBE names a folder; the numbers are in a file there with the program's name, an array
 * of 64-bit values in the order of Numbers, mapped by whoever wants to look. Writing another value
 * into "wanted" forgets the longest turns and counts from there; "epoch" follows when that is done.
 *
 * Time is the processor's for this thread: a turn is not longer because another program had the
 * core meanwhile. Wall-clock time stands beside it. */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* A program that waits for ever would never see that new numbers are wanted. */
#define LOOK_MS 100
/* Upper bounds of the classes: 1, 2, 4 … ms; the last one has no bound. */
#define N_CLASSES 10

typedef struct
{
  uint64_t wanted;
  uint64_t epoch;
  uint64_t turns;
  uint64_t cpu_ns;          /* of all turns */
  uint64_t longest_cpu_ns;  /* one turn */
  uint64_t longest_wall_ns; /* one turn */
  uint64_t heap;            /* octets in use when the epoch began */
  uint64_t classes[N_CLASSES];
} Numbers;

static Numbers *numbers;
static uint64_t turn_cpu_ns;
static uint64_t turn_wall_ns;

static uint64_t
now_ns (clockid_t clock)
{
  struct timespec now;

  (void) clock_gettime (clock, &now);
  return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

static void
end_turn (void)
{
  uint64_t cpu_ns = now_ns (CLOCK_THREAD_CPUTIME_ID) - turn_cpu_ns;
  uint64_t wall_ns = now_ns (CLOCK_MONOTONIC) - turn_wall_ns;
  unsigned int class = 0;

  if (turn_wall_ns == 0) /* before the first poll: the start of the program is not a turn */
    return;
  numbers->turns++;
  numbers->cpu_ns += cpu_ns;
  numbers->longest_cpu_ns = MAX (numbers->longest_cpu_ns, cpu_ns);
  numbers->longest_wall_ns = MAX (numbers->longest_wall_ns, wall_ns);
  while (class < N_CLASSES - 1 && cpu_ns >= (UINT64_C (1000000) << class))
    class ++;
  numbers->classes[class]++;
}

static void
begin_turn (void)
{
  turn_cpu_ns = now_ns (CLOCK_THREAD_CPUTIME_ID);
  turn_wall_ns = now_ns (CLOCK_MONOTONIC);
}

static void
look (void)
{
  uint64_t wanted = __atomic_load_n (&numbers->wanted, __ATOMIC_ACQUIRE);
  struct mallinfo2 heap;

  if (wanted == numbers->epoch)
    return;
  heap = mallinfo2 ();
  memset (&numbers->turns, 0, sizeof *numbers - offsetof (Numbers, turns));
  numbers->heap = heap.uordblks + heap.hblkhd;
  __atomic_store_n (&numbers->epoch, wanted, __ATOMIC_RELEASE);
}

static gint
probe_poll (GPollFD *fds, guint n_fds, gint timeout_ms)
{
  gint ready;

  end_turn ();
  do
    {
      gint piece_ms = timeout_ms < 0 ? LOOK_MS : MIN (timeout_ms, LOOK_MS);

      look ();
      ready = g_poll (fds, n_fds, piece_ms);
      if (timeout_ms > 0)
        timeout_ms -= piece_ms;
    }
  while (ready == 0 && timeout_ms != 0);
  begin_turn ();
  return ready;
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *folder = getenv ("OH_LOOP_PROBE");
  char *path;
  int fd;

  if (folder == NULL)
    return;
  path = g_build_filename (folder, program_invocation_short_name, NULL);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_free (path);
  if (fd < 0 || ftruncate (fd, sizeof *numbers) != 0)
    abort ();
  numbers = mmap (NULL, sizeof *numbers, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (numbers == MAP_FAILED)
    abort ();
  (void) close (fd);
  g_main_context_set_poll_func (NULL, probe_poll);
}
