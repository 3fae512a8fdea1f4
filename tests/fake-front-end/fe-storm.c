/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A storm: the presence of one contact after the other changes, each change a notification of its
 * own to whoever watches, signed like all others. Nothing is told of the single ones. */

#include <time.h>

#include "fe-command.h"
#include "fe-event.h"

/* More than one core signs and sends; asked for more than it can, the event "storm" tells what was
 * reached. */
#define PER_SECOND_MAX 100000
#define SECONDS_MAX 3600

/* A hundred times a second: the changes of a tick are few enough not to come as a burst. */
#define TICK_MS 10
/* Coprime to most lists: those who change are spread over the whole of it. */
#define STRIDE 7919

typedef struct
{
  FeServer *server;  /* unowned: outlives every source of the loop */
  FePerson *watcher; /* unowned */
  guint64 per_second;
  guint64 wanted; /* changes in all */
  guint64 made;
  guint64 first_turn; /* goes on where the last storm ended */
  gint64 start_us;
  gint64 made_us; /* 0 while there are changes to make */
  gint64 start_cpu_ms;
  guint waiting;
} Storm;

static gboolean is_on;
static guint64 turns;

static gint64
cpu_ms (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everybody gets another state each time it is their turn. */
static void
change_one (Storm *storm)
{
  static const struct
  {
    guint availability;
    const char *activity;
  } states[] = {
    { 3500, NULL },           { 6500, "on-the-phone" }, { 15500, NULL },
    { 6500, "in-a-meeting" }, { 9500, NULL },
  };
  const GPtrArray *contacts = storm->watcher->contacts;
  guint64 turn = storm->first_turn + storm->made / contacts->len;
  const FeContact *contact = contacts->pdata[storm->made * STRIDE % contacts->len];
  FePerson *person = fe_people_find (fe_server_get_people (storm->server), contact->aor);
  gsize state = (storm->made % contacts->len + turn) % G_N_ELEMENTS (states);

  if (person != NULL)
    fe_presence_force (fe_server_get_presence (storm->server), person, states[state].availability,
                       states[state].activity);
  storm->made++;
}

/* Messages that the watcher's endpoints have not been given yet. */
static guint
count_waiting (const Storm *storm)
{
  const GPtrArray *endpoints = fe_registrar_list (fe_server_get_registrar (storm->server));
  guint waiting = 0;

  for (guint i = 0; i < endpoints->len; i++)
    {
      const FeEndpoint *endpoint = endpoints->pdata[i];

      if (endpoint->person == storm->watcher)
        waiting += fe_connection_waiting (endpoint->connection);
    }
  return waiting;
}

static void
make_changes (Storm *storm)
{
  gint64 now_us = g_get_monotonic_time ();
  guint64 due = (guint64) (now_us - storm->start_us) * storm->per_second / G_USEC_PER_SEC;

  fe_event_hush (TRUE);
  while (storm->made < MIN (due, storm->wanted))
    change_one (storm);
  fe_event_hush (FALSE);
  if (storm->made < storm->wanted)
    return;
  storm->made_us = g_get_monotonic_time ();
  storm->waiting = count_waiting (storm);
}

static void
report (const Storm *storm)
{
  gint64 now_us = g_get_monotonic_time ();

  fe_event ("storm", "user:u", storm->watcher->aor, "changes:i", (int) storm->made, "ms:i",
            (int) ((storm->made_us - storm->start_us) / 1000), "waiting:i", (int) storm->waiting,
            "sent-ms:i", (int) ((now_us - storm->start_us) / 1000), "cpu-ms:i",
            (int) (cpu_ms () - storm->start_cpu_ms), NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  Storm *storm = user_data;

  if (storm->made_us == 0)
    make_changes (storm);
  if (storm->made_us == 0 || count_waiting (storm) > 0)
    return G_SOURCE_CONTINUE;
  turns = storm->first_turn + storm->made / storm->watcher->contacts->len + 1;
  report (storm);
  is_on = FALSE;
  return G_SOURCE_REMOVE;
}

static gboolean
do_storm (FeCommand *command, GError **error)
{
  FePerson *watcher = fe_command_person_at (command, 1, error);
  int per_second, seconds;
  Storm *storm;

  if (watcher == NULL || !fe_command_number_at (command, 2, 1000, &per_second, error) ||
      !fe_command_number_at (command, 3, 30, &seconds, error))
    return FALSE;
  if (is_on)
    return fe_command_fail (error, "one storm at a time");
  if (watcher->contacts->len == 0 || per_second < 1 || per_second > PER_SECOND_MAX || seconds < 1 ||
      seconds > SECONDS_MAX)
    return fe_command_fail (error, "storm WHO [CHANGES-PER-SECOND] [SECONDS]");
  storm = g_new0 (Storm, 1);
  storm->server = command->server;
  storm->watcher = watcher;
  storm->per_second = (guint) per_second;
  storm->wanted = (guint64) per_second * (guint) seconds;
  storm->first_turn = turns;
  storm->start_us = g_get_monotonic_time ();
  storm->start_cpu_ms = cpu_ms ();
  is_on = TRUE;
  g_timeout_add_full (G_PRIORITY_DEFAULT, TICK_MS, on_tick, storm, g_free);
  return TRUE;
}

static const FeCommandEntry entries[] = {
  { "storm", do_storm },
  { NULL, NULL },
};

const FeCommandSet fe_storm_commands = {
  entries,
  "  storm WHO [PER-SECOND] [SECONDS]       change their contacts, one after the other (1000, "
  "30);\n"
  "                                         the event \"storm\" ends it\n",
};
