/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "config-account.h"
#include "config-events.h"
#include "config-directory.h"
#include "config-value.h"
#include "error.h"

#define AGENT_SCHEMA "org.offhook.Agent"
#define PHONE_SCHEMA "org.offhook.Phone"
#define PHONE_PATH "/org/offhook/phones/%s/"

enum
{
  SIGNAL_ACCOUNT,
  SIGNAL_NUMBERS,
  SIGNAL_LINKS,
  SIGNAL_PRESENCE,
  SIGNAL_PHONES,
  SIGNAL_DIRECTORY,
  SIGNAL_HISTORY,
  N_SIGNALS,
};

struct _OhConfig
{
  GObject parent_instance;

  GSettingsBackend *backend; /* (owned) (nullable) */
  GSettingsSchema *phone_schema;
  GSettings *agent;
  GHashTable *phones; /* (element-type utf8 GSettings): those that were ever asked for */
  guint pending;      /* bits of signals to emit */
  guint idle;         /* source that emits them */
};

G_DEFINE_FINAL_TYPE (OhConfig, oh_config, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* clang-format off */
static const struct
{
  const char *key;
  guint signal;
} agent_keys[] = {
  { "uri", SIGNAL_ACCOUNT },
  { "login", SIGNAL_ACCOUNT },
  { "server", SIGNAL_ACCOUNT },
  { "external-server", SIGNAL_ACCOUNT },
  { "server-names", SIGNAL_ACCOUNT },
  { "trusted-domains", SIGNAL_ACCOUNT },
  { "mechanism", SIGNAL_ACCOUNT },
  { "allow-56-bit", SIGNAL_ACCOUNT },
  { "extended-protection", SIGNAL_ACCOUNT },
  { "ca-file", SIGNAL_ACCOUNT },
  { "phones", SIGNAL_PHONES },
  { "phone-choice", SIGNAL_PHONES },
  { "default-phone", SIGNAL_PHONES },
  { "confirm-links", SIGNAL_LINKS },
  { "history-days", SIGNAL_HISTORY },
  { "private-numbers", SIGNAL_HISTORY },
  { "idle-minutes", SIGNAL_PRESENCE },
  { "away-minutes", SIGNAL_PRESENCE },
  { "dnd-sync", SIGNAL_PRESENCE },
  { "directory-server", SIGNAL_DIRECTORY },
  { "directory-base", SIGNAL_DIRECTORY },
  { "directory-filter", SIGNAL_DIRECTORY },
};
/* clang-format on */

static gboolean
emit_pending (gpointer user_data)
{
  g_autoptr (OhConfig) self = g_object_ref (user_data); /* a handler may drop the last reference */
  guint pending = self->pending;

  self->idle = 0;
  self->pending = 0;
  for (guint i = 0; i < N_SIGNALS; i++)
    if (pending & (1U << i))
      g_signal_emit (self, signals[i], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_signal (OhConfig *self, guint signal)
{
  self->pending |= 1U << signal;
  if (self->idle == 0)
    self->idle = g_idle_add (emit_pending, self);
}

static void
on_agent_changed (GSettings *settings, const char *key, OhConfig *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (agent_keys); i++)
    if (g_str_equal (agent_keys[i].key, key))
      {
        queue_signal (self, agent_keys[i].signal);
        return;
      }
  queue_signal (self, SIGNAL_NUMBERS);
}

static void
on_phone_changed (OhConfig *self)
{
  queue_signal (self, SIGNAL_PHONES);
}

static void
oh_config_dispose (GObject *object)
{
  OhConfig *self = OH_CONFIG (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->phones, g_hash_table_unref);
  g_clear_object (&self->agent);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->phone_schema, g_settings_schema_unref);
  G_OBJECT_CLASS (oh_config_parent_class)->dispose (object);
}

static void
oh_config_class_init (OhConfigClass *class)
{
  static const char *const names[N_SIGNALS] = {
    [SIGNAL_ACCOUNT] = "account-changed", [SIGNAL_NUMBERS] = "numbers-changed",
    [SIGNAL_LINKS] = "links-changed",     [SIGNAL_PRESENCE] = "presence-changed",
    [SIGNAL_PHONES] = "phones-changed",   [SIGNAL_DIRECTORY] = "directory-changed",
    [SIGNAL_HISTORY] = "history-changed",
  };

  G_OBJECT_CLASS (class)->dispose = oh_config_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], OH_TYPE_CONFIG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
oh_config_init (OhConfig *self)
{
  self->phones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

char *
oh_config_dup_locked (OhConfig *self)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (agent_keys); i++)
    if (!g_settings_is_writable (self->agent, agent_keys[i].key))
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : "", agent_keys[i].key);
  return keys->len > 0 ? g_string_free (g_steal_pointer (&keys), FALSE) : NULL;
}

/* g_settings_new() ends the program where a schema is missing; this tells. */
static GSettingsSchema *
find_schema (const char *id, GError **error)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema =
    source != NULL ? g_settings_schema_source_lookup (source, id, TRUE) : NULL;

  if (schema == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                 _ ("The settings schema %s is not installed. Install the package again, or point "
                    "GSETTINGS_SCHEMA_DIR at the folder that has gschemas.compiled."),
                 id);
  return schema;
}

OhConfig *
oh_config_new (GSettingsBackend *backend, GError **error)
{
  g_autoptr (GSettingsSchema) agent_schema = find_schema (AGENT_SCHEMA, error);
  g_autoptr (GSettingsSchema) phone_schema = NULL;
  OhConfig *self;

  if (agent_schema == NULL)
    return NULL;
  phone_schema = find_schema (PHONE_SCHEMA, error);
  if (phone_schema == NULL)
    return NULL;
  self = g_object_new (OH_TYPE_CONFIG, NULL);
  self->backend = backend != NULL ? g_object_ref (backend) : NULL;
  self->phone_schema = g_steal_pointer (&phone_schema);
  self->agent = g_settings_new_full (agent_schema, backend, NULL);
  g_signal_connect (self->agent, "changed", G_CALLBACK (on_agent_changed), self);
  return self;
}

static GSettings *
phone_settings (OhConfig *self, const char *id)
{
  GSettings *settings = g_hash_table_lookup (self->phones, id);
  g_autofree char *path = NULL;

  if (settings != NULL)
    return settings;
  path = g_strdup_printf (PHONE_PATH, id);
  settings = g_settings_new_full (self->phone_schema, self->backend, path);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_phone_changed), self,
                           G_CONNECT_SWAPPED);
  g_hash_table_insert (self->phones, g_strdup (id), settings);
  return settings;
}

OhConfigAccount *
oh_config_dup_account (OhConfig *self)
{
  return oh_config_read_account (self->agent);
}

OhConfigDirectory *
oh_config_dup_directory (OhConfig *self)
{
  return oh_config_read_directory (self->agent);
}

static char *
dup_digits (OhConfig *self, const char *key, const char *extra, GError **problem)
{
  g_autofree char *value = g_settings_get_string (self->agent, key);
  g_autoptr (GVariant) preset = NULL;

  if (oh_config_value_is_dialable (value, extra))
    return g_steal_pointer (&value);
  oh_config_note_problem (problem, key, value, _ ("digits are needed, at most eight"));
  preset = g_settings_get_default_value (self->agent, key);
  return g_variant_dup_string (preset, NULL);
}

OhConfigNumbers *
oh_config_dup_numbers (OhConfig *self)
{
  OhConfigNumbers *numbers = g_new0 (OhConfigNumbers, 1);
  GError **problem = &numbers->problem;

  numbers->country_code = dup_digits (self, "country-code", NULL, problem);
  numbers->area_code = dup_digits (self, "area-code", NULL, problem);
  numbers->international_prefix = dup_digits (self, "international-prefix", NULL, problem);
  numbers->national_prefix = dup_digits (self, "national-prefix", NULL, problem);
  numbers->outside_line_prefix = dup_digits (self, "outside-line-prefix", "*#", problem);
  numbers->extension_digits = g_settings_get_uint (self->agent, "extension-digits");
  numbers->company_rules = oh_config_read_file (self->agent, "company-rules", problem);
  return numbers;
}

OhConfigPresence *
oh_config_dup_presence (OhConfig *self)
{
  return oh_config_read_presence (self->agent);
}

OhConfigLinks
oh_config_links (OhConfig *self)
{
  g_autofree char *word = g_settings_get_string (self->agent, "confirm-links");

  if (g_str_equal (word, "unknown"))
    return OH_CONFIG_LINKS_UNKNOWN;
  return g_str_equal (word, "never") ? OH_CONFIG_LINKS_NEVER : OH_CONFIG_LINKS_ALWAYS;
}

guint16
oh_config_get_event_port (OhConfig *self)
{
  return (guint16) g_settings_get_uint (self->agent, "event-port"); /* the schema bounds it */
}

char *
oh_config_dup_phone_choice (OhConfig *self, char **default_phone)
{
  *default_phone = g_settings_get_string (self->agent, "default-phone");
  return g_settings_get_string (self->agent, "phone-choice");
}

const char *
oh_config_links_word (OhConfigLinks links)
{
  static const char *const words[] = {
    [OH_CONFIG_LINKS_ALWAYS] = "always",
    [OH_CONFIG_LINKS_UNKNOWN] = "unknown",
    [OH_CONFIG_LINKS_NEVER] = "never",
  };

  return words[links];
}

guint
oh_config_history_days (OhConfig *self)
{
  return g_settings_get_uint (self->agent, "history-days");
}

GStrv
oh_config_dup_private_numbers (OhConfig *self)
{
  return g_settings_get_strv (self->agent, "private-numbers");
}

static char *
dup_fingerprint (GSettings *settings, GError **problem)
{
  g_autofree char *value = g_settings_get_string (settings, "fingerprint");
  char *fingerprint = value[0] != '\0' ? oh_config_value_fingerprint (value) : NULL;

  if (fingerprint != NULL)
    return fingerprint;
  if (value[0] != '\0')
    oh_config_note_problem (problem, "fingerprint", value, _ ("64 hexadecimal digits are needed"));
  return g_strdup ("");
}

static char *
dup_host (GSettings *settings, GError **problem)
{
  g_autofree char *value = g_settings_get_string (settings, "host");
  const char *scheme = NULL;
  char *host = oh_config_value_phone_address (value, &scheme);

  if (host != NULL && scheme == NULL)
    return host;
  g_free (host);
  oh_config_note_problem (problem, "host", value, _ ("“host” or “host:port” is needed"));
  return g_strdup ("");
}

static OhConfigPhone *
read_phone (OhConfig *self, const char *id)
{
  OhConfigPhone *phone = g_new0 (OhConfigPhone, 1);
  GSettings *settings = phone_settings (self, id);
  g_autofree char *events = g_settings_get_string (settings, "events");

  phone->id = g_strdup (id);
  phone->host = dup_host (settings, &phone->problem);
  phone->scheme = g_settings_get_string (settings, "scheme");
  phone->user = g_settings_get_string (settings, "user");
  phone->body = g_settings_get_string (settings, "body");
  phone->trust = g_settings_get_string (settings, "trust");
  phone->fingerprint = dup_fingerprint (settings, &phone->problem);
  phone->ca_file = oh_config_read_file (settings, "ca-file", &phone->problem);
  phone->expected_name = g_settings_get_string (settings, "expected-name");
  phone->ignore_date = g_settings_get_boolean (settings, "ignore-date");
  phone->identity = g_settings_get_string (settings, "identity");
  phone->events = !g_str_equal (events, "off");
  phone->take_events = g_str_equal (events, "take");
  phone->legacy_tls = g_settings_get_boolean (settings, "legacy-tls");
  phone->drive = g_settings_get_string (settings, "drive");
  phone->sip_transport = g_settings_get_string (settings, "sip-transport");
  phone->sip_port = (guint16) g_settings_get_uint (settings, "sip-port");
  phone->sign_in_login = g_settings_get_boolean (settings, "sign-in-login");
  return phone;
}

/* Returns: (transfer container): the ids of "phones" that can be used, each once */
static GPtrArray *
usable_ids (GStrv ids)
{
  g_autoptr (GPtrArray) usable = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL && usable->len < OH_CONFIG_PHONES_MAX; i++)
    {
      if (!oh_config_value_is_phone_id (ids[i]))
        g_message ("setting “phones”: “%.64s” is no id of letters, digits, - and _", ids[i]);
      else if (!g_ptr_array_find_with_equal_func (usable, ids[i], g_str_equal, NULL))
        g_ptr_array_add (usable, ids[i]);
    }
  return g_steal_pointer (&usable);
}

GPtrArray *
oh_config_dup_phones (OhConfig *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  g_autoptr (GPtrArray) usable = usable_ids (ids);
  GPtrArray *phones = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_config_phone_free);

  for (guint i = 0; i < usable->len; i++)
    g_ptr_array_add (phones, read_phone (self, g_ptr_array_index (usable, i)));
  return phones;
}

static gboolean
check_writable (GSettings *settings, const char *key, GError **error)
{
  if (g_settings_is_writable (settings, key))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
               _ ("The administrator has locked the setting “%s”."), key);
  return FALSE;
}

static gboolean
check_phone (GStrv ids, const char *id, GError **error)
{
  if (oh_config_value_is_phone_id (id) && g_strv_contains ((const char *const *) ids, id))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%.64s”."), id);
  return FALSE;
}

static gboolean
check_new_phone (OhConfig *self, GStrv ids, const char *address, const char *host, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (address, -1);

  if (host == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("“%.64s” is no host name or address of a phone, with or without “:port”."),
                 shown);
  else if (g_strv_length (ids) >= OH_CONFIG_PHONES_MAX)
    g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                 _ ("There are %d phones already; remove one first."), OH_CONFIG_PHONES_MAX);
  else
    return check_writable (self->agent, "phones", error);
  return FALSE;
}

char *
oh_config_add_phone (OhConfig *self, const char *address, GError **error)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) more = NULL;
  const char *scheme = NULL;
  g_autofree char *host = oh_config_value_phone_address (address, &scheme);
  g_autofree char *id = NULL;
  GSettings *settings;

  if (!check_new_phone (self, ids, address, host, error))
    return NULL;
  id = oh_config_value_phone_id (host, (const char *const *) ids);
  settings = phone_settings (self, id);
  if (!check_writable (settings, "host", error))
    return NULL;
  g_settings_set_string (settings, "host", host);
  if (scheme != NULL)
    g_settings_set_string (settings, "scheme", scheme);
  g_strv_builder_addv (builder, (const char **) ids);
  g_strv_builder_add (builder, id);
  more = g_strv_builder_end (builder);
  g_settings_set_strv (self->agent, "phones", (const char *const *) more);
  return g_steal_pointer (&id);
}

static void
reset_phone (OhConfig *self, const char *id)
{
  GSettings *settings = phone_settings (self, id);
  g_auto (GStrv) keys = g_settings_schema_list_keys (self->phone_schema);

  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
  g_hash_table_remove (self->phones, id);
}

gboolean
oh_config_remove_phone (OhConfig *self, const char *id, GError **error)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) fewer = NULL;

  if (!check_phone (ids, id, error) || !check_writable (self->agent, "phones", error))
    return FALSE;
  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], id))
      g_strv_builder_add (builder, ids[i]);
  fewer = g_strv_builder_end (builder);
  g_settings_set_strv (self->agent, "phones", (const char *const *) fewer);
  reset_phone (self, id);
  return TRUE;
}

gboolean
oh_config_withdraw_sign_in_login (OhConfig *self, const char *id, GError **error)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  GSettings *settings;

  if (!check_phone (ids, id, error))
    return FALSE;
  settings = phone_settings (self, id);
  if (!check_writable (settings, "sign-in-login", error))
    return FALSE;
  g_settings_set_boolean (settings, "sign-in-login", FALSE);
  return TRUE;
}

gboolean
oh_config_store_pin (OhConfig *self, const char *id, const char *trust, const char *fingerprint,
                     GError **error)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  GSettings *settings;

  if (!check_phone (ids, id, error))
    return FALSE;
  settings = phone_settings (self, id);
  if (!check_writable (settings, "fingerprint", error) ||
      (trust != NULL && !check_writable (settings, "trust", error)))
    return FALSE;
  g_settings_set_string (settings, "fingerprint", fingerprint);
  if (trust != NULL)
    g_settings_set_string (settings, "trust", trust);
  return TRUE;
}

GSettings *
oh_config_open_phone (OhConfig *self, const char *id, const char *key, GError **error)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->agent, "phones");
  GSettings *settings;

  if (!check_phone (ids, id, error))
    return NULL;
  settings = phone_settings (self, id);
  return key == NULL || check_writable (settings, key, error) ? settings : NULL;
}
