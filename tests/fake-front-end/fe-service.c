/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-service.h"

#include <string.h>

#include "fe-event.h"
#include "fe-roster.h"
#include "fe-value.h"

#define TYPE_SELF "application/vnd-microsoft-roaming-self+xml"
#define TYPE_FAULT "application/msrtc-fault+xml"
#define TYPE_SOAP "application/SOAP+xml"

static void
report (const FeExchange *exchange, const FeOperation *operation)
{
  FeState state = { 0 };
  gboolean is_state = operation->content != NULL && strcmp (operation->category, "state") == 0 &&
                      fe_state_read (operation->content, &state);
  g_autofree char *instance = g_strdup_printf ("%u", operation->instance);

  fe_event ("published", "user:u", exchange->aor, "category:s", operation->category, "instance:s",
            instance, "container:i", (int) operation->container, "expire-type:s",
            operation->expire_type, "deleted:b", operation->expires_s == 0, "availability:i",
            is_state ? (int) state.availability : 0, "activity:s", is_state ? state.activity : "",
            NULL);
}

/* A publication that a well-made client does not send ([MS-PRES] 2.2.2.5). */
static void
check_operation (const FeExchange *exchange, const FeOperation *operation)
{
  static const char *const types[] = { "endpoint", "user", "static", "time", NULL };
  gboolean is_phone =
    operation->content != NULL && strstr (operation->content, "phoneState") != NULL;

  if (operation->expire_type == NULL || !g_strv_contains (types, operation->expire_type))
    fe_event_violation (exchange->aor, "expire-type", "%s", operation->expire_type);
  else if (is_phone && strcmp (operation->expire_type, "endpoint") != 0)
    fe_event_violation (exchange->aor, "lasting-phone-state", "%s", operation->expire_type);
  if (operation->expires_s == 0 && operation->content != NULL)
    fe_event_violation (exchange->aor, "delete-with-content", "%s", operation->category);
}

static gboolean
is_usable (const GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    {
      const FeOperation *operation = operations->pdata[i];

      if (operation->category == NULL || operation->expire_type == NULL ||
          (operation->content == NULL && operation->expires_s != 0))
        return FALSE;
    }
  return operations->len > 0;
}

/* The <operation> elements of a fault: 1-based positions with the version to name; "" for none. */
static char *
wrong_versions (FePresence *presence, FePerson *person, const GPtrArray *operations)
{
  FeStore *store = fe_presence_get_store (presence);
  g_autoptr (GString) xml = g_string_new (NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      const FeOperation *operation = operations->pdata[i];
      guint version;

      if (person->conflicts > 0)
        fe_store_bump (store, person, operation);
      version = fe_store_version (store, person, operation);
      if (version != operation->version)
        g_string_append_printf (xml, "<operation index=\"%u\" curVersion=\"%u\"/>", i + 1, version);
    }
  if (person->conflicts > 0)
    person->conflicts--;
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

static void
send_conflict (const FeExchange *exchange, const char *wrong)
{
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 409, "Conflict");

  /* The namespace of the fault is not documented; clients go by the local names. */
  fe_message_set_body (
    response, TYPE_FAULT,
    g_strdup_printf ("<Fault xmlns=\"http://schemas.microsoft.com/2006/09/sip/fault\">"
                     "<Faultcode>Client.BadCall.WrongDelta</Faultcode>"
                     "<details>%s</details></Fault>",
                     wrong),
    -1);
  fe_event ("conflict", "user:u", exchange->aor, "operations:s", wrong, NULL);
  fe_exchange_send (exchange, response);
}

/* One document with all categories that changed: they are replaced by name. */
static void
answer_publish (FePresence *presence, const FeExchange *exchange, GHashTable *changed)
{
  const FeConfig *config = fe_wire_get_config (exchange->wire);
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 200, "OK");
  g_autoptr (GString) xml = g_string_new (NULL);
  GHashTableIter iter;
  gpointer category;

  if (config->self_notify != FE_SELF_NOTIFY_LATER)
    {
      g_string_append_printf (
        xml,
        "<roamingData xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">"
        "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" "
        "uri=\"sip:%s\">",
        exchange->aor);
      g_hash_table_iter_init (&iter, changed);
      while (g_hash_table_iter_next (&iter, &category, NULL))
        fe_store_write_own (fe_presence_get_store (presence), exchange->person, category, xml);
      g_string_append (xml, "</categories></roamingData>");
      fe_message_set_body (response, TYPE_SELF, g_string_free (g_steal_pointer (&xml), FALSE), -1);
    }
  fe_exchange_send (exchange, response);
}

static void
publish (FePresence *presence, const FeExchange *exchange, FeEndpoint *endpoint)
{
  const FeConfig *config = fe_wire_get_config (exchange->wire);
  g_autoptr (GPtrArray) operations = fe_body_publish (exchange->request, NULL);
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *wrong = NULL;
  GHashTableIter iter;
  gpointer category;
  gboolean is_visible;

  if (operations == NULL || !is_usable (operations))
    {
      fe_exchange_refuse (exchange, 400, "4001;reason=\"XML parse failure\"");
      return;
    }
  wrong = wrong_versions (presence, exchange->person, operations);
  if (*wrong != '\0')
    {
      send_conflict (exchange, wrong);
      return;
    }
  for (guint i = 0; i < operations->len; i++)
    {
      const FeOperation *operation = operations->pdata[i];

      check_operation (exchange, operation);
      report (exchange, operation);
      fe_store_apply (fe_presence_get_store (presence), exchange->person, exchange->epid,
                      operation);
      g_hash_table_add (changed, operation->category);
    }
  is_visible = fe_presence_aggregate (presence, exchange->person);
  answer_publish (presence, exchange, changed);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &category, NULL))
    fe_presence_tell (presence, exchange->person, category,
                      is_visible || strcmp (category, "state") != 0,
                      config->self_notify == FE_SELF_NOTIFY_BODY ? endpoint : NULL);
}

static void
answer_empty (const FeExchange *exchange)
{
  g_autoptr (FeMessage) response = fe_exchange_response (exchange, 200, "OK");

  fe_exchange_send (exchange, response);
}

/* Said, not kept: what the levels are is an option. */
static void
set_members (const FeExchange *exchange)
{
  gsize length = 0;
  const char *text = fe_message_body_text (exchange->request, &length);
  g_autofree char *body = g_strndup (text, length);

  fe_event ("members", "user:u", exchange->aor, "body:s", body, NULL);
  answer_empty (exchange);
}

void
fe_service_handle (FePresence *presence, const FeExchange *exchange, FeEndpoint *endpoint)
{
  const char *type = fe_message_get (exchange->request, "Content-Type");

  if (g_strcmp0 (type, "application/msrtc-category-publish+xml") == 0)
    publish (presence, exchange, endpoint);
  else if (type != NULL && g_ascii_strcasecmp (type, TYPE_SOAP) == 0)
    fe_roster_handle (presence, exchange);
  else if (g_strcmp0 (type, "application/msrtc-setcontainermembers+xml") == 0)
    set_members (exchange);
  else if (g_strcmp0 (type, "application/msrtc-presence-setsubscriber+xml") == 0)
    answer_empty (exchange);
  else
    fe_exchange_refuse (exchange, 415, "4013;reason=\"Content-Type\"");
}
