/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-keys.h"

#include "sim-report.h"

#include <string.h>

/* A line key held longer is a long press. */
#define LONG_PRESS_MS 2000
/* Digits in the dial buffer and tones remembered. */
#define DIGITS_MAX 256
#define VOLUME_MAX 15

struct _SimKeys
{
  SimPhone *phone;
  GString *buffer;       /* (owned): number being typed */
  GString *tones;        /* (owned): DTMF sent so far */
  gboolean transferring; /* TRANSFER was pressed: the number goes to the transfer */
  gboolean muted;
};

/* Returns whether the key meant anything in this state. */
typedef gboolean (*KeyFunc) (SimKeys *self, const char *key, guint64 held_ms);

SimKeys *
sim_keys_new (SimPhone *phone)
{
  SimKeys *self = g_new0 (SimKeys, 1);

  self->phone = phone;
  self->buffer = g_string_new (NULL);
  self->tones = g_string_new (NULL);
  return self;
}

void
sim_keys_free (SimKeys *self)
{
  g_string_free (self->buffer, TRUE);
  g_string_free (self->tones, TRUE);
  g_free (self);
}

void
sim_keys_lose (SimKeys *self)
{
  g_string_truncate (self->buffer, 0);
  g_string_truncate (self->tones, 0);
  self->transferring = FALSE;
  self->muted = FALSE;
}

static gboolean
digit (SimKeys *self, const char *key, guint64 held_ms)
{
  if (sim_calls_find (self->phone->calls, SIM_CALL_CONNECTED) != NULL && !self->transferring)
    {
      sim_keys_dtmf (self, key);
      return TRUE;
    }
  if (self->buffer->len >= DIGITS_MAX)
    return FALSE;
  g_string_append (self->buffer, key);
  return TRUE;
}

static gboolean
enter (SimKeys *self, const char *key, guint64 held_ms)
{
  g_autofree char *number = g_strdup (self->buffer->str);

  if (sim_calls_accept (self->phone->calls, FALSE))
    return TRUE;
  if (*number == '\0')
    return FALSE; /* the list of numbers dialled appears, nobody is told */
  g_string_truncate (self->buffer, 0);
  if (!self->transferring)
    return sim_phone_dial (self->phone, number, NULL);
  self->transferring = FALSE;
  return sim_calls_blind_transfer (self->phone->calls, number);
}

static gboolean
cancel (SimKeys *self, const char *key, guint64 held_ms)
{
  gboolean ringing = sim_calls_find (self->phone->calls, SIM_CALL_OFFERED) != NULL;
  gboolean typed = self->buffer->len > 0 || self->transferring;

  if (!typed || ringing)
    return sim_calls_cancel (self->phone->calls);
  self->transferring = FALSE;
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

static gboolean
offhook (SimKeys *self, const char *key, guint64 held_ms)
{
  g_autofree char *number = g_strdup (self->buffer->str);
  gboolean lifted = sim_calls_offhook (self->phone->calls, sim_phone_active_identity (self->phone));

  if (!lifted || *number == '\0' || sim_calls_find (self->phone->calls, SIM_CALL_OFFHOOK) == NULL)
    return lifted;
  g_string_truncate (self->buffer, 0);
  return sim_phone_dial (self->phone, number, NULL);
}

static gboolean
onhook (SimKeys *self, const char *key, guint64 held_ms)
{
  return sim_calls_onhook (self->phone->calls);
}

static gboolean
speaker (SimKeys *self, const char *key, guint64 held_ms)
{
  return sim_calls_speaker (self->phone->calls);
}

static gboolean
hold (SimKeys *self, const char *key, guint64 held_ms)
{
  return sim_calls_hold (self->phone->calls);
}

static gboolean
transfer (SimKeys *self, const char *key, guint64 held_ms)
{
  SimCalls *calls = self->phone->calls;

  if (sim_calls_attended_transfer (calls))
    return TRUE;
  if (sim_calls_find (calls, SIM_CALL_CONNECTED) == NULL &&
      sim_calls_find (calls, SIM_CALL_HOLDING) == NULL)
    return FALSE;
  self->transferring = TRUE;
  return TRUE;
}

static gboolean
toggle_dnd (SimKeys *self, const char *key, guint64 held_ms)
{
  SimSettings *settings = self->phone->settings;

  return sim_settings_write (settings, "dnd_mode",
                             sim_settings_on (settings, "dnd_mode") ? "off" : "on", FALSE);
}

static gboolean
redial (SimKeys *self, const char *key, guint64 held_ms)
{
  if (*self->phone->last_number == '\0' || sim_calls_count (self->phone->calls) > 0)
    return FALSE;
  g_string_assign (self->buffer, self->phone->last_number);
  return TRUE;
}

static gboolean
mute (SimKeys *self, const char *key, guint64 held_ms)
{
  self->muted = !self->muted;
  return TRUE;
}

static gboolean
volume (SimKeys *self, const char *key, guint64 held_ms)
{
  SimSettings *settings = self->phone->settings;
  const char *name = sim_calls_handset_is_up (self->phone->calls) ? "vol_handset"
                     : sim_calls_count (self->phone->calls) > 0   ? "vol_speaker"
                                                                  : "vol_ringer";
  gint64 now = g_ascii_strtoll (sim_settings_get (settings, name), NULL, 10);
  gint64 next = CLAMP (now + (g_str_has_suffix (key, "UP") ? 1 : -1), 0, VOLUME_MAX);
  g_autofree char *value = g_strdup_printf ("%d", (int) next);

  return sim_settings_write (settings, name, value, FALSE);
}

static gboolean
press_only (SimKeys *self, const char *key, guint64 held_ms)
{
  return FALSE; /* the phone has it; nothing that can be told from outside happens */
}

/* "P3" is configured by the setting "fkey2". */
static gboolean
starts_conference (SimKeys *self, const char *key)
{
  guint64 number = g_ascii_strtoull (key + 1, NULL, 10);
  g_autofree char *name = g_strdup_printf ("fkey%" G_GUINT64_FORMAT, number - 1);

  return g_str_equal (sim_settings_get (self->phone->settings, name), "keyevent F_CONFERENCE");
}

static gboolean
line_key (SimKeys *self, const char *key, guint64 held_ms)
{
  if (held_ms > LONG_PRESS_MS)
    {
      self->phone->longpress_key = key;
      sim_phone_tell (self->phone, SIM_EVENT_LONGPRESS, NULL, 0);
      self->phone->longpress_key = NULL;
      return TRUE;
    }
  if (starts_conference (self, key))
    return sim_calls_join (self->phone->calls);
  if (sim_calls_accept (self->phone->calls, FALSE))
    return TRUE;
  return sim_calls_find (self->phone->calls, SIM_CALL_HOLDING) != NULL &&
         sim_calls_hold (self->phone->calls);
}

/* Which phones have a key. */
#define OLD 1 /* 190, 200, 220 */
#define NEW 2 /* everything since */
#define ALL (OLD | NEW)

/* clang-format off */
static const struct { const char *name; guint on; KeyFunc press; } keys[] = {
  { "0", ALL, digit }, { "1", ALL, digit }, { "2", ALL, digit }, { "3", ALL, digit },
  { "4", ALL, digit }, { "5", ALL, digit }, { "6", ALL, digit }, { "7", ALL, digit },
  { "8", ALL, digit }, { "9", ALL, digit }, { "*", ALL, digit }, { "#", ALL, digit },
  { "ENTER", ALL, enter }, { "CANCEL", ALL, cancel }, { "CLEAR", OLD, cancel },
  { "DISCONNECT", ALL, cancel },
  { "OFFHOOK", ALL, offhook }, { "ONHOOK", ALL, onhook },
  { "SPEAKER", ALL, speaker }, { "HEADSET", ALL, speaker },
  { "F_HOLD", NEW, hold }, { "F_R", NEW, hold }, { "RECALL", OLD, hold },
  { "TRANSFER", NEW, transfer }, { "DND", NEW, toggle_dnd },
  { "REDIAL", ALL, redial }, { "MUTE", ALL, mute },
  { "VOLUME_UP", ALL, volume }, { "VOLUME_DOWN", ALL, volume },
  { "LEFT", ALL, press_only }, { "RIGHT", ALL, press_only }, { "UP", ALL, press_only },
  { "DOWN", ALL, press_only }, { "REC", NEW, press_only }, { "MENU", ALL, press_only },
  { "FUNCTION", OLD, press_only }, { "F1", ALL, press_only }, { "F2", ALL, press_only },
  { "F3", ALL, press_only }, { "F4", NEW, press_only },
};
/* clang-format on */

static gboolean
is_line_key (SimKeys *self, const char *key)
{
  guint64 number = 0;

  return *key == 'P' &&
         g_ascii_string_to_unsigned (key + 1, 10, 1, self->phone->kind->line_keys, &number, NULL);
}

static KeyFunc
find_key (SimKeys *self, const char *name)
{
  guint here = self->phone->kind->events == SIM_EVENTS_FW5 ? OLD : NEW;

  if (is_line_key (self, name))
    return line_key;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if ((keys[i].on & here) != 0 && g_str_equal (keys[i].name, name))
      return keys[i].press;
  return NULL;
}

/* Without a call there is nothing left to transfer. */
static void
leave_dead_mode (SimKeys *self)
{
  SimCalls *calls = self->phone->calls;

  if (sim_calls_find (calls, SIM_CALL_CONNECTED) == NULL &&
      sim_calls_find (calls, SIM_CALL_HOLDING) == NULL)
    self->transferring = FALSE;
}

static void
press_one (SimKeys *self, const char *event)
{
  g_auto (GStrv) parts = g_strsplit (event, ",", 3);
  const char *name = parts[0] != NULL ? parts[0] : "";
  guint64 held_ms =
    parts[0] != NULL && parts[1] != NULL ? g_ascii_strtoull (parts[1], NULL, 10) : 0;
  KeyFunc press = find_key (self, name);
  JsonObject *line = sim_report_new ("key");
  gboolean did;

  leave_dead_mode (self);
  did = press != NULL && press (self, name, held_ms);
  sim_report_set (line, "key", name);
  json_object_set_boolean_member (line, "known", press != NULL);
  json_object_set_boolean_member (line, "effect", did);
  sim_report_send (line);
}

void
sim_keys_press (SimKeys *self, const char *events)
{
  g_auto (GStrv) list = g_strsplit (events, ";", SIM_KEYS_MAX + 1);

  for (guint i = 0; i < SIM_KEYS_MAX && list[i] != NULL; i++)
    press_one (self, list[i]);
}

void
sim_keys_dtmf (SimKeys *self, const char *digits)
{
  JsonObject *line;

  if (sim_calls_find (self->phone->calls, SIM_CALL_CONNECTED) == NULL)
    return;
  g_string_append (self->tones, digits);
  if (self->tones->len > DIGITS_MAX)
    g_string_erase (self->tones, 0, (gssize) (self->tones->len - DIGITS_MAX));
  line = sim_report_new ("dtmf");
  sim_report_set (line, "digits", digits);
  sim_report_send (line);
}

const char *
sim_keys_tones (SimKeys *self)
{
  return self->tones->str;
}

const char *
sim_keys_buffer (SimKeys *self)
{
  return self->buffer->str;
}

gboolean
sim_keys_is_muted (SimKeys *self)
{
  return self->muted;
}
