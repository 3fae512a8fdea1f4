/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-change.h"

#include "snom-command.h"

#include <string.h>

#define LINE_SETTING "active_line"
#define KIND_SETTING "redirect_event"
#define CONFERENCE_KEY "keyevent F_CONFERENCE"
/* The keys of the largest phone with its expansion modules. */
#define KEYS_MAX 60

/* The kinds of forwarding, as both families of settings name them. */
static const struct
{
  OhPhoneVerb verb;
  const char *event;            /* of redirect_event */
  const char *number;           /* of the phone as a whole */
  const char *enabled, *target; /* by account; the account's number follows */
} kinds[] = {
  { OH_PHONE_FORWARD_ALL, "all", "redirect_number", "fwd_all_enabled", "fwd_all_target" },
  { OH_PHONE_FORWARD_BUSY, "busy", "redirect_busy_number", "fwd_busy_enabled", "fwd_busy_target" },
  { OH_PHONE_FORWARD_NO_ANSWER, "time", "redirect_time_number", "fwd_time_enabled",
    "fwd_time_target" },
};

/* What a key press means depends on these; who looks for a fault wants to see them. */
static const char *const habits[] = {
  "transfer_on_hangup",
  "transfer_on_hangup_non_pots",
  "quick_transfer",
  "transfer_dialing_on",
  "transfer_dialing_on_other",
  "call_join_xfer",
  "attended_transfer_on_ringing",
  "disable_blind_transfer",
  "conf_hangup",
  "cancel_on_hold",
  "call_waiting",
  "auto_dial",
  "dialnumber_us_format",
};

static const char *
value_of (GHashTable *settings, const char *name)
{
  const char *value = settings != NULL ? g_hash_table_lookup (settings, name) : NULL;

  return value != NULL ? value : "";
}

static const char *
value_at (GHashTable *settings, const char *stem, guint number)
{
  g_autofree char *name = g_strdup_printf ("%s%u", stem, number);

  return value_of (settings, name);
}

gboolean
oh_snom_setting_is_on (GHashTable *settings, const char *name)
{
  const char *value = value_of (settings, name);

  return g_ascii_strcasecmp (value, "on") == 0 || g_ascii_strcasecmp (value, "true") == 0 ||
         strcmp (value, "1") == 0;
}

/* Returns: the number of the account in use, from 1 */
static guint
active_line (GHashTable *settings)
{
  guint64 line = 0;

  return g_ascii_string_to_unsigned (value_of (settings, LINE_SETTING), 10, 1, OH_SNOM_ACCOUNTS,
                                     &line, NULL)
           ? (guint) line
           : 1;
}

static gboolean
has (GHashTable *settings, const char *name)
{
  return settings != NULL && g_hash_table_contains (settings, name);
}

static gboolean
forwards_by_account (GHashTable *settings)
{
  g_autofree char *name = g_strdup_printf ("%s%u", kinds[0].enabled, active_line (settings));

  return has (settings, name);
}

/* --- accounts ------------------------------------------------------------------------------- */

static char *
dup_account (GHashTable *settings, guint number)
{
  const char *user = value_at (settings, "user_name", number);
  const char *host = value_at (settings, "user_host", number);

  if (*user == '\0' || *host == '\0' || strlen (user) + strlen (host) >= OH_SNOM_IDENTITY_MAX)
    return NULL;
  return g_strconcat (user, "@", host, NULL);
}

GStrv
oh_snom_setting_accounts (GHashTable *settings)
{
  g_autoptr (GStrvBuilder) accounts = g_strv_builder_new ();

  for (guint number = 1; number <= OH_SNOM_ACCOUNTS; number++)
    {
      g_autofree char *account = dup_account (settings, number);

      if (account != NULL)
        g_strv_builder_add (accounts, account);
    }
  return g_strv_builder_end (accounts);
}

char *
oh_snom_setting_account (GHashTable *settings)
{
  return dup_account (settings, active_line (settings));
}

/* Returns: the number of the account, from 1; 0 for one that is not set up */
static guint
find_account (GHashTable *settings, const char *wanted)
{
  for (guint number = 1; number <= OH_SNOM_ACCOUNTS && wanted != NULL; number++)
    {
      g_autofree char *account = dup_account (settings, number);

      if (account != NULL && g_ascii_strcasecmp (account, wanted) == 0)
        return number;
    }
  return 0;
}

/* --- changes -------------------------------------------------------------------------------- */

static void
add (OhSnomChange *self, const char *name, const char *value)
{
  g_return_if_fail (self->n < OH_SNOM_CHANGE_MAX);
  self->names[self->n] = g_strdup (name);
  self->values[self->n] = g_strdup (value);
  self->n++;
}

static void
add_at (OhSnomChange *self, const char *stem, guint number, const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s%u", stem, number);

  add (self, name, value);
}

/* Returns: the row of @verb; the number of rows for forwarding off */
static guint
kind_of (OhPhoneVerb verb)
{
  guint kind = 0;

  while (kind < G_N_ELEMENTS (kinds) && kinds[kind].verb != verb)
    kind++;
  return kind;
}

static void
forward_by_account (OhSnomChange *self, const OhPhoneCommand *command, guint line)
{
  guint kind = kind_of (command->verb);
  g_autofree char *after = g_strdup_printf ("%u", command->after_s);

  if (kind == G_N_ELEMENTS (kinds))
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      add_at (self, kinds[i].enabled, line, "off");
  else
    {
      add_at (self, kinds[kind].target, line, command->argument); /* before it is switched on */
      if (command->verb == OH_PHONE_FORWARD_NO_ANSWER && command->after_s > 0)
        add_at (self, "fwd_time_secs", line, after);
      add_at (self, kinds[kind].enabled, line, "on");
    }
}

static void
forward_phone (OhSnomChange *self, const OhPhoneCommand *command)
{
  guint kind = kind_of (command->verb);
  g_autofree char *after = g_strdup_printf ("%u", command->after_s);

  if (kind == G_N_ELEMENTS (kinds))
    {
      add (self, KIND_SETTING, "none");
      return;
    }
  add (self, kinds[kind].number, command->argument);
  if (command->verb == OH_PHONE_FORWARD_NO_ANSWER && command->after_s > 0)
    add (self, "redirect_time", after);
  add (self, KIND_SETTING, kinds[kind].event);
}

static gboolean
add_forward (OhSnomChange *self, const OhPhoneCommand *command, GHashTable *settings)
{
  if (command->verb != OH_PHONE_FORWARD_OFF && !oh_snom_is_dialable (command->argument))
    return FALSE;
  if (command->after_s > OH_SNOM_FORWARD_AFTER_MAX)
    return FALSE;
  if (forwards_by_account (settings))
    forward_by_account (self, command, active_line (settings));
  else if (has (settings, KIND_SETTING))
    forward_phone (self, command);
  return self->n > 0;
}

static gboolean
add_switch (OhSnomChange *self, const char *name, gboolean on, GHashTable *settings)
{
  if (has (settings, name))
    add (self, name, on ? "on" : "off");
  return self->n > 0;
}

static gboolean
add_account (OhSnomChange *self, const char *account, GHashTable *settings)
{
  guint number = find_account (settings, account);
  g_autofree char *value = g_strdup_printf ("%u", number);

  if (number > 0 && has (settings, LINE_SETTING))
    add (self, LINE_SETTING, value);
  return self->n > 0;
}

static gboolean
fill (OhSnomChange *self, const OhPhoneCommand *command, GHashTable *settings)
{
  switch ((int) command->verb)
    {
    case OH_PHONE_DND_ON:
    case OH_PHONE_DND_OFF:
      return add_switch (self, OH_SNOM_DND_SETTING, command->verb == OH_PHONE_DND_ON, settings);
    case OH_PHONE_LOCK:
    case OH_PHONE_UNLOCK:
      return add_switch (self, OH_SNOM_LOCK_SETTING, command->verb == OH_PHONE_LOCK, settings);
    case OH_PHONE_FORWARD_ALL:
    case OH_PHONE_FORWARD_BUSY:
    case OH_PHONE_FORWARD_NO_ANSWER:
    case OH_PHONE_FORWARD_OFF: return add_forward (self, command, settings);
    case OH_PHONE_SELECT_IDENTITY: return add_account (self, command->argument, settings);
    default: return FALSE;
    }
}

OhSnomChange *
oh_snom_change_new (const OhPhoneCommand *command, GHashTable *settings)
{
  g_autoptr (OhSnomChange) self = g_new0 (OhSnomChange, 1);

  return fill (self, command, settings) ? g_steal_pointer (&self) : NULL;
}

void
oh_snom_change_free (OhSnomChange *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->names[i]);
      g_free (self->values[i]);
    }
  g_free (self);
}

char *
oh_snom_change_target (const OhSnomChange *self)
{
  const char *names[OH_SNOM_CHANGE_MAX + 1] = { NULL };
  const char *values[OH_SNOM_CHANGE_MAX + 1] = { NULL };

  for (guint i = 0; i < self->n; i++)
    {
      names[i] = self->names[i];
      values[i] = self->values[i];
    }
  return oh_snom_settings_target (names, values, FALSE);
}

/* A switch may come back as another word for the same. */
static gboolean
is_made (GHashTable *settings, const char *name, const char *value)
{
  if (strcmp (value, "on") == 0 || strcmp (value, "off") == 0)
    return oh_snom_setting_is_on (settings, name) == (strcmp (value, "on") == 0);
  return strcmp (value_of (settings, name), value) == 0;
}

const char *
oh_snom_change_refused (const OhSnomChange *self, GHashTable *settings)
{
  for (guint i = 0; i < self->n; i++)
    if (!is_made (settings, self->names[i], self->values[i]))
      return self->names[i];
  return NULL;
}

/* --- what they say -------------------------------------------------------------------------- */

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static guint
seconds (const char *text)
{
  guint64 value = 0;

  g_ascii_string_to_unsigned (text, 10, 0, OH_SNOM_FORWARD_AFTER_MAX, &value, NULL);
  return (guint) value;
}

gboolean
oh_snom_setting_forward (GHashTable *settings, OhSnomForward *out)
{
  const char **places[] = { &out->all, &out->busy, &out->no_answer };
  const guint line = active_line (settings);
  const gboolean by_account = forwards_by_account (settings);

  *out = (OhSnomForward){ 0 };
  if (!by_account && !has (settings, KIND_SETTING))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *enabled = g_strdup_printf ("%s%u", kinds[i].enabled, line);

      if (by_account && oh_snom_setting_is_on (settings, enabled))
        *places[i] = or_null (value_at (settings, kinds[i].target, line));
      else if (!by_account && strcmp (value_of (settings, KIND_SETTING), kinds[i].event) == 0)
        *places[i] = or_null (value_of (settings, kinds[i].number));
    }
  out->after_s = seconds (by_account ? value_at (settings, "fwd_time_secs", line)
                                     : value_of (settings, "redirect_time"));
  return TRUE;
}

GStrv
oh_snom_setting_habits (GHashTable *settings)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (habits); i++)
    if (has (settings, habits[i]))
      {
        g_autofree char *line =
          g_strdup_printf ("%s=%.64s", habits[i], value_of (settings, habits[i]));

        g_strv_builder_add (found, line);
      }
  for (guint number = 1; number <= OH_SNOM_ACCOUNTS; number++)
    {
      g_autofree char *name = g_strdup_printf ("user_auto_connect%u", number);
      g_autofree char *line = g_strconcat (name, "=on", NULL);

      if (oh_snom_setting_is_on (settings, name))
        g_strv_builder_add (found, line);
    }
  return g_strv_builder_end (found);
}

guint
oh_snom_setting_conference_key (GHashTable *settings)
{
  for (guint key = 0; key < KEYS_MAX; key++)
    if (g_ascii_strcasecmp (value_at (settings, "fkey", key), CONFERENCE_KEY) == 0)
      return key + 1; /* fkey0 is the key P1 */
  return 0;
}
