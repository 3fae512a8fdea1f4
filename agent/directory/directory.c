/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "directory-request.h"
#include "directory-servers.h"
#include "error.h"

typedef enum
{
  LINK_NONE,
  LINK_FINDING, /* DNS is asked */
  LINK_OPENING,
  LINK_IDLE,
  LINK_SEARCHING,
  LINK_N_STATES,
} LinkState;

#define BIT(state) (1U << (state))

static const guint may_follow[LINK_N_STATES] = {
  [LINK_NONE] = BIT (LINK_FINDING) | BIT (LINK_OPENING),
  [LINK_FINDING] = BIT (LINK_OPENING) | BIT (LINK_NONE),
  [LINK_OPENING] = BIT (LINK_OPENING) | BIT (LINK_IDLE) | BIT (LINK_NONE),
  [LINK_IDLE] = BIT (LINK_SEARCHING) | BIT (LINK_NONE),
  [LINK_SEARCHING] = BIT (LINK_IDLE) | BIT (LINK_NONE),
};

struct _OhDirectory
{
  GObject parent_instance;

  OhClock *clock;
  OhDirectoryPlace *place; /* (nullable): off */
  LinkState state;
  GCancellable *opening;       /* (nullable): while finding and opening */
  GPtrArray *servers;          /* (nullable) (element-type OhDirectoryHost): while opening */
  guint next;                  /* of servers */
  OhDirectoryLink *link;       /* (nullable): while idle and searching */
  gboolean fresh;              /* nobody has searched on the link yet */
  OhDirectoryRequest *current; /* (nullable): while searching */
  GQueue waiting;              /* (element-type OhDirectoryRequest) */
  guint idle;                  /* alarm */
  GError *failure;             /* (nullable): of the last attempt */
  gint64 failed_us;            /* when that was */
};

G_DEFINE_FINAL_TYPE (OhDirectory, oh_directory, G_TYPE_OBJECT)

static void pump (OhDirectory *self);

static void
set_state (OhDirectory *self, LinkState to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
}

/* --- one search ----------------------------------------------------------------------------- */

/* Its caller waits no longer; a thread that works for it is told, and the server by that. */
static void
give_up (OhDirectoryRequest *search, GError *error, gpointer user_data)
{
  OhDirectory *self = user_data;
  gboolean waited = g_queue_remove (&self->waiting, search);

  g_cancellable_cancel (search->stop);
  oh_directory_request_answer (search, NULL, error);
  if (waited)
    oh_directory_request_free (search);
}

static void
fail_waiting (OhDirectory *self, const GError *error)
{
  OhDirectoryRequest *search;

  while ((search = g_queue_pop_head (&self->waiting)) != NULL)
    {
      oh_directory_request_answer (search, NULL, g_error_copy (error));
      oh_directory_request_free (search);
    }
}

/* --- the link ------------------------------------------------------------------------------- */

/* A thread that still works on it frees it when it is done. */
static void
drop_link (OhDirectory *self)
{
  OhDirectoryLink *link = g_steal_pointer (&self->link);

  oh_clock_clear_alarm (self->clock, &self->idle);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  if (link != NULL && self->state == LINK_SEARCHING)
    oh_directory_link_cut (link);
  else
    oh_directory_link_free (link);
  if (self->state != LINK_NONE)
    set_state (self, LINK_NONE);
}

/* @error: (transfer full) */
static void
fail (OhDirectory *self, GError *error)
{
  g_autoptr (GError) copy = g_error_copy (error); /* who is told may change the settings */

  drop_link (self);
  g_clear_error (&self->failure);
  self->failure = error;
  self->failed_us = oh_clock_now_us (self->clock);
  g_message ("directory: %s", copy->message);
  fail_waiting (self, copy);
}

static gboolean
on_idle (gpointer user_data)
{
  OhDirectory *self = user_data;

  self->idle = 0;
  drop_link (self);
  return G_SOURCE_REMOVE;
}

static void
become_idle (OhDirectory *self)
{
  set_state (self, LINK_IDLE);
  self->idle = oh_clock_add_alarm_in (self->clock, OH_DIRECTORY_IDLE_US, on_idle, self);
  pump (self);
}

static void open_next (OhDirectory *self);

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDirectory) self = user_data;
  g_autoptr (GError) error = NULL;
  OhDirectoryLink *link = oh_directory_link_open_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    {
      oh_directory_link_free (link); /* of settings that do not count any more */
      return;
    }
  if (link == NULL)
    {
      if (self->next < self->servers->len)
        open_next (self);
      else
        fail (self, g_steal_pointer (&error));
      return;
    }
  g_clear_object (&self->opening);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_error (&self->failure);
  self->link = link;
  self->fresh = TRUE;
  become_idle (self);
}

static void
open_next (OhDirectory *self)
{
  const OhDirectoryHost *host = g_ptr_array_index (self->servers, self->next++);
  const OhDirectoryTarget target = {
    .host = host->name,
    .port = host->port,
    .tls = self->place->tls,
    .base = self->place->base,
    .ca_file = self->place->ca_file,
  };

  set_state (self, LINK_OPENING);
  oh_directory_link_open_async (&target, self->opening, on_opened, g_object_ref (self));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhDirectory) self = user_data;
  GError *error = NULL;
  GPtrArray *servers = oh_directory_find_servers_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    {
      g_clear_pointer (&servers, g_ptr_array_unref);
      g_clear_error (&error);
      return;
    }
  if (servers == NULL)
    {
      fail (self, error);
      return;
    }
  self->servers = servers;
  self->next = 0;
  open_next (self);
}

static void
open_link (OhDirectory *self)
{
  set_state (self, LINK_FINDING);
  self->opening = g_cancellable_new ();
  oh_directory_find_servers_async (self->place, self->opening, on_found, g_object_ref (self));
}

/* --- searching ------------------------------------------------------------------------------ */

/* A link that stood for a while may be dead without a word: then a new one is worth one try. */
static gboolean
is_worth_another (const OhDirectory *self, const OhDirectoryRequest *search, const GError *error)
{
  return search->task != NULL && !search->again && !self->fresh &&
         g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE);
}

static void
search_done (OhDirectory *self, OhDirectoryRequest *search, OhDirectoryAnswer *answer,
             GError *error)
{
  gboolean stands = !search->unanswered && !g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE);
  gboolean again = is_worth_another (self, search, error);

  self->fresh = FALSE;
  self->current = NULL;
  if (stands)
    become_idle (self);
  else
    drop_link (self);
  if (again)
    {
      g_clear_error (&error);
      search->again = TRUE;
      g_queue_push_head (&self->waiting, search);
    }
  else
    {
      oh_directory_request_answer (search, answer, error);
      oh_directory_request_free (search);
    }
  pump (self);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhDirectoryRequest *search = user_data;
  g_autoptr (OhDirectory) self = g_object_ref (search->directory);
  OhDirectoryLink *link = g_steal_pointer (&search->link);
  GError *error = NULL;
  OhDirectoryAnswer *answer = oh_directory_link_search_finish (result, &error);

  if (link == self->link)
    {
      search_done (self, search, answer, error);
      return;
    }
  oh_directory_link_free (link);
  oh_directory_request_answer (search, answer, error);
  oh_directory_request_free (search);
}

/* Returns: (transfer full) (nullable): NULL when too little was typed */
static char *
filter_of (OhDirectory *self, const OhDirectoryRequest *search)
{
  g_autoptr (OhQuery) query = NULL;

  if (search->own)
    return oh_directory_filter_own (search->text);
  query = oh_query_new (search->text);
  return oh_directory_filter (oh_directory_link_kind (self->link), query, self->place->filter);
}

static void
begin (OhDirectory *self, OhDirectoryRequest *search)
{
  g_autofree char *filter = filter_of (self, search);

  oh_clock_clear_alarm (self->clock, &self->idle);
  set_state (self, LINK_SEARCHING);
  self->current = search;
  search->link = self->link;
  oh_directory_link_search_async (self->link, filter, search->stop, on_searched, search);
}

/* Whatever can go on goes on. */
static void
pump (OhDirectory *self)
{
  if (g_queue_is_empty (&self->waiting))
    return;
  if (self->state == LINK_NONE)
    open_link (self);
  else if (self->state == LINK_IDLE)
    begin (self, g_queue_pop_head (&self->waiting));
}

static gboolean
has_just_failed (OhDirectory *self)
{
  return self->failure != NULL && self->state == LINK_NONE &&
         oh_clock_now_us (self->clock) < self->failed_us + OH_DIRECTORY_RETRY_US;
}

/* Returns: (transfer full) (nullable): why it need not be asked */
static GError *
refuse (OhDirectory *self, gboolean own)
{
  if (self->place == NULL)
    return g_error_new_literal (OH_ERROR, OH_ERROR_SETTINGS,
                                _ ("No directory is set up; the setting “directory-server” names "
                                   "it."));
  if (!own && has_just_failed (self)) /* nobody types an own entry, which is asked for once */
    return g_error_copy (self->failure);
  if (g_queue_get_length (&self->waiting) >= OH_DIRECTORY_WAITING_MAX)
    return g_error_new_literal (OH_ERROR, OH_ERROR_BUSY,
                                _ ("Too many searches wait for the directory."));
  return NULL;
}

static OhDirectoryAnswer *
nobody (void)
{
  OhDirectoryAnswer *answer = g_new0 (OhDirectoryAnswer, 1);

  answer->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_directory_entry_free);
  return answer;
}

static void
ask (OhDirectory *self, const char *text, gboolean own, GTask *task)
{
  GError *error = refuse (self, own);
  g_autoptr (OhQuery) query = oh_query_new (text);
  g_autofree char *filter = oh_directory_filter (OH_DIRECTORY_PLAIN, query, NULL);

  g_task_set_check_cancellable (task, FALSE); /* it says so in our words */
  if (error != NULL)
    g_task_return_error (task, error);
  else if (!own && filter == NULL)
    g_task_return_pointer (task, nobody (), (GDestroyNotify) oh_directory_answer_free);
  else
    {
      g_queue_push_tail (&self->waiting,
                         oh_directory_request_new (task, self->clock, text, own, give_up));
      pump (self);
    }
}

void
oh_directory_search_async (OhDirectory *self, const char *text, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask (self, text, FALSE, task);
}

void
oh_directory_find_own_async (OhDirectory *self, const char *uri, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  ask (self, uri, TRUE, task);
}

OhDirectoryAnswer *
oh_directory_search_finish (OhDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- life ----------------------------------------------------------------------------------- */

void
oh_directory_set (OhDirectory *self, const OhDirectorySettings *settings)
{
  g_autoptr (GError) error = NULL;

  if (settings == NULL ? self->place == NULL : oh_directory_place_is (self->place, settings))
    return;
  error = g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("Another directory was set up."));
  drop_link (self);
  if (self->current != NULL)
    give_up (g_steal_pointer (&self->current), g_error_copy (error), self);
  fail_waiting (self, error);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->place, oh_directory_place_free);
  if (settings != NULL)
    self->place = oh_directory_place_new (settings);
}

void
oh_directory_hang_up (OhDirectory *self)
{
  if (self->state == LINK_IDLE)
    drop_link (self);
}

gboolean
oh_directory_is_on (OhDirectory *self)
{
  return self->place != NULL;
}

char *
oh_directory_describe (OhDirectory *self)
{
  return self->link != NULL ? oh_directory_link_describe (self->link) : NULL;
}

static void
oh_directory_dispose (GObject *object)
{
  OhDirectory *self = OH_DIRECTORY (object);

  oh_directory_set (self, NULL);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_directory_parent_class)->dispose (object);
}

static void
oh_directory_class_init (OhDirectoryClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_directory_dispose;
}

static void
oh_directory_init (OhDirectory *self)
{
  g_queue_init (&self->waiting);
}

OhDirectory *
oh_directory_new (OhClock *clock)
{
  OhDirectory *self = g_object_new (OH_TYPE_DIRECTORY, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
