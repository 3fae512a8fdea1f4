/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "name-asker.h"

#include "name-guess.h"

struct _OhNameAsker
{
  GObject parent_instance;

  GResolver *resolver;
};

/* A name to ask for, and what it would tell. */
typedef struct
{
  char *name;
  char *mac;   /* (nullable) */
  char *model; /* (nullable) */
  OhFoundHow how;
} Guess;

typedef struct
{
  const OhFindRun *run;
  GQueue guesses; /* Guess, not asked for yet */
  guint asking;
} Asking;

typedef struct
{
  GTask *task;
  Guess *guess;
} Question;

static void oh_name_asker_iface_init (OhFindSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhNameAsker, oh_name_asker, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_FIND_SOURCE,
                                                      oh_name_asker_iface_init))

static void pump (GTask *task);

static void
guess_free (gpointer data)
{
  Guess *guess = data;

  g_free (guess->name);
  g_free (guess->mac);
  g_free (guess->model);
  g_free (guess);
}

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_queue_clear_full (&asking->guesses, guess_free);
  g_free (asking);
}

static void
add_guess (Asking *asking, const char *name, const char *mac, const char *model, OhFoundHow how)
{
  Guess *guess;

  if (asking->guesses.length >= OH_NAME_ASKER_MAX)
    return;
  guess = g_new0 (Guess, 1);
  guess->name = g_strdup (name);
  guess->mac = g_strdup (mac);
  guess->model = g_strdup (model);
  guess->how = how;
  g_queue_push_tail (&asking->guesses, guess);
}

static void
add_guesses (Asking *asking, const char *mac, const char *model, const char *line)
{
  g_auto (GStrv) names = oh_name_guesses (mac, model, line);

  for (char **name = names; *name != NULL; name++)
    add_guess (asking, *name, mac, model, OH_FOUND_BY_NAME);
}

/* Address, MAC or name: sites write any of them into that attribute, or a number, which is none. */
static void
take_own_phone (Asking *asking, const char *own)
{
  const OhFindRun *run = asking->run;
  g_autofree char *mac = oh_hardware_address_parse (oh_slice_str (own));
  gboolean has_letter = FALSE;

  for (const char *p = own; *p != '\0'; p++)
    has_letter = has_letter || g_ascii_isalpha (*p);
  if (mac != NULL)
    {
      run->tell (oh_found_phone_new (OH_FOUND_BY_DIRECTORY, NULL, mac), run->user_data);
      add_guesses (asking, mac, NULL, NULL);
    }
  else if (g_hostname_is_ip_address (own))
    run->tell (oh_found_phone_new (OH_FOUND_BY_DIRECTORY, own, NULL), run->user_data);
  else if (has_letter && oh_name_is_plain (own))
    add_guess (asking, own, NULL, NULL, OH_FOUND_BY_DIRECTORY);
}

static void
collect (Asking *asking)
{
  const OhFindRun *run = asking->run;

  if (run->own_phone != NULL && run->own_phone[0] != '\0')
    take_own_phone (asking, run->own_phone);
  for (guint i = 0; i < run->known->len; i++)
    {
      const OhKnownPhone *known = g_ptr_array_index (run->known, i);

      if (known->mac != NULL && known->model != NULL)
        add_guesses (asking, known->mac, known->model, NULL);
    }
  if (run->own_line != NULL)
    add_guesses (asking, NULL, NULL, run->own_line);
}

static void
tell_guess (Asking *asking, const Guess *guess, GInetAddress *address)
{
  g_autofree char *text = g_inet_address_to_string (address);
  OhFoundPhone *found = oh_found_phone_new (guess->how, text, guess->mac);

  found->model = g_strdup (guess->model);
  asking->run->tell (found, asking->run->user_data);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  Asking *asking = g_task_get_task_data (task);
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, NULL);

  if (addresses != NULL)
    tell_guess (asking, question->guess, addresses->data);
  g_resolver_free_addresses (addresses);
  guess_free (question->guess);
  g_free (question);
  asking->asking--;
  pump (task);
}

static void
pump (GTask *task)
{
  OhNameAsker *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Asking *asking = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (cancellable))
    g_queue_clear_full (&asking->guesses, guess_free);
  while (asking->asking < OH_NAME_ASKER_PARALLEL && !g_queue_is_empty (&asking->guesses))
    {
      Question *question = g_new0 (Question, 1);

      question->task = g_object_ref (task);
      question->guess = g_queue_pop_head (&asking->guesses);
      asking->asking++;
      g_resolver_lookup_by_name_async (self->resolver, question->guess->name, cancellable,
                                       on_resolved, question);
    }
  if (asking->asking == 0 && !g_task_get_completed (task))
    g_task_return_boolean (task, TRUE);
}

static void
oh_name_asker_run_async (OhFindSource *self, const OhFindRun *run, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, oh_name_asker_run_async);
  g_task_set_task_data (task, asking, asking_free);
  g_queue_init (&asking->guesses);
  asking->run = run;
  collect (asking);
  pump (task);
}

static void
oh_name_asker_iface_init (OhFindSourceInterface *iface)
{
  iface->run_async = oh_name_asker_run_async;
}

static void
oh_name_asker_finalize (GObject *object)
{
  g_clear_object (&OH_NAME_ASKER (object)->resolver);
  G_OBJECT_CLASS (oh_name_asker_parent_class)->finalize (object);
}

static void
oh_name_asker_class_init (OhNameAskerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_name_asker_finalize;
}

static void
oh_name_asker_init (OhNameAsker *self)
{
}

OhFindSource *
oh_name_asker_new (GResolver *resolver)
{
  OhNameAsker *self = g_object_new (OH_TYPE_NAME_ASKER, NULL);

  self->resolver = resolver != NULL ? g_object_ref (resolver) : g_resolver_get_default ();
  return OH_FIND_SOURCE (self);
}
