/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-watch.h"

#include "batch-xml.h"
#include "contact-private.h"
#include "event-subscription.h"
#include "log.h"
#include "people-job.h"

typedef struct
{
  char *uri;    /* (owned) */
  gboolean bad; /* the server refused a request because of it */
} Person;

struct _OhPeopleWatch
{
  GObject parent_instance;

  OhEventSubscription *subscription; /* (owned) */
  OhClock *clock;                    /* (owned) */
  char *target;                      /* (owned) */
  char *owner;                       /* (owned) */
  OhPeopleForm form;
  OhPeopleSink sink; /* owns its list */
  OhTurns *turns;    /* (nullable) (unowned) */

  GHashTable *people;   /* (owned) key → Person (owned) */
  OhPeopleJob *added;   /* (owned) (nullable): not queued yet */
  OhPeopleJob *removed; /* (owned) (nullable): not queued yet */
  GQueue jobs;          /* (owned) (element-type OhPeopleJob): to be sent */
  OhPeopleJob *current; /* (owned) (nullable): under way */
  gboolean keep_jobs;   /* the new dialog goes on with what is queued */
  guint bad_in_a_row;
  guint32 next_id;

  OhPeopleOrder order; /* of the notifications of one dialog */
};

G_DEFINE_FINAL_TYPE (OhPeopleWatch, oh_people_watch, G_TYPE_OBJECT)

static void
person_free (gpointer data)
{
  g_free (((Person *) data)->uri);
  g_free (data);
}

static gboolean
is_batch (const OhPeopleWatch *self)
{
  return self->form == OH_PEOPLE_BATCH || self->form == OH_PEOPLE_LCS_BATCH;
}

/* --- jobs ----------------------------------------------------------------------------------- */

static void
clear_jobs (OhPeopleWatch *self)
{
  g_queue_clear_full (&self->jobs, (GDestroyNotify) oh_people_job_free);
  g_clear_pointer (&self->current, oh_people_job_free);
  g_clear_pointer (&self->added, oh_people_job_free);
  g_clear_pointer (&self->removed, oh_people_job_free);
}

static void
queue_everybody (OhPeopleWatch *self)
{
  OhPeopleJob *job = oh_people_job_new (FALSE);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Person *) value)->bad)
      oh_people_job_add (job, ((Person *) value)->uri);
  oh_people_job_queue (job, &self->jobs);
}

/* NULL when nothing is queued, and for the form that asks without a word. */
static char *
take_next_body (OhPeopleWatch *self)
{
  const char *const *people;

  g_clear_pointer (&self->current, oh_people_job_free);
  self->current = g_queue_pop_head (&self->jobs);
  if (self->current == NULL)
    return NULL;
  people = (const char *const *) self->current->uris->pdata;
  switch (self->form)
    {
    case OH_PEOPLE_LCS_BATCH: return oh_adrl_request (self->owner, people);
    case OH_PEOPLE_LCS_SINGLE: return NULL;
    case OH_PEOPLE_BATCH:
    case OH_PEOPLE_SINGLE:
    default:
      return oh_batch_request (self->owner, ++self->next_id, self->current->unsubscribe, people);
    }
}

static void
send_next (OhPeopleWatch *self)
{
  g_autofree char *body = NULL;

  if (oh_event_subscription_state (self->subscription) != OH_EVENT_ACTIVE)
    return;
  body = take_next_body (self);
  if (body != NULL)
    oh_event_subscription_send (self->subscription, body);
}

/* A new dialog knows nobody: everything is asked again. */
static char *
on_first_body (gpointer user_data)
{
  OhPeopleWatch *self = user_data;

  self->order.has_version = FALSE;
  if (!self->keep_jobs)
    {
      clear_jobs (self);
      queue_everybody (self);
    }
  self->keep_jobs = FALSE;
  return take_next_body (self);
}

static void
on_accepted (gpointer user_data)
{
  OhPeopleWatch *self = user_data;

  if (self->current != NULL)
    self->bad_in_a_row = 0;
  g_clear_pointer (&self->current, oh_people_job_free);
  send_next (self);
}

/* --- refusals ------------------------------------------------------------------------------- */

static void
mark (OhPeopleWatch *self, const char *uri, OhAvailability availability, guint status)
{
  static OhLogLimit limit; /* of all watches: each of those who are asked for alone has one */
  g_autofree char *key = oh_contact_key_for (uri);
  g_autofree char *who = oh_log_uri (uri);
  Person *person = g_hash_table_lookup (self->people, key);
  guint64 held_back = 0;

  if (oh_log_limit_take (&limit, OH_LOG_KIND_LINES, oh_clock_now_us (self->clock), &held_back))
    g_message ("presence of %s cannot be watched: the server answered %u (%" G_GUINT64_FORMAT
               " before it not told)",
               who, status, held_back);
  if (person != NULL)
    person->bad = TRUE;
  oh_contacts_set_availability (self->sink.contacts, uri, availability);
}

static gboolean
is_about_an_address (guint status)
{
  return status == 400 || status == 413 || status == 416 || status == 513;
}

/* The server does not take lists, or not ours, whatever it said when we signed in. */
static gboolean
is_about_lists (guint status)
{
  return status == 405 || status == 415 || status == 420 || status == 421 || status == 489;
}

static void
move_everybody (OhPeopleWatch *self)
{
  g_autoptr (GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (uris, g_strdup (((Person *) value)->uri));
  for (guint i = 0; i < uris->len; i++) /* each leaves the table */
    self->sink.moved (g_ptr_array_index (uris, i), NULL, self->sink.user_data);
}

/* Returns whether there is any use in going on. */
static gboolean
take_refusal (OhPeopleWatch *self, OhPeopleJob *job, guint status)
{
  if (!is_batch (self))
    {
      mark (self, self->target, OH_AVAILABILITY_OFFLINE, status);
      return FALSE;
    }
  if (is_about_lists (status) && self->sink.moved != NULL && oh_people_watch_is_refused (self))
    {
      g_message ("presence of many at once is refused with %u; each is asked for alone", status);
      move_everybody (self);
      return FALSE;
    }
  if (job == NULL || !is_about_an_address (status))
    {
      g_message ("presence cannot be watched: the server answered %u", status);
      return FALSE;
    }
  if (job->unsubscribe)
    return TRUE;          /* they are gone from the list in any case */
  if (job->uris->len > 1) /* one address may be the reason why all were refused */
    {
      oh_people_job_halve (job, &self->jobs);
      return TRUE;
    }
  mark (self, g_ptr_array_index (job->uris, 0), OH_AVAILABILITY_UNKNOWN, status);
  return ++self->bad_in_a_row < OH_PEOPLE_BAD_MAX;
}

static void
on_refused (guint status, gpointer user_data)
{
  OhPeopleWatch *self = user_data;
  g_autoptr (OhPeopleJob) job = g_steal_pointer (&self->current);

  if (!take_refusal (self, job, status))
    g_queue_clear_full (&self->jobs, (GDestroyNotify) oh_people_job_free);
  if (g_queue_is_empty (&self->jobs))
    return;
  if (oh_event_subscription_state (self->subscription) == OH_EVENT_REFUSED)
    {
      self->keep_jobs = TRUE;
      oh_event_subscription_start (self->subscription);
    }
  else
    send_next (self);
}

/* --- notifications -------------------------------------------------------------------------- */

static void
on_notification (OhSipMessage *message, gpointer user_data)
{
  OhPeopleWatch *self = user_data;
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);

  oh_people_document_apply (&self->order, &self->sink,
                            oh_sip_message_get_slice (message, "Content-Type"),
                            oh_slice (data, len), oh_clock_now_us (self->clock));
}

/* --- the outside ---------------------------------------------------------------------------- */

void
oh_people_watch_add (OhPeopleWatch *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);
  Person *person;

  if (key == NULL || g_hash_table_contains (self->people, key))
    return;
  person = g_new0 (Person, 1);
  person->uri = g_strdup (uri);
  g_hash_table_insert (self->people, g_steal_pointer (&key), person);
  if (self->added == NULL)
    self->added = oh_people_job_new (FALSE);
  oh_people_job_add (self->added, uri);
}

void
oh_people_watch_forget (OhPeopleWatch *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);

  if (key != NULL)
    g_hash_table_remove (self->people, key);
}

void
oh_people_watch_remove (OhPeopleWatch *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);
  const Person *person = key != NULL ? g_hash_table_lookup (self->people, key) : NULL;

  if (person == NULL)
    return;
  if (self->removed == NULL)
    self->removed = oh_people_job_new (TRUE);
  oh_people_job_add (self->removed, person->uri); /* as it was asked for */
  g_hash_table_remove (self->people, key);
}

/* A server without categories cannot be told whom we do not want any more: what it still says
 * about them finds nobody. */
static void
queue_removed (OhPeopleWatch *self)
{
  if (self->removed != NULL && self->form == OH_PEOPLE_BATCH)
    oh_people_job_queue (g_steal_pointer (&self->removed), &self->jobs);
  g_clear_pointer (&self->removed, oh_people_job_free);
}

void
oh_people_watch_begin (gpointer who)
{
  oh_event_subscription_start (OH_PEOPLE_WATCH (who)->subscription);
}

static void
on_settled (gpointer user_data)
{
  OhPeopleWatch *self = user_data;

  if (self->turns != NULL)
    oh_turns_end (self->turns, self);
}

static void
end (OhPeopleWatch *self)
{
  if (self->turns != NULL)
    oh_turns_end (self->turns, self);
  oh_event_subscription_end (self->subscription);
}

void
oh_people_watch_flush (OhPeopleWatch *self)
{
  gboolean any = g_hash_table_size (self->people) > 0;

  if (!any && !is_batch (self))
    end (self);
  switch (oh_event_subscription_state (self->subscription))
    {
    case OH_EVENT_OFF:
      if (any && self->turns != NULL)
        oh_turns_ask (self->turns, self);
      else if (any)
        oh_people_watch_begin (self);
      break;
    case OH_EVENT_BEGINNING:
    case OH_EVENT_ACTIVE:
    case OH_EVENT_SENDING:
      queue_removed (self);
      if (self->added != NULL)
        oh_people_job_queue (g_steal_pointer (&self->added), &self->jobs);
      send_next (self);
      break;
    case OH_EVENT_WAITING: /* the new dialog asks for everybody */
    case OH_EVENT_REFUSED:
    case OH_EVENT_N_STATES:
    default: break;
    }
}

guint
oh_people_watch_size (OhPeopleWatch *self)
{
  return g_hash_table_size (self->people);
}

void
oh_people_watch_refresh (OhPeopleWatch *self)
{
  oh_event_subscription_refresh (self->subscription);
}

gboolean
oh_people_watch_is_over (OhPeopleWatch *self)
{
  return !is_batch (self) && g_hash_table_size (self->people) == 0;
}

gboolean
oh_people_watch_is_refused (OhPeopleWatch *self)
{
  return oh_event_subscription_state (self->subscription) == OH_EVENT_REFUSED;
}

static const OhEventHandler handler = { on_first_body, on_notification, on_accepted, on_refused,
                                        on_settled };

/* What the forms differ in. */
static const OhEventSetup forms[] = {
  /* without all three words the server ends the dialog when a person is added */
  [OH_PEOPLE_BATCH] = { .accept = OH_PEOPLE_DOCUMENT_ACCEPT,
                        .require = "adhoclist, categoryList",
                        .supported = "eventlist",
                        .content_type = "application/msrtc-adrl-categorylist+xml" },
  [OH_PEOPLE_SINGLE] = { .accept = OH_PEOPLE_DOCUMENT_ACCEPT,
                         .content_type = "application/msrtc-adrl-categorylist+xml" },
  [OH_PEOPLE_LCS_BATCH] = { .accept = OH_PEOPLE_DOCUMENT_ACCEPT_LCS,
                            .require = "adhoclist",
                            .supported = "eventlist",
                            .content_type = "application/adrl+xml" },
  [OH_PEOPLE_LCS_SINGLE] = { .accept = OH_PEOPLE_DOCUMENT_ACCEPT },
};

OhPeopleWatch *
oh_people_watch_new (OhSipStack *stack, OhClock *clock, const OhPeopleSetup *setup)
{
  OhPeopleWatch *self = g_object_new (OH_TYPE_PEOPLE_WATCH, NULL);
  OhEventSetup event = forms[setup->form];

  event.event = "presence";
  event.target = setup->target;
  self->subscription = oh_event_subscription_new (stack, clock, &event, &handler, self);
  self->clock = g_object_ref (clock);
  self->target = g_strdup (setup->target);
  self->owner = g_strdup (setup->owner);
  self->form = setup->form;
  self->sink = setup->sink;
  g_object_ref (self->sink.contacts);
  self->turns = setup->turns;
  return self;
}

static void
oh_people_watch_dispose (GObject *object)
{
  OhPeopleWatch *self = OH_PEOPLE_WATCH (object);

  if (self->subscription != NULL)
    oh_event_subscription_stop (self->subscription);
  if (self->turns != NULL)
    oh_turns_end (self->turns, self);
  self->turns = NULL;
  g_clear_object (&self->subscription);
  g_clear_object (&self->sink.contacts);
  g_clear_object (&self->clock);
  clear_jobs (self);
  G_OBJECT_CLASS (oh_people_watch_parent_class)->dispose (object);
}

static void
oh_people_watch_finalize (GObject *object)
{
  OhPeopleWatch *self = OH_PEOPLE_WATCH (object);

  g_hash_table_unref (self->people);
  g_free (self->target);
  g_free (self->owner);
  G_OBJECT_CLASS (oh_people_watch_parent_class)->finalize (object);
}

static void
oh_people_watch_class_init (OhPeopleWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_people_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_people_watch_finalize;
}

static void
oh_people_watch_init (OhPeopleWatch *self)
{
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);
  g_queue_init (&self->jobs);
}
