/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-list.h"

#include <string.h>

/* After a reject the phone may tell nothing at all; then it is over. */
#define REJECTED_US (1 * G_USEC_PER_SEC)
/* A call that was hung up should be told as ended within that time. */
#define HUNG_UP_US (2 * G_USEC_PER_SEC)
/* A handset put back ends its call, told or not, after that. */
#define ON_HOOK_US (2 * G_USEC_PER_SEC)
/* No exchange lets it ring longer. */
#define UNANSWERED_US (G_GINT64_CONSTANT (180) * G_USEC_PER_SEC)
/* What is not known any more stands in the list that long, for the user to see. */
#define UNKNOWN_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* Phones tell the end of a call twice, seconds apart: what comes within this is no new call. */
#define CLOSED_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/* A call and the alarm for what should happen to it next. */
typedef struct
{
  OhCallList *list; /* borrowed: it owns us */
  OhCall *call;     /* (owned) */
  guint alarm;
  OhCallState then; /* what the alarm makes of it */
  gint64 closed_us; /* monotonic; for the memory of closed calls */
} Entry;

struct _OhCallList
{
  GObject parent_instance;

  OhClock *clock;       /* (owned) */
  OhDialPlan *plan;     /* (owned) (nullable) */
  GPtrArray *entries;   /* (owned) (element-type Entry) calls that are up, oldest first */
  GPtrArray *closed;    /* (owned) (element-type Entry) calls that ended a moment ago */
  GPtrArray *phones;    /* (owned) (element-type OhPhone) */
  GHashTable *handsets; /* (owned) (element-type OhPhone) whose handset is lifted */
  OhNameLookup lookup;
  gpointer lookup_data;
  GDestroyNotify lookup_destroy;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (OhCallList, oh_call_list, G_TYPE_OBJECT)

enum
{
  PROP_BUSY = 1,
  N_PROPS,
};

enum
{
  SIGNAL_ADDED,
  SIGNAL_REMOVED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  oh_clock_clear_alarm (entry->list->clock, &entry->alarm);
  g_signal_handlers_disconnect_by_data (entry->call, entry);
  g_object_unref (entry->call);
  g_free (entry);
}

static Entry *
find_entry (OhCallList *self, OhCall *call)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->call == call)
        return entry;
    }
  return NULL;
}

static gboolean
makes_busy (OhCallState state)
{
  return state == OH_CALL_DIALING || state == OH_CALL_RINGING || state == OH_CALL_CONNECTED ||
         state == OH_CALL_HELD;
}

static void
update_busy (OhCallList *self)
{
  gboolean busy = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      busy = busy || makes_busy (oh_call_get_state (entry->call));
    }
  if (busy == self->busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* --- the life of an entry --- */

static void
drop_closed (OhCallList *self)
{
  gint64 old_us = oh_clock_now_us (self->clock) - CLOSED_US;

  while (self->closed->len > 0 &&
         ((Entry *) g_ptr_array_index (self->closed, 0))->closed_us < old_us)
    g_ptr_array_remove_index (self->closed, 0);
}

static void
close_entry (OhCallList *self, Entry *entry)
{
  guint index;

  oh_clock_clear_alarm (self->clock, &entry->alarm);
  g_signal_handlers_disconnect_by_data (entry->call, entry);
  if (!g_ptr_array_find (self->entries, entry, &index))
    return;
  g_ptr_array_steal_index (self->entries, index);
  drop_closed (self);
  entry->closed_us = oh_clock_now_us (self->clock);
  g_ptr_array_add (self->closed, entry);
  update_busy (self);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, entry->call);
}

static gboolean
on_alarm (gpointer user_data)
{
  Entry *entry = user_data;

  entry->alarm = 0;
  if (entry->then == OH_CALL_UNKNOWN)
    oh_call_set_cause (entry->call, "unknown");
  oh_call_set_state (entry->call, entry->then);
  return G_SOURCE_REMOVE;
}

static void
set_alarm (Entry *entry, gint64 delay_us, OhCallState then)
{
  oh_clock_clear_alarm (entry->list->clock, &entry->alarm);
  entry->then = then;
  entry->alarm = oh_clock_add_alarm_in (entry->list->clock, delay_us, on_alarm, entry);
}

/* Each state has its own patience: the alarm of the last one is void. */
static void
on_state (OhCall *call, GParamSpec *pspec, gpointer user_data)
{
  Entry *entry = user_data;
  OhCallList *self = entry->list;

  oh_clock_clear_alarm (self->clock, &entry->alarm);
  switch (oh_call_get_state (call))
    {
    case OH_CALL_DIALING:
    case OH_CALL_RINGING:
    case OH_CALL_INCOMING: set_alarm (entry, UNANSWERED_US, OH_CALL_UNKNOWN); break;
    case OH_CALL_UNKNOWN: set_alarm (entry, UNKNOWN_US, OH_CALL_ENDED); break;
    case OH_CALL_CONNECTED:
    case OH_CALL_HELD:
    case OH_CALL_ENDED:
    case OH_N_CALL_STATES:
    default: break;
    }
  update_busy (self);
}

static void
on_any (OhCall *call, GParamSpec *pspec, gpointer user_data)
{
  Entry *entry = user_data;
  OhCallList *self = entry->list;

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call);
  if (g_str_equal (pspec->name, "state") && oh_call_get_state (call) == OH_CALL_ENDED)
    close_entry (self, entry);
}

static OhCall *
add_call (OhCallList *self, OhPhone *phone, OhCallDirection direction, OhCallState state)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->list = self;
  entry->call = oh_call_new (phone, direction, state);
  g_ptr_array_add (self->entries, entry);
  g_signal_connect (entry->call, "notify::state", G_CALLBACK (on_state), entry);
  g_signal_connect (entry->call, "notify", G_CALLBACK (on_any), entry);
  on_state (entry->call, NULL, entry);
  return entry->call;
}

/* --- who it is --- */

static void
learn (OhCallList *self, OhCall *call, const OhPhoneEvent *event)
{
  g_autofree char *remote = g_strdup (event->remote);
  g_autofree char *name = NULL;
  g_autoptr (OhNumber) number = NULL;

  if (remote != NULL && oh_call_get_number (call) == NULL)
    {
      remote[strcspn (remote, "@")] = '\0';
      number =
        self->plan != NULL ? oh_number_parse (remote, OH_NUMBER_FROM_CALL, self->plan, NULL) : NULL;
      oh_call_set_party (call, number != NULL ? number->canonical : remote, NULL);
    }
  if (oh_call_get_name (call) == NULL && self->lookup != NULL && oh_call_get_number (call) != NULL)
    name = self->lookup (oh_call_get_number (call), self->lookup_data);
  if (oh_call_get_name (call) == NULL)
    oh_call_set_party (call, NULL, name != NULL ? name : event->display);
  oh_call_learn (call, event);
}

static OhCall *
find_in (GPtrArray *entries, OhPhone *phone, const OhPhoneEvent *event)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (oh_call_get_phone (entry->call) == phone && oh_call_matches (entry->call, event))
        return entry->call;
    }
  return NULL;
}

/* The one call of a phone that fits; NULL when there is none or more than one. */
static OhCall *
find_only (OhCallList *self, OhPhone *phone, gboolean (*fits) (OhCall *))
{
  OhCall *found = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) != phone || !fits (entry->call))
        continue;
      if (found != NULL)
        return NULL;
      found = entry->call;
    }
  return found;
}

static gboolean
fits_any (OhCall *call)
{
  return TRUE;
}

/* Expected, or told without a name: an event with a name may be about it. */
static gboolean
fits_nameless (OhCall *call)
{
  return oh_call_get_handle (call) == NULL;
}

static gboolean
fits_expected (OhCall *call)
{
  return !oh_call_get_seen (call) && oh_call_get_direction (call) == OH_CALL_DIRECTION_OUTGOING;
}

/* A call that is not known yet may be told by any event, because earlier ones may be lost. */
static OhCall *
find_call (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event)
{
  OhCall *call = find_in (self->entries, phone, event);

  if (call != NULL)
    return call;
  if (event->kind == OH_PHONE_EVENT_OUTGOING)
    return find_only (self, phone, fits_expected);
  if (event->kind == OH_PHONE_EVENT_INCOMING)
    return NULL;
  return find_only (self, phone, event->call != NULL ? fits_nameless : fits_any);
}

/* --- events --- */

static void
begin (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, OhCallDirection direction,
       OhCallState state)
{
  OhCall *call = find_call (self, phone, event);
  gboolean is_new = call == NULL;

  drop_closed (self);
  if (is_new && find_in (self->closed, phone, event) != NULL && event->call != NULL)
    return; /* late: that call is over */
  if (is_new)
    call = add_call (self, phone, direction, state);
  learn (self, call, event);
  if (is_new)
    {
      update_busy (self);
      g_signal_emit (self, signals[SIGNAL_ADDED], 0, call);
    }
  else
    oh_call_set_state (call, state);
}

static void
move (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, OhCallState to)
{
  OhCall *call = find_call (self, phone, event);

  if (call == NULL)
    return;
  learn (self, call, event);
  oh_call_set_state (call, to);
}

static void
end_call (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event, const char *cause)
{
  OhCall *call = find_call (self, phone, event);

  if (call == NULL)
    return;
  learn (self, call, event);
  oh_call_set_cause (call, cause);
  oh_call_set_state (call, OH_CALL_ENDED);
}

/* It comes after the end. */
static void
miss (OhCallList *self, OhPhone *phone, const OhPhoneEvent *event)
{
  OhCall *call = find_in (self->entries, phone, event);

  if (call == NULL)
    call = find_in (self->closed, phone, event);
  if (call == NULL)
    return;
  oh_call_set_missed (call);
  if (!oh_call_set_state (call, OH_CALL_ENDED))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call); /* closed: nobody else tells it */
}

static void
end_all (OhCallList *self, OhPhone *phone, const char *cause)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);
      g_autoptr (OhCall) call = g_object_ref (entry->call);

      if (oh_call_get_phone (call) != phone)
        continue;
      oh_call_set_cause (call, cause);
      oh_call_set_state (call, OH_CALL_ENDED);
    }
  g_hash_table_remove (self->handsets, phone);
}

static void
on_hook (OhCallList *self, OhPhone *phone)
{
  OhCall *call = find_only (self, phone, fits_any);
  Entry *entry = call != NULL ? find_entry (self, call) : NULL;

  if (g_hash_table_remove (self->handsets, phone) && entry != NULL)
    set_alarm (entry, ON_HOOK_US, OH_CALL_ENDED);
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, gpointer user_data)
{
  OhCallList *self = user_data;

  switch (event->kind)
    {
    case OH_PHONE_EVENT_STARTED: end_all (self, phone, "restarted"); break;
    case OH_PHONE_EVENT_INCOMING:
      begin (self, phone, event, OH_CALL_DIRECTION_INCOMING, OH_CALL_INCOMING);
      break;
    case OH_PHONE_EVENT_OUTGOING:
      begin (self, phone, event, OH_CALL_DIRECTION_OUTGOING, OH_CALL_DIALING);
      break;
    case OH_PHONE_EVENT_CONNECTED:
      begin (self, phone, event, OH_CALL_DIRECTION_UNKNOWN, OH_CALL_CONNECTED);
      break;
    case OH_PHONE_EVENT_RINGING: move (self, phone, event, OH_CALL_RINGING); break;
    case OH_PHONE_EVENT_HELD: move (self, phone, event, OH_CALL_HELD); break;
    case OH_PHONE_EVENT_RESUMED: move (self, phone, event, OH_CALL_CONNECTED); break;
    case OH_PHONE_EVENT_DISCONNECTED: end_call (self, phone, event, event->cause); break;
    case OH_PHONE_EVENT_TRANSFERRED: end_call (self, phone, event, "transferred"); break;
    case OH_PHONE_EVENT_MISSED: miss (self, phone, event); break;
    case OH_PHONE_EVENT_OFF_HOOK: g_hash_table_add (self->handsets, phone); break;
    case OH_PHONE_EVENT_ON_HOOK: on_hook (self, phone); break;
    case OH_PHONE_EVENT_DND_ON:
    case OH_PHONE_EVENT_DND_OFF:
    case OH_PHONE_EVENT_REGISTERED:
    case OH_PHONE_EVENT_UNREGISTERED:
    case OH_PHONE_EVENT_REGISTRATION_FAILED:
    case OH_N_PHONE_EVENTS:
    default: break; /* not about calls */
    }
}

/* --- the list --- */

OhCallList *
oh_call_list_new (OhClock *clock)
{
  OhCallList *self = g_object_new (OH_TYPE_CALL_LIST, NULL);

  self->clock = g_object_ref (clock != NULL ? clock : oh_clock_system ());
  return self;
}

void
oh_call_list_set_plan (OhCallList *self, const OhDialPlan *plan)
{
  oh_dial_plan_free (self->plan);
  self->plan = oh_dial_plan_copy (plan);
}

void
oh_call_list_set_name_lookup (OhCallList *self, OhNameLookup lookup, gpointer user_data,
                              GDestroyNotify destroy)
{
  if (self->lookup_destroy != NULL)
    self->lookup_destroy (self->lookup_data);
  self->lookup = lookup;
  self->lookup_data = user_data;
  self->lookup_destroy = destroy;
}

void
oh_call_list_add_phone (OhCallList *self, OhPhone *phone)
{
  g_ptr_array_add (self->phones, g_object_ref (phone));
  g_signal_connect (phone, "event", G_CALLBACK (on_event), self);
}

void
oh_call_list_remove_phone (OhCallList *self, OhPhone *phone)
{
  g_autoptr (OhPhone) held = g_object_ref (phone);

  if (!g_ptr_array_remove (self->phones, phone))
    return;
  g_signal_handlers_disconnect_by_data (held, self);
  end_all (self, held, "removed");
}

gboolean
oh_call_list_get_busy (OhCallList *self)
{
  return self->busy;
}

GPtrArray *
oh_call_list_dup_calls (OhCallList *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (calls, g_object_ref (((Entry *) g_ptr_array_index (self->entries, i))->call));
  return calls;
}

OhCall *
oh_call_list_find (OhCallList *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (oh_call_get_id (entry->call), id))
        return entry->call;
    }
  return NULL;
}

OhCall *
oh_call_list_find_up (OhCallList *self, OhPhone *phone)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (oh_call_get_phone (entry->call) == phone &&
          oh_call_get_state (entry->call) != OH_CALL_UNKNOWN)
        return entry->call;
    }
  return NULL;
}

OhCall *
oh_call_list_expect (OhCallList *self, OhPhone *phone, const OhNumber *number)
{
  OhCall *call = add_call (self, phone, OH_CALL_DIRECTION_OUTGOING, OH_CALL_DIALING);
  g_autofree char *name =
    self->lookup != NULL ? self->lookup (number->canonical, self->lookup_data) : NULL;

  oh_call_set_party (call, number->canonical, name);
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, call);
  return call;
}

void
oh_call_list_forget (OhCallList *self, OhCall *call)
{
  Entry *entry = find_entry (self, call);

  if (entry != NULL)
    close_entry (self, entry);
}

void
oh_call_list_commanded (OhCallList *self, OhCall *call, OhPhoneVerb verb)
{
  Entry *entry = find_entry (self, call);

  if (entry == NULL)
    return;
  if (verb == OH_PHONE_REJECT)
    set_alarm (entry, REJECTED_US, OH_CALL_ENDED);
  else if (verb == OH_PHONE_HANG_UP || verb == OH_PHONE_HANG_UP_ALL)
    set_alarm (entry, HUNG_UP_US, OH_CALL_UNKNOWN);
}

static void
oh_call_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY)
    g_value_set_boolean (value, OH_CALL_LIST (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
oh_call_list_dispose (GObject *object)
{
  OhCallList *self = OH_CALL_LIST (object);

  for (guint i = 0; i < self->phones->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->phones, i), self);
  g_ptr_array_set_size (self->phones, 0);
  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_set_size (self->closed, 0);
  oh_call_list_set_name_lookup (self, NULL, NULL, NULL);
  G_OBJECT_CLASS (oh_call_list_parent_class)->dispose (object);
}

static void
oh_call_list_finalize (GObject *object)
{
  OhCallList *self = OH_CALL_LIST (object);

  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->closed);
  g_hash_table_unref (self->handsets);
  oh_dial_plan_free (self->plan);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (oh_call_list_parent_class)->finalize (object);
}

static void
oh_call_list_class_init (OhCallListClass *klass)
{
  static const char *const names[N_SIGNALS] = { "added", "removed", "changed" };

  G_OBJECT_CLASS (klass)->get_property = oh_call_list_get_property;
  G_OBJECT_CLASS (klass)->dispose = oh_call_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_call_list_finalize;
  props[PROP_BUSY] = g_param_spec_boolean (
    "busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], OH_TYPE_CALL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, OH_TYPE_CALL);
}

static void
oh_call_list_init (OhCallList *self)
{
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->closed = g_ptr_array_new_with_free_func (free_entry);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->handsets = g_hash_table_new (NULL, NULL);
}
