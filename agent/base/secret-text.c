/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "secret-text.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* What stands before the octets in their first page. */
typedef union
{
  gsize mapped; /* octets of all pages */
  guint8 align[16];
} Head;

static GMutex lock;      /* worker threads have their own copies */
static guint n_live;     /* pieces */
static int was_dumpable; /* what the process was before the first of them */

static void
count (int change)
{
  g_mutex_lock (&lock);
  if (n_live == 0)
    {
      was_dumpable = prctl (PR_GET_DUMPABLE, 0, 0, 0, 0);
      prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
  n_live = (guint) ((int) n_live + change);
  if (n_live == 0 && was_dumpable == 1)
    prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
  g_mutex_unlock (&lock);
}

char *
oh_secret_alloc (gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize mapped = (sizeof (Head) + size + page - 1) / page * page;
  void *memory = mmap (NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Head *head = memory;

  if (memory == MAP_FAILED)
    g_error ("no memory for a password"); /* nocheck: banned-function as g_malloc() does */
  count (+1);
  (void) !mlock (memory, mapped); /* a limit of none at all is no reason not to sign in */
  madvise (memory, mapped, MADV_DONTDUMP);
  madvise (memory, mapped, MADV_WIPEONFORK);
  head->mapped = mapped;
  return (char *) memory + sizeof *head;
}

char *
oh_secret_ndup (const char *octets, gsize len)
{
  char *secret = oh_secret_alloc (len + 1);

  if (len > 0)
    memcpy (secret, octets, len);
  return secret;
}

char *
oh_secret_dup (const char *text)
{
  return text != NULL ? oh_secret_ndup (text, strlen (text)) : NULL;
}

void
oh_secret_free (char *secret)
{
  Head *head;
  gsize mapped;

  if (secret == NULL)
    return;
  head = (Head *) (gpointer) (secret - sizeof *head);
  mapped = head->mapped;
  explicit_bzero (head, mapped);
  munmap (head, mapped);
  count (-1);
}

void
oh_secret_forbid_cores (void)
{
  const struct rlimit none = { 0, 0 };

  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  setrlimit (RLIMIT_CORE, &none);
}
