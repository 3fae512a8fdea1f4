/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-roster.h"

#include <string.h>

#include "fe-bodies.h"
#include "fe-event.h"
#include "fe-value.h"

#define TYPE_SOAP "application/SOAP+xml"
#define GROUPS_MAX 64u

/* One SOAP request being carried out. */
typedef struct
{
  FePresence *presence;
  const FeExchange *exchange;
  const FeSoap *soap;
  FePerson *person;
} Call;

typedef void (*Operation) (const Call *call);

static const char *
value (const Call *call, const char *element)
{
  return g_hash_table_lookup (call->soap->values, element);
}

/* --- deltas --------------------------------------------------------------------------------- */

static void
append_contact (GString *xml, const char *element, const FeContact *contact)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; i < contact->groups->len; i++)
    g_string_append_printf (ids, "%s%u", i > 0 ? " " : "",
                            g_array_index (contact->groups, guint, i));
  line = g_markup_printf_escaped (
    "<%s uri=\"%s\" name=\"%s\" groups=\"%s\" subscribed=\"true\" externalURI=\"\"/>", element,
    contact->aor, contact->name != NULL ? contact->name : "", ids->str);
  g_string_append (xml, line);
}

static void
append_group (GString *xml, const char *element, guint id, const char *name)
{
  g_autofree char *line = g_markup_printf_escaped ("<%s id=\"%u\" name=\"%s\" externalURI=\"\"/>",
                                                   element, id, name != NULL ? name : "");

  g_string_append (xml, line);
}

/* @content: the changes; the number of the list goes up by one with them */
static void
tell (FePresence *presence, FePerson *owner, const char *operation, const char *content)
{
  g_autofree char *delta = g_strdup_printf (
    "<contactDelta xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-contacts\""
    " prevDeltaNum=\"%u\" deltaNum=\"%u\">%s</contactDelta>",
    owner->delta, owner->delta + 1, content);

  owner->delta++;
  fe_event ("roster", "user:u", owner->aor, "operation:s", operation, "delta:i", (int) owner->delta,
            NULL);
  fe_presence_tell_contacts (presence, owner, delta);
}

/* --- changes -------------------------------------------------------------------------------- */

static guint
find_group (const FePerson *owner, const char *name)
{
  for (guint i = 0; i < owner->groups->len; i++)
    if (g_strcmp0 (owner->groups->pdata[i], name) == 0)
      return i + 1;
  return 0;
}

static guint
count_groups (const FePerson *owner)
{
  guint n = 0;

  for (guint i = 0; i < owner->groups->len; i++)
    n += owner->groups->pdata[i] != NULL;
  return n;
}

static void
set_name (FeContact *contact, const char *name)
{
  g_free (contact->name);
  contact->name = g_strdup (name);
}

static guint
make_group (FePresence *presence, FePerson *owner, const char *name)
{
  guint id = fe_person_group (owner, name);
  g_autoptr (GString) xml = g_string_new (NULL);

  append_group (xml, "addedGroup", id, name);
  tell (presence, owner, "addGroup", xml->str);
  return id;
}

static void
set_group_name (FePresence *presence, FePerson *owner, guint id, const char *name)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  g_free (owner->groups->pdata[id - 1]);
  owner->groups->pdata[id - 1] = g_strdup (name);
  append_group (xml, "modifiedGroup", id, name);
  tell (presence, owner, "modifyGroup", xml->str);
}

static gboolean
leave (FeContact *contact, guint id)
{
  for (guint i = 0; i < contact->groups->len; i++)
    if (g_array_index (contact->groups, guint, i) == id)
      {
        g_array_remove_index (contact->groups, i);
        return TRUE;
      }
  return FALSE;
}

/* Who was in it stays: the delta says so with the group's end. */
static void
drop_group (FePresence *presence, FePerson *owner, guint id)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  g_clear_pointer (&owner->groups->pdata[id - 1], g_free);
  g_string_append_printf (xml, "<deletedGroup id=\"%u\"/>", id);
  for (guint i = 0; i < owner->contacts->len; i++)
    if (leave (owner->contacts->pdata[i], id))
      append_contact (xml, "modifiedContact", owner->contacts->pdata[i]);
  tell (presence, owner, "deleteGroup", xml->str);
}

static void
tell_contact (FePresence *presence, FePerson *owner, const FeContact *contact, gboolean is_new)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  append_contact (xml, is_new ? "addedContact" : "modifiedContact", contact);
  tell (presence, owner, "setContact", xml->str);
}

void
fe_roster_set (FePresence *presence, FePerson *owner, const char *aor, const char *name,
               const char *groups)
{
  gboolean is_new = fe_person_contact (owner, aor) == NULL;
  FeContact *contact = fe_person_add_contact (owner, aor);
  g_auto (GStrv) names = groups != NULL ? g_strsplit (groups, ",", -1) : NULL;

  if (name != NULL)
    set_name (contact, name);
  if (names != NULL)
    g_array_set_size (contact->groups, 0);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint id = find_group (owner, names[i]);

      if (id == 0)
        id = make_group (presence, owner, names[i]);
      g_array_append_val (contact->groups, id);
    }
  tell_contact (presence, owner, contact, is_new);
}

gboolean
fe_roster_change_group (FePresence *presence, FePerson *owner, FeRosterChange change,
                        const char *name, const char *new_name)
{
  guint id = find_group (owner, name);

  if ((id == 0) != (change == FE_ROSTER_ADD))
    return FALSE;
  switch (change)
    {
    case FE_ROSTER_ADD: make_group (presence, owner, name); break;
    case FE_ROSTER_RENAME: set_group_name (presence, owner, id, new_name); break;
    case FE_ROSTER_REMOVE:
    default: drop_group (presence, owner, id);
    }
  return TRUE;
}

void
fe_roster_renumber (FePresence *presence, FePerson *owner, guint number)
{
  owner->delta = number;
  tell (presence, owner, "renumber", "");
}

/* --- SOAP ----------------------------------------------------------------------------------- */

static void
answer (const Call *call, guint status, const char *reason, char *content)
{
  g_autoptr (FeMessage) response = fe_exchange_response (call->exchange, status, reason);

  if (content != NULL)
    fe_message_set_body (
      response, TYPE_SOAP,
      g_strdup_printf (
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\">"
        "<SOAP-ENV:Body>%s</SOAP-ENV:Body></SOAP-ENV:Envelope>",
        content),
      -1);
  g_free (content);
  fe_exchange_send (call->exchange, response);
}

static void
refuse (const Call *call, const char *diagnostics)
{
  fe_exchange_refuse (call->exchange, 409, diagnostics);
}

/* "1 4" → ids; NULL when one of them is no group of theirs */
static GArray *
read_ids (const Call *call)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *text = value (call, "groups");
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint id = (guint) g_ascii_strtoull (words[i], NULL, 10);

      if (words[i][0] == '\0')
        continue;
      if (id < 1 || id > call->person->groups->len || call->person->groups->pdata[id - 1] == NULL)
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static void
set_contact (const Call *call)
{
  const char *uri = value (call, "URI");
  g_autofree char *aor = uri != NULL ? fe_value_aor (uri) : NULL;
  g_autoptr (GArray) ids = read_ids (call);
  FeContact *contact = aor != NULL ? fe_person_contact (call->person, aor) : NULL;
  gboolean is_new = contact == NULL;

  if (aor == NULL || strchr (aor, '@') == NULL)
    fe_exchange_refuse (call->exchange, 400, "4001;reason=\"Not an address\"");
  else if (ids == NULL)
    refuse (call, "2002;reason=\"The group does not exist\"");
  else if (is_new && call->person->contact_limit > 0 &&
           call->person->contacts->len >= call->person->contact_limit)
    refuse (call, "2007;reason=\"Contact limit exceeded\"");
  else
    {
      contact = fe_person_add_contact (call->person, aor);
      set_name (contact, value (call, "displayName"));
      g_array_set_size (contact->groups, 0);
      if (ids->len > 0)
        g_array_append_vals (contact->groups, ids->data, ids->len);
      answer (call, 200, "OK", NULL);
      tell_contact (call->presence, call->person, contact, is_new);
    }
}

static void
delete_contact (const Call *call)
{
  const char *uri = value (call, "URI");
  g_autofree char *aor = uri != NULL ? fe_value_aor (uri) : NULL;
  FeContact *contact = aor != NULL ? fe_person_contact (call->person, aor) : NULL;
  g_autofree char *xml = NULL;

  if (contact == NULL)
    {
      refuse (call, "2001;reason=\"The contact does not exist\"");
      return;
    }
  g_ptr_array_remove (call->person->contacts, contact);
  answer (call, 200, "OK", NULL);
  xml = g_markup_printf_escaped ("<deletedContact uri=\"%s\"/>", aor);
  tell (call->presence, call->person, "deleteContact", xml);
}

static void
add_group (const Call *call)
{
  const char *name = value (call, "name");

  if (name == NULL || *name == '\0')
    fe_exchange_refuse (call->exchange, 400, "4001;reason=\"A group without a name\"");
  else if (find_group (call->person, name) != 0)
    refuse (call, "2015;reason=\"Duplicate group name\"");
  else if (count_groups (call->person) >= GROUPS_MAX)
    refuse (call, "2008;reason=\"Group limit exceeded\"");
  else
    {
      answer (
        call, 200, "OK",
        g_strdup_printf ("<m:addGroup xmlns:m=\"http://schemas.microsoft.com/winrtc/2002/11/sip\">"
                         "<m:groupID>%u</m:groupID></m:addGroup>",
                         call->person->groups->len + 1));
      make_group (call->presence, call->person, name);
    }
}

/* 0 after a refusal */
static guint
named_group (const Call *call)
{
  const char *text = value (call, "groupID");
  guint id = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;

  if (id >= 1 && id <= call->person->groups->len && call->person->groups->pdata[id - 1] != NULL)
    return id;
  refuse (call, "2002;reason=\"The group does not exist\"");
  return 0;
}

static void
modify_group (const Call *call)
{
  guint id = named_group (call);

  if (id == 0)
    return;
  answer (call, 200, "OK", NULL);
  set_group_name (call->presence, call->person, id, value (call, "name"));
}

static void
delete_group (const Call *call)
{
  guint id = named_group (call);

  if (id == 0)
    return;
  answer (call, 200, "OK", NULL);
  drop_group (call->presence, call->person, id);
}

static gboolean
is_number_right (const Call *call)
{
  g_autofree char *current = NULL;

  if (call->person->roster_conflicts > 0)
    {
      /* somebody was quicker, and the delta that tells of it is still on its way */
      call->person->roster_conflicts--;
      call->person->delta++;
    }
  current = g_strdup_printf ("%u", call->person->delta);
  return g_strcmp0 (value (call, "deltaNum"), current) == 0;
}

void
fe_roster_handle (FePresence *presence, const FeExchange *exchange)
{
  static const struct
  {
    const char *name;
    Operation run;
  } operations[] = {
    { "setContact", set_contact },   { "deleteContact", delete_contact }, { "addGroup", add_group },
    { "modifyGroup", modify_group }, { "deleteGroup", delete_group },
  };
  g_autoptr (FeSoap) soap = fe_body_soap (exchange->request, NULL);
  const Call call = { presence, exchange, soap, exchange->person };

  if (soap == NULL)
    {
      fe_exchange_refuse (exchange, 400, "4001;reason=\"XML parse failure\"");
      return;
    }
  if (!is_number_right (&call))
    {
      fe_event ("roster-conflict", "user:u", exchange->aor, "operation:s", soap->operation, NULL);
      answer (&call, 409, "Conflict",
              g_strdup ("<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client.BadCall.WrongDelta</faultcode>"
                        "<faultstring>Wrong delta number</faultstring></SOAP-ENV:Fault>"));
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (soap->operation, operations[i].name) == 0)
      {
        operations[i].run (&call);
        return;
      }
  fe_exchange_refuse (exchange, 501, NULL);
}
