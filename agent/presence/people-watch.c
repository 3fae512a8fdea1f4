/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-watch.h"

#include "batch-xml.h"
#include "contact-private.h"
#include "event-subscription.h"
#include "log.h"

/* People who go into one SUBSCRIBE. */
typedef struct
{
  gboolean unsubscribe;
  GPtrArray *uris; /* (owned) (element-type utf8), with a NULL at the end once it is sent */
} Job;

typedef struct
{
  char *uri;    /* (owned) */
  gboolean bad; /* the server refused a request because of it */
} Person;

struct _OhPeopleWatch
{
  GObject parent_instance;

  OhEventSubscription *subscription; /* (owned) */
  OhContacts *contacts;              /* (owned) */
  char *target;                      /* (owned) */
  char *owner;                       /* (owned) */
  gboolean batched;
  OhPeopleMoved moved;
  gpointer user_data;

  GHashTable *people; /* (owned) key → Person (owned) */
  Job *added;         /* (owned) (nullable): not queued yet */
  Job *removed;       /* (owned) (nullable): not queued yet */
  GQueue jobs;        /* (owned) (element-type Job): to be sent */
  Job *current;       /* (owned) (nullable): under way */
  gboolean keep_jobs; /* the new dialog goes on with what is queued */
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

static Job *
job_new (gboolean unsubscribe)
{
  Job *job = g_new0 (Job, 1);

  job->unsubscribe = unsubscribe;
  job->uris = g_ptr_array_new_with_free_func (g_free);
  return job;
}

static void
job_free (Job *job)
{
  g_ptr_array_unref (job->uris);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* --- jobs ----------------------------------------------------------------------------------- */

/* Queues @job in pieces that a server takes. */
static void
queue_job (OhPeopleWatch *self, Job *job)
{
  Job *piece = NULL;

  for (guint i = 0; i < job->uris->len; i++)
    {
      if (piece == NULL || piece->uris->len >= OH_BATCH_RESOURCES_MAX)
        {
          piece = job_new (job->unsubscribe);
          g_queue_push_tail (&self->jobs, piece);
        }
      g_ptr_array_add (piece->uris, g_strdup (g_ptr_array_index (job->uris, i)));
    }
  job_free (job);
}

static void
clear_jobs (OhPeopleWatch *self)
{
  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  g_clear_pointer (&self->current, job_free);
  g_clear_pointer (&self->added, job_free);
  g_clear_pointer (&self->removed, job_free);
}

static void
queue_everybody (OhPeopleWatch *self)
{
  Job *job = job_new (FALSE);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Person *) value)->bad)
      g_ptr_array_add (job->uris, g_strdup (((Person *) value)->uri));
  queue_job (self, job);
}

static char *
take_next_body (OhPeopleWatch *self)
{
  g_clear_pointer (&self->current, job_free);
  self->current = g_queue_pop_head (&self->jobs);
  if (self->current == NULL)
    return NULL;
  g_ptr_array_add (self->current->uris, NULL);
  return oh_batch_request (self->owner, ++self->next_id, self->current->unsubscribe,
                           (const char *const *) self->current->uris->pdata);
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

  self->order = (OhPeopleOrder){ FALSE, 0 };
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
  g_clear_pointer (&self->current, job_free);
  send_next (self);
}

/* --- refusals ------------------------------------------------------------------------------- */

static void
mark (OhPeopleWatch *self, const char *uri, OhAvailability availability, guint status)
{
  g_autofree char *key = oh_contact_key_for (uri);
  g_autofree char *who = oh_log_uri (uri);
  Person *person = g_hash_table_lookup (self->people, key);

  g_message ("presence of %s cannot be watched: the server answered %u", who, status);
  if (person != NULL)
    person->bad = TRUE;
  oh_contacts_set_availability (self->contacts, uri, availability);
}

/* One address may be the reason why all were refused. */
static void
split (OhPeopleWatch *self, Job *job)
{
  Job *halves[] = { job_new (FALSE), job_new (FALSE) };
  guint n = job->uris->len - 1; /* the NULL at the end */

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (halves[i < n / 2 ? 0 : 1]->uris, g_strdup (g_ptr_array_index (job->uris, i)));
  g_queue_push_head (&self->jobs, halves[1]);
  g_queue_push_head (&self->jobs, halves[0]);
}

static gboolean
is_about_an_address (guint status)
{
  return status == 400 || status == 413 || status == 416 || status == 513;
}

/* Returns whether there is any use in going on. */
static gboolean
take_refusal (OhPeopleWatch *self, Job *job, guint status)
{
  if (!self->batched)
    {
      mark (self, self->target, OH_AVAILABILITY_OFFLINE, status);
      return FALSE;
    }
  if (job == NULL || !is_about_an_address (status))
    {
      g_message ("presence cannot be watched: the server answered %u", status);
      return FALSE;
    }
  if (job->unsubscribe)
    return TRUE; /* they are gone from the list in any case */
  if (job->uris->len > 2)
    {
      split (self, job);
      return TRUE;
    }
  mark (self, g_ptr_array_index (job->uris, 0), OH_AVAILABILITY_UNKNOWN, status);
  return ++self->bad_in_a_row < OH_PEOPLE_BAD_MAX;
}

static void
on_refused (guint status, gpointer user_data)
{
  OhPeopleWatch *self = user_data;
  g_autoptr (Job) job = g_steal_pointer (&self->current);

  if (!take_refusal (self, job, status))
    g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
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

  oh_people_document_apply (&self->order, oh_sip_message_get_slice (message, "Content-Type"),
                            oh_slice (data, len), self->contacts, self->moved, self->user_data);
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
    self->added = job_new (FALSE);
  g_ptr_array_add (self->added->uris, g_strdup (uri));
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
    self->removed = job_new (TRUE);
  g_ptr_array_add (self->removed->uris, g_strdup (person->uri)); /* as it was asked for */
  g_hash_table_remove (self->people, key);
}

void
oh_people_watch_flush (OhPeopleWatch *self)
{
  if (!self->batched && g_hash_table_size (self->people) == 0)
    oh_event_subscription_stop (self->subscription);
  switch (oh_event_subscription_state (self->subscription))
    {
    case OH_EVENT_OFF:
      if (g_hash_table_size (self->people) > 0)
        oh_event_subscription_start (self->subscription);
      break;
    case OH_EVENT_BEGINNING:
    case OH_EVENT_ACTIVE:
    case OH_EVENT_SENDING:
      if (self->removed != NULL && self->batched)
        queue_job (self, g_steal_pointer (&self->removed));
      if (self->added != NULL)
        queue_job (self, g_steal_pointer (&self->added));
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

static const OhEventHandler handler = { on_first_body, on_notification, on_accepted, on_refused };

OhPeopleWatch *
oh_people_watch_new (OhSipStack *stack, OhClock *clock, OhContacts *contacts, const char *target,
                     const char *owner, gboolean batched, OhPeopleMoved moved, gpointer user_data)
{
  OhPeopleWatch *self = g_object_new (OH_TYPE_PEOPLE_WATCH, NULL);
  const OhEventSetup setup = {
    .event = "presence",
    .target = target,
    .accept = OH_PEOPLE_DOCUMENT_ACCEPT,
    /* without all three the server ends the dialog when a person is added */
    .require = batched ? "adhoclist, categoryList" : NULL,
    .supported = batched ? "eventlist" : NULL,
    .content_type = "application/msrtc-adrl-categorylist+xml",
  };

  self->subscription = oh_event_subscription_new (stack, clock, &setup, &handler, self);
  self->contacts = g_object_ref (contacts);
  self->target = g_strdup (target);
  self->owner = g_strdup (owner);
  self->batched = batched;
  self->moved = moved;
  self->user_data = user_data;
  return self;
}

static void
oh_people_watch_dispose (GObject *object)
{
  OhPeopleWatch *self = OH_PEOPLE_WATCH (object);

  if (self->subscription != NULL)
    oh_event_subscription_stop (self->subscription);
  g_clear_object (&self->subscription);
  g_clear_object (&self->contacts);
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
