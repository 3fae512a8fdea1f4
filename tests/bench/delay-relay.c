/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A longer way to a TCP server on loopback, for machines whose kernel has no netem:

     delay-relay PORT DELAY_US

   listens on a port of 127.0.0.1 that it prints first, and passes every portion of octets on that
   much later, in both directions. To stdout, with the nanoseconds of the monotonic clock: "accept
   TIME" for a connection and "up TIME" for a portion that reaches the server now. Ends with its
   stdin. */

#include <glib.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LINKS_MAX 64
#define PORTION 65536
#define NS_PER_S G_GINT64_CONSTANT (1000000000)

typedef struct
{
  gint64 due_ns;
  gsize len; /* 0: the end */
  char *octets;
} Portion;

/* Both directions: 0 to the server, 1 back. */
typedef struct
{
  int fd[2]; /* client, server */
  GQueue way[2];
  gboolean ended[2]; /* nothing more comes from there */
} Link;

static gint64 delay_ns;
static GPtrArray *links;

static gint64
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static struct sockaddr_in
loopback (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  return address;
}

static void
link_free (gpointer data)
{
  Link *link = data;

  for (guint i = 0; i < 2; i++)
    {
      close (link->fd[i]);
      for (Portion *p = g_queue_pop_head (&link->way[i]); p != NULL;
           p = g_queue_pop_head (&link->way[i]))
        {
          g_free (p->octets);
          g_free (p);
        }
    }
  g_free (link);
}

static void
take_client (int listener, int port)
{
  struct sockaddr_in address = loopback (port);
  int client = accept (listener, NULL, NULL);
  int server = socket (AF_INET, SOCK_STREAM, 0);
  int one = 1;
  Link *link;

  printf ("accept %" G_GINT64_FORMAT " 0\n", now_ns ());
  if (client < 0 || server < 0 || links->len >= LINKS_MAX ||
      connect (server, (struct sockaddr *) &address, sizeof address) != 0)
    {
      close (client);
      close (server);
      return;
    }
  setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (server, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  link = g_new0 (Link, 1);
  link->fd[0] = client;
  link->fd[1] = server;
  g_ptr_array_add (links, link);
}

static void
read_end (Link *link, guint side)
{
  Portion *portion = g_new0 (Portion, 1);
  char buffer[PORTION];
  ssize_t n = read (link->fd[side], buffer, sizeof buffer);

  portion->due_ns = now_ns () + delay_ns;
  portion->len = n > 0 ? (gsize) n : 0;
  portion->octets = g_memdup2 (buffer, portion->len);
  link->ended[side] = portion->len == 0;
  g_queue_push_tail (&link->way[side], portion);
}

/* FALSE when the connection is over. */
static gboolean
pass_on (Link *link, guint side, gint64 now)
{
  Portion *portion;

  while ((portion = g_queue_peek_head (&link->way[side])) != NULL && portion->due_ns <= now)
    {
      gboolean over = portion->len == 0;

      if (side == 0 && !over)
        printf ("up %" G_GINT64_FORMAT " %" G_GSIZE_FORMAT "\n", now_ns (), portion->len);
      if (!over && send (link->fd[1 - side], portion->octets, portion->len, MSG_NOSIGNAL) < 0)
        over = TRUE;
      g_queue_pop_head (&link->way[side]);
      g_free (portion->octets);
      g_free (portion);
      if (over)
        return FALSE;
    }
  return TRUE;
}

static gint64
next_due (void)
{
  gint64 due = G_MAXINT64;

  for (guint i = 0; i < links->len; i++)
    for (guint side = 0; side < 2; side++)
      {
        Link *link = g_ptr_array_index (links, i);
        Portion *first = g_queue_peek_head (&link->way[side]);

        if (first != NULL)
          due = MIN (due, first->due_ns);
      }
  return due;
}

static void
pass_all_on (void)
{
  gint64 now = now_ns ();

  for (guint i = links->len; i > 0; i--)
    {
      Link *link = g_ptr_array_index (links, i - 1);

      if (!pass_on (link, 0, now) || !pass_on (link, 1, now))
        g_ptr_array_remove_index_fast (links, i - 1);
    }
}

/* Waits for octets or for the next portion that is due; FALSE when stdin ends. */
static gboolean
turn (int listener, int port)
{
  struct pollfd polls[2 + 2 * LINKS_MAX] = { { .fd = 0, .events = POLLIN },
                                             { .fd = listener, .events = POLLIN } };
  gint64 due = next_due ();
  gint64 wait = MAX (0, due - now_ns ());
  const struct timespec limit = { .tv_sec = wait / NS_PER_S, .tv_nsec = wait % NS_PER_S };
  guint n = links->len;

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      {
        Link *link = g_ptr_array_index (links, i);

        polls[2 + 2 * i + side].fd = link->ended[side] ? -1 : link->fd[side];
        polls[2 + 2 * i + side].events = POLLIN;
      }
  if (ppoll (polls, 2 + 2 * n, due == G_MAXINT64 ? NULL : &limit, NULL) < 0 && errno != EINTR)
    return FALSE;
  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      if (polls[2 + 2 * i + side].revents != 0)
        read_end (g_ptr_array_index (links, i), side);
  pass_all_on ();
  if (polls[1].revents != 0)
    take_client (listener, port);
  return (polls[0].revents & (POLLIN | POLLHUP)) == 0;
}

int
main (int argc, char **argv)
{
  struct sockaddr_in address = loopback (0);
  socklen_t size = sizeof address;
  int listener = socket (AF_INET, SOCK_STREAM, 0);
  guint64 port = 0;
  guint64 delay_us = 0;

  if (argc != 3 || !g_ascii_string_to_unsigned (argv[1], 10, 1, G_MAXUINT16, &port, NULL) ||
      !g_ascii_string_to_unsigned (argv[2], 10, 0, G_USEC_PER_SEC, &delay_us, NULL))
    {
      fprintf (stderr, "usage: delay-relay PORT DELAY_US\n");
      return 2;
    }
  delay_ns = (gint64) delay_us * 1000;
  links = g_ptr_array_new_with_free_func (link_free);
  if (bind (listener, (struct sockaddr *) &address, size) != 0 || listen (listener, 16) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &size) != 0)
    {
      perror ("delay-relay");
      return 1;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  printf ("port %d\n", ntohs (address.sin_port));
  while (turn (listener, (int) port))
    ;
  g_ptr_array_unref (links);
  close (listener);
  return 0;
}
