/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The documents of [MS-SIP]'s provisioning packages, both ways. */

#include <string.h>

#include "provisioning-private.h"
#include "xml-tree.h"

/* Digits of an outside line, as in the settings. */
#define OUTSIDE_LINE_MAX 8
/* "WebSearchAndFileDownload", "true": a word. */
#define WORD_MAX 64

typedef enum
{
  GROUP_SERVER,
  GROUP_USER,
  GROUP_POLICY,
  GROUP_ENDPOINT,
  GROUP_LINE, /* of ours alone: what LCS 2005 says elsewhere */
  N_GROUPS,
} Group;

typedef enum
{
  KIND_TEXT,
  KIND_URL,
  KIND_ADDRESS, /* sip: or tel: */
} Kind;

/* clang-format off */
static const struct
{
  Group group;
  const char *name;
  OhProvisionText text;
  Kind kind;
} texts[] = {
  { GROUP_SERVER, "absInternalServerUrl", OH_PROVISION_ADDRESS_BOOK_INTERNAL, KIND_URL },
  { GROUP_SERVER, "absExternalServerUrl", OH_PROVISION_ADDRESS_BOOK_EXTERNAL, KIND_URL },
  { GROUP_SERVER, "dlxInternalUrl", OH_PROVISION_DIRECTORY_INTERNAL, KIND_URL },
  { GROUP_SERVER, "dlxExternalUrl", OH_PROVISION_DIRECTORY_EXTERNAL, KIND_URL },
  { GROUP_SERVER, "helpdeskInternalUrl", OH_PROVISION_HELP_INTERNAL, KIND_URL },
  { GROUP_SERVER, "helpdeskExternalUrl", OH_PROVISION_HELP_EXTERNAL, KIND_URL },
  { GROUP_SERVER, "poolUri", OH_PROVISION_POOL, KIND_ADDRESS },
  { GROUP_SERVER, "organization", OH_PROVISION_ORGANIZATION, KIND_TEXT },
  { GROUP_SERVER, "voicemailUri", OH_PROVISION_VOICE_MAIL, KIND_ADDRESS },
  { GROUP_POLICY, "name", OH_PROVISION_VOICE_POLICY, KIND_TEXT },
  { GROUP_ENDPOINT, "absusage", OH_PROVISION_ADDRESS_BOOK_USE, KIND_TEXT },
  { GROUP_LINE, "uri", OH_PROVISION_LINE, KIND_ADDRESS },
  { GROUP_LINE, "server", OH_PROVISION_LINE_SERVER, KIND_ADDRESS },
};

static const struct
{
  const char *name;
  OhProvisionPolicy policy;
} policies[] = {
  { "enableCallTransfer", OH_PROVISION_TRANSFER },
  { "allowCallForwarding", OH_PROVISION_FORWARDING },
  { "allowSimultaneousRinging", OH_PROVISION_SIMULTANEOUS_RING },
  { "enableCallPark", OH_PROVISION_PARK },
  { "enableTeamCall", OH_PROVISION_TEAM_CALL },
  { "enableDelegation", OH_PROVISION_DELEGATION },
};

static const struct
{
  const char *name;
  Group group;
} groups[] = {
  { "ServerConfiguration", GROUP_SERVER },
  { "userSetting", GROUP_USER },
  { "UserSettings", GROUP_USER },
  { "ucPolicy", GROUP_POLICY },
  { "endpointConfiguration", GROUP_ENDPOINT },
  { "offhookLine", GROUP_LINE },
};
/* clang-format on */

/* --- values --------------------------------------------------------------------------------- */

static gboolean
is_printable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
is_of_kind (const char *text, Kind kind)
{
  if (!is_printable (text))
    return FALSE;
  switch (kind)
    {
    case KIND_URL: return g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "http://");
    case KIND_ADDRESS:
      return g_ascii_strncasecmp (text, "sip:", 4) == 0 ||
             g_ascii_strncasecmp (text, "tel:", 4) == 0;
    case KIND_TEXT:
    default: return TRUE;
    }
}

static void
set_text (OhProvisioning *self, OhProvisionText text, char *value)
{
  g_free (self->texts[text]);
  self->texts[text] = value != NULL ? value : g_strdup ("");
}

static void
take_text (OhProvisioning *self, OhProvisionText text, Kind kind, char *value)
{
  g_autofree char *own = value;

  if (own != NULL && strlen (own) < OH_PROVISION_TEXT_MAX && is_of_kind (own, kind))
    set_text (self, text, g_steal_pointer (&own));
}

static OhPermission
read_permission (const xmlNode *node)
{
  g_autofree char *word = oh_xml_text (node, WORD_MAX);

  if (word == NULL)
    return OH_PERMISSION_UNSAID;
  if (g_ascii_strcasecmp (word, "true") == 0 || g_str_equal (word, "1"))
    return OH_PERMISSION_GRANTED;
  if (g_ascii_strcasecmp (word, "false") == 0 || g_str_equal (word, "0"))
    return OH_PERMISSION_DENIED;
  return OH_PERMISSION_UNSAID;
}

/* --- the location profile ------------------------------------------------------------------- */

static void
read_rule (OhLocationProfile *profile, const xmlNode *node)
{
  OhLocationRule *rule;

  /* One more than can be used, so that it is told that there are more. */
  if (profile->rules->len > OH_NUMBER_RULES_MAX)
    return;
  rule = g_new0 (OhLocationRule, 1);
  rule->pattern = oh_xml_text (oh_xml_child (node, "pattern"), OH_NUMBER_PATTERN_MAX + 1);
  rule->translation =
    oh_xml_text (oh_xml_child (node, "translation"), OH_NUMBER_TRANSLATION_MAX + 1);
  if (rule->pattern == NULL) /* kept all the same: it counts, and is told as wrong */
    rule->pattern = g_strdup ("");
  if (rule->translation == NULL)
    rule->translation = g_strdup ("");
  g_ptr_array_add (profile->rules, rule);
}

static void
read_profile_entry (OhLocationProfile *profile, const xmlNode *node)
{
  g_autofree char *text = NULL;

  if (oh_xml_name_is (node, "name") && profile->name[0] == '\0')
    {
      text = oh_xml_text (node, OH_PROVISION_NAME_MAX);
      if (text != NULL && is_printable (text))
        {
          g_free (profile->name);
          profile->name = g_steal_pointer (&text);
        }
    }
  else if (oh_xml_name_is (node, "externalAccessPrefix"))
    {
      text = oh_xml_text (node, WORD_MAX);
      if (text != NULL && strlen (text) <= OUTSIDE_LINE_MAX &&
          text[strspn (text, "0123456789*#")] == '\0')
        {
          g_free (profile->outside_line);
          profile->outside_line = g_steal_pointer (&text);
        }
    }
  else if (oh_xml_name_is (node, "optimizeDeviceDialing"))
    profile->dials_at_once = read_permission (node) == OH_PERMISSION_GRANTED;
}

/* How deep the entries stand differs from version to version; the reader bounds the depth. */
static void
read_profile_below (OhLocationProfile *profile, const xmlNode *parent)
{
  for (const xmlNode *node = oh_xml_child (parent, NULL); node != NULL;
       node = oh_xml_next (node, NULL))
    {
      if (oh_xml_name_is (node, "rule"))
        read_rule (profile, node);
      else
        {
          read_profile_entry (profile, node);
          read_profile_below (profile, node);
        }
    }
}

static void
read_profile (OhLocationProfile **profile, const xmlNode *node)
{
  oh_location_profile_free (*profile);
  *profile = oh_location_profile_new ();
  read_profile_below (*profile, node);
}

/* --- groups --------------------------------------------------------------------------------- */

static void
take_entry (OhProvisioning *self, Group group, const char *name, const xmlNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].group == group && g_ascii_strcasecmp (texts[i].name, name) == 0)
      take_text (self, texts[i].text, texts[i].kind, oh_xml_text (node, OH_PROVISION_TEXT_MAX));
  for (gsize i = 0; group == GROUP_POLICY && i < G_N_ELEMENTS (policies); i++)
    if (g_ascii_strcasecmp (policies[i].name, name) == 0)
      self->policies[policies[i].policy] = read_permission (node);
  if (group == GROUP_SERVER && g_ascii_strcasecmp (name, "ucLocationProfile") == 0)
    read_profile (&self->pool_profile, node);
  if (group == GROUP_USER && g_ascii_strcasecmp (name, "ucUserLocationProfile") == 0)
    read_profile (&self->user_profile, node);
}

/* Entries are elements, or properties in a list; lists stand in instances sometimes. */
static void
take_entries (OhProvisioning *self, Group group, const xmlNode *parent)
{
  for (const xmlNode *node = oh_xml_child (parent, NULL); node != NULL;
       node = oh_xml_next (node, NULL))
    {
      const char *name = oh_xml_attr (node, "name");

      if (oh_xml_name_is (node, "instance") || oh_xml_name_is (node, "propertyEntryList"))
        take_entries (self, group, node);
      else if (oh_xml_name_is (node, "property") && name != NULL)
        take_entry (self, group, name, node);
      else
        take_entry (self, group, (const char *) node->name, node);
    }
}

static void
clear_group (OhProvisioning *self, Group group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].group == group)
      set_text (self, texts[i].text, NULL);
  if (group == GROUP_POLICY)
    memset (self->policies, 0, sizeof self->policies);
  if (group == GROUP_SERVER)
    g_clear_pointer (&self->pool_profile, oh_location_profile_free);
  if (group == GROUP_USER)
    g_clear_pointer (&self->user_profile, oh_location_profile_free);
}

static gboolean
find_group (const char *name, Group *group)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (groups); i++)
    if (g_ascii_strcasecmp (groups[i].name, name) == 0)
      {
        *group = groups[i].group;
        return TRUE;
      }
  return FALSE;
}

gboolean
oh_provisioning_read (OhProvisioning *self, OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "provisionGroupList", error);
  gboolean seen[N_GROUPS] = { FALSE };
  const xmlNode *root;
  const char *at;

  if (doc == NULL)
    return FALSE;
  root = oh_xml_root (doc);
  at = oh_xml_attr (root, "offhookAt");
  if (at != NULL)
    g_ascii_string_to_signed (at, 10, 0, G_MAXINT64, &self->at_us, NULL);
  for (const xmlNode *node = oh_xml_child (root, "provisionGroup"); node != NULL;
       node = oh_xml_next (node, "provisionGroup"))
    {
      Group group;

      if (!find_group (oh_xml_attr (node, "name"), &group))
        continue;
      if (!seen[group]) /* one may come in two parts */
        clear_group (self, group);
      seen[group] = TRUE;
      take_entries (self, group, node);
    }
  return TRUE;
}

/* --- LCS 2005 ------------------------------------------------------------------------------- */

static const xmlNode *
find_line (const xmlNode *parent)
{
  for (const xmlNode *node = oh_xml_child (parent, NULL); node != NULL;
       node = oh_xml_next (node, NULL))
    {
      const xmlNode *below = oh_xml_name_is (node, "line") ? node : find_line (node);

      if (below != NULL)
        return below;
    }
  return NULL;
}

gboolean
oh_provisioning_read_line (OhProvisioning *self, OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, NULL, error);
  const xmlNode *line;

  if (doc == NULL)
    return FALSE;
  line = find_line (oh_xml_root (doc));
  clear_group (self, GROUP_LINE);
  if (line == NULL)
    return TRUE;
  take_text (self, OH_PROVISION_LINE, KIND_ADDRESS,
             oh_xml_attr_dup (line, "uri", OH_PROVISION_TEXT_MAX));
  take_text (self, OH_PROVISION_LINE_SERVER, KIND_ADDRESS,
             oh_xml_attr_dup (line, "server", OH_PROVISION_TEXT_MAX));
  return TRUE;
}

/* --- writing -------------------------------------------------------------------------------- */

static void
append_element (GString *xml, const char *name, const char *text)
{
  g_string_append_printf (xml, "<%s>", name);
  oh_xml_append_escaped (xml, text);
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_profile (GString *xml, const char *name, const OhLocationProfile *profile)
{
  if (profile == NULL)
    return;
  g_string_append_printf (xml, "<%s>", name);
  append_element (xml, "name", profile->name);
  for (guint i = 0; i < profile->rules->len; i++)
    {
      const OhLocationRule *rule = g_ptr_array_index (profile->rules, i);

      g_string_append (xml, "<rule>");
      append_element (xml, "pattern", rule->pattern);
      append_element (xml, "translation", rule->translation);
      g_string_append (xml, "</rule>");
    }
  append_element (xml, "externalAccessPrefix", profile->outside_line);
  append_element (xml, "optimizeDeviceDialing", profile->dials_at_once ? "true" : "false");
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_policies (GString *xml, const OhProvisioning *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    if (self->policies[policies[i].policy] != OH_PERMISSION_UNSAID)
      append_element (xml, policies[i].name,
                      self->policies[policies[i].policy] == OH_PERMISSION_GRANTED ? "true"
                                                                                  : "false");
}

static void
append_group (GString *xml, const OhProvisioning *self, const char *name, Group group)
{
  g_string_append_printf (xml, "<provisionGroup name=\"%s\">", name);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].group == group && self->texts[texts[i].text][0] != '\0')
      append_element (xml, texts[i].name, self->texts[texts[i].text]);
  if (group == GROUP_POLICY)
    append_policies (xml, self);
  if (group == GROUP_SERVER)
    append_profile (xml, "ucLocationProfile", self->pool_profile);
  if (group == GROUP_USER)
    append_profile (xml, "ucUserLocationProfile", self->user_profile);
  g_string_append (xml, "</provisionGroup>");
}

char *
oh_provisioning_write (const OhProvisioning *self)
{
  GString *xml = g_string_new (NULL);

  g_string_append_printf (xml, "<provisionGroupList offhookAt=\"%" G_GINT64_FORMAT "\">",
                          self->at_us);
  append_group (xml, self, "ServerConfiguration", GROUP_SERVER);
  append_group (xml, self, "userSetting", GROUP_USER);
  append_group (xml, self, "ucPolicy", GROUP_POLICY);
  append_group (xml, self, "endpointConfiguration", GROUP_ENDPOINT);
  append_group (xml, self, "offhookLine", GROUP_LINE);
  g_string_append (xml, "</provisionGroupList>");
  return g_string_free (xml, FALSE);
}
