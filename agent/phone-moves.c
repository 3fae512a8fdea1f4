/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-moves.h"

#include <string.h>

#include "config-events.h"
#include "neighbours.h"

struct _OhPhoneMoves
{
  OhConfig *config;      /* (owned) */
  OhPhoneMacs *macs;     /* (owned) */
  OhBootListener *boots; /* (owned) */
  OhClock *clock;        /* (owned) */
  GPtrArray *phones;     /* (owned) (element-type Tracked) */
  gulong heard;          /* handler of @boots */
  GCancellable *reading; /* (owned) (nullable): of the table of neighbours */
  guint alarm;           /* the next look; 0 while no phone is missing */
  gboolean listening;    /* @boots is held: while a phone is missing */
};

/* One phone. */
typedef struct
{
  OhPhoneMoves *moves; /* (unowned): owns this */
  OhPhone *phone;      /* (owned) */
  char *mac;           /* (owned) (nullable): upper case */
  char *at;            /* (owned) (nullable): where it is, when not where the settings say */
  char *trial;         /* (owned) (nullable): where it may be, being tried */
  char *announced;     /* (owned) (nullable): from where somebody with its MAC has spoken last */
  char *refused;       /* (owned) (nullable): where somebody else was met */
  gint64 refused_until_us;
  OhPhoneMovedFunc func;
  gpointer user_data;
} Tracked;

static void look (OhPhoneMoves *self);

static void
tracked_free (gpointer data)
{
  Tracked *tracked = data;

  g_signal_handlers_disconnect_by_data (tracked->phone, tracked);
  g_object_unref (tracked->phone);
  g_free (tracked->mac);
  g_free (tracked->at);
  g_free (tracked->trial);
  g_free (tracked->announced);
  g_free (tracked->refused);
  g_free (tracked);
}

static gboolean
is_missing (const Tracked *tracked)
{
  OhPhoneState state = oh_phone_get_state (tracked->phone);

  return state == OH_PHONE_STATE_UNREACHABLE || state == OH_PHONE_STATE_UNTRUSTED;
}

/* Whether its rule of trust can tell it from another at a new address. */
static gboolean
can_prove (Tracked *tracked)
{
  const char *id = oh_phone_get_id (tracked->phone);
  GSettings *settings = oh_config_open_phone (tracked->moves->config, id, NULL, NULL);
  g_autofree char *trust = NULL;
  g_autofree char *pin = NULL;
  g_autofree char *scheme = NULL;

  if (settings == NULL)
    return FALSE;
  trust = g_settings_get_string (settings, "trust");
  pin = g_settings_get_string (settings, "fingerprint");
  scheme = g_settings_get_string (settings, "scheme");
  if (g_str_equal (scheme, "http") || g_str_equal (trust, "none"))
    return FALSE;
  return g_str_equal (trust, "ca") || g_str_equal (trust, "factory") || pin[0] != '\0';
}

/* --- trying an address ---------------------------------------------------------------------- */

/* Its certificate was accepted: everything after that is between the phone and its login. */
static gboolean
has_proved_itself (OhPhone *phone)
{
  OhPhoneState state = oh_phone_get_state (phone);

  return state == OH_PHONE_STATE_READY || state == OH_PHONE_STATE_UNAUTHORIZED ||
         state == OH_PHONE_STATE_LOCKED_OUT || state == OH_PHONE_STATE_UNSUPPORTED;
}

static Tracked *
find (OhPhoneMoves *self, OhPhone *phone)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Tracked *tracked = g_ptr_array_index (self->phones, i);

      if (tracked->phone == phone)
        return tracked;
    }
  return NULL;
}

static void
settle (Tracked *tracked)
{
  g_free (tracked->at);
  tracked->at = g_steal_pointer (&tracked->trial);
  g_message ("[%s] is at %s now", oh_phone_get_id (tracked->phone), tracked->at);
  tracked->func (tracked->at, tracked->user_data);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
refuse (Tracked *tracked, const char *address)
{
  g_free (tracked->refused);
  tracked->refused = g_strdup (address);
  tracked->refused_until_us = oh_clock_now_us (tracked->moves->clock) + OH_PHONE_MOVES_REFUSED_US;
}

static void
go_back (Tracked *tracked)
{
  g_autofree char *trial = g_steal_pointer (&tracked->trial);

  refuse (tracked, trial);
  oh_phone_set_address (tracked->phone, tracked->at);
  oh_phone_probe_async (tracked->phone, NULL, on_probed, NULL);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPhone *phone = OH_PHONE (source);
  g_autoptr (GError) error = NULL;
  Tracked *tracked;

  if (!oh_phone_probe_finish (phone, result, &error))
    g_debug ("[%s] %s", oh_phone_get_id (phone), error->message);
  tracked = g_object_get_data (source, "oh-phone-moves");
  if (tracked == NULL || tracked->trial == NULL)
    return; /* it was removed meanwhile */
  if (has_proved_itself (phone))
    settle (tracked);
  else
    go_back (tracked);
  look (tracked->moves);
}

static gboolean
was_refused (const Tracked *tracked, const char *address)
{
  return g_strcmp0 (tracked->refused, address) == 0 &&
         oh_clock_now_us (tracked->moves->clock) < tracked->refused_until_us;
}

/* The host without its port. */
static gboolean
is_where_it_is (const Tracked *tracked, const char *address)
{
  const char *host = oh_phone_get_host (tracked->phone);
  gsize len = strlen (address);

  if (tracked->at != NULL)
    return g_str_equal (tracked->at, address);
  return strncmp (host, address, len) == 0 && (host[len] == '\0' || host[len] == ':');
}

static void
try_address (Tracked *tracked, const char *address)
{
  if (tracked->trial != NULL || was_refused (tracked, address))
    return;
  if (is_where_it_is (tracked, address))
    return;
  if (!can_prove (tracked))
    {
      refuse (tracked, address);
      g_message ("[%s] seems to be at %s now, which nothing proves; set its host there",
                 oh_phone_get_id (tracked->phone), address);
      return;
    }
  tracked->trial = g_strdup (address);
  oh_phone_set_address (tracked->phone, address);
  oh_phone_probe_async (tracked->phone, NULL, on_tried, NULL);
}

/* --- where it may be ------------------------------------------------------------------------ */

/* Anybody can say that. A phone that is where it was stays there: only whether it is has to be seen
 * first, and what was said counts when it is not. */
static void
on_booted (OhBootListener *boots, const char *mac, const char *model, const char *address,
           OhPhoneMoves *self)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Tracked *tracked = g_ptr_array_index (self->phones, i);

      if (g_strcmp0 (tracked->mac, mac) != 0)
        continue;
      g_free (tracked->announced);
      tracked->announced = g_strdup (address);
      if (is_missing (tracked))
        try_address (tracked, address);
      else if (tracked->trial == NULL && !is_where_it_is (tracked, address))
        oh_phone_probe_async (tracked->phone, NULL, on_probed, NULL);
    }
}

static void
try_neighbour (OhPhoneMoves *self, const OhNeighbour *neighbour)
{
  g_autofree char *mac = oh_mac_from_octets (neighbour->mac);
  g_autofree char *address = oh_neighbour_address (neighbour);

  for (guint i = 0; address != NULL && i < self->phones->len; i++)
    {
      Tracked *tracked = g_ptr_array_index (self->phones, i);

      if (is_missing (tracked) && g_strcmp0 (tracked->mac, mac) == 0)
        try_address (tracked, address);
    }
}

static void
on_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) table = oh_neighbours_read_finish (result, &error);
  OhPhoneMoves *self = user_data;

  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    return; /* self is gone */
  g_clear_object (&self->reading);
  for (guint i = 0; table != NULL && i < table->len; i++)
    try_neighbour (self, &g_array_index (table, OhNeighbour, i));
}

static gboolean
on_alarm (gpointer user_data)
{
  OhPhoneMoves *self = user_data;

  self->alarm = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* Only while it can help: a program that wants the whole port (a softphone) does not get it while
 * we listen there. */
static void
set_listening (OhPhoneMoves *self, gboolean listening)
{
  if (self->listening == listening)
    return;
  self->listening = listening;
  if (listening)
    oh_boot_listener_hold (self->boots);
  else
    oh_boot_listener_release (self->boots);
}

/* As long as one is missing. */
static void
look (OhPhoneMoves *self)
{
  gboolean missing = FALSE;

  for (guint i = 0; i < self->phones->len; i++)
    {
      const Tracked *tracked = g_ptr_array_index (self->phones, i);

      missing = missing || (tracked->mac != NULL && is_missing (tracked));
    }
  set_listening (self, missing);
  if (!missing)
    return;
  if (self->alarm == 0)
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_PHONE_MOVES_LOOK_US, on_alarm, self);
  if (self->reading != NULL)
    return;
  self->reading = g_cancellable_new ();
  oh_neighbours_read_async (self->reading, on_table, self);
}

/* --- the phones ----------------------------------------------------------------------------- */

static void
on_state (OhPhone *phone, GParamSpec *pspec, Tracked *tracked)
{
  if (tracked->trial != NULL)
    return;
  if (is_missing (tracked) && tracked->announced != NULL)
    try_address (tracked, tracked->announced);
  look (tracked->moves);
}

static void
take_mac (Tracked *tracked, const char *text)
{
  g_free (tracked->mac);
  tracked->mac = text != NULL ? oh_hardware_address_parse (oh_slice_str (text)) : NULL;
}

/* The phone has said which it is; only once it was let in by its own rule, so it is the truth. */
static void
on_mac (OhPhone *phone, GParamSpec *pspec, Tracked *tracked)
{
  take_mac (tracked, oh_phone_get_mac (phone));
  if (tracked->mac != NULL)
    oh_phone_macs_put (tracked->moves->macs, oh_phone_get_id (phone), tracked->mac);
}

static void
on_macs_loaded (OhPhoneMacs *macs, OhPhoneMoves *self)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Tracked *tracked = g_ptr_array_index (self->phones, i);

      if (tracked->mac == NULL)
        take_mac (tracked, oh_phone_macs_get (macs, oh_phone_get_id (tracked->phone)));
    }
  look (self);
}

void
oh_phone_moves_add (OhPhoneMoves *self, OhPhone *phone, OhPhoneMovedFunc func, gpointer user_data)
{
  Tracked *tracked = g_new0 (Tracked, 1);

  tracked->moves = self;
  tracked->phone = g_object_ref (phone);
  tracked->func = func;
  tracked->user_data = user_data;
  take_mac (tracked, oh_phone_macs_get (self->macs, oh_phone_get_id (phone)));
  g_object_set_data (G_OBJECT (phone), "oh-phone-moves", tracked);
  g_signal_connect (phone, "notify::state", G_CALLBACK (on_state), tracked);
  g_signal_connect (phone, "notify::mac", G_CALLBACK (on_mac), tracked);
  g_ptr_array_add (self->phones, tracked);
}

void
oh_phone_moves_remove (OhPhoneMoves *self, OhPhone *phone)
{
  Tracked *tracked = find (self, phone);

  if (tracked == NULL)
    return;
  g_object_set_data (G_OBJECT (phone), "oh-phone-moves", NULL);
  g_ptr_array_remove (self->phones, tracked);
  look (self);
}

/* --- life ----------------------------------------------------------------------------------- */

OhPhoneMoves *
oh_phone_moves_new (OhConfig *config, OhPhoneMacs *macs, OhBootListener *boots, OhClock *clock)
{
  OhPhoneMoves *self = g_new0 (OhPhoneMoves, 1);

  self->config = g_object_ref (config);
  self->macs = g_object_ref (macs);
  self->boots = g_object_ref (boots);
  self->clock = g_object_ref (clock);
  self->phones = g_ptr_array_new_with_free_func (tracked_free);
  g_signal_connect (macs, "loaded", G_CALLBACK (on_macs_loaded), self);
  self->heard = g_signal_connect (boots, "booted", G_CALLBACK (on_booted), self);
  return self;
}

void
oh_phone_moves_free (OhPhoneMoves *self)
{
  if (self == NULL)
    return;
  while (self->phones->len > 0)
    oh_phone_moves_remove (self, ((Tracked *) g_ptr_array_index (self->phones, 0))->phone);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_signal_handler (&self->heard, self->boots);
  g_ptr_array_unref (self->phones);
  g_object_unref (self->clock);
  g_object_unref (self->boots);
  g_signal_handlers_disconnect_by_data (self->macs, self);
  g_object_unref (self->macs);
  g_object_unref (self->config);
  g_free (self);
}
