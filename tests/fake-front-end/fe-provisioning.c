/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-provisioning.h"

#include <string.h>

#define NAMESPACE "http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification"

struct _FeProvisioning
{
  FeProvisioningStyle style;
  gboolean denied;  /* transfer and forwarding */
  GPtrArray *rules; /* (owned) (element-type utf8): expression and translation in turns */
};

FeProvisioning *
fe_provisioning_new (void)
{
  FeProvisioning *self = g_new0 (FeProvisioning, 1);

  self->rules = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
fe_provisioning_free (FeProvisioning *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rules);
  g_free (self);
}

void
fe_provisioning_deny (FeProvisioning *self)
{
  self->denied = TRUE;
}

void
fe_provisioning_set_style (FeProvisioning *self, FeProvisioningStyle style)
{
  self->style = style;
}

void
fe_provisioning_clear (FeProvisioning *self)
{
  g_ptr_array_set_size (self->rules, 0);
}

void
fe_provisioning_add_rule (FeProvisioning *self, const char *pattern, const char *translation)
{
  g_ptr_array_add (self->rules, g_strdup (pattern));
  g_ptr_array_add (self->rules, g_strdup (translation));
}

static void
add_many (FeProvisioning *self)
{
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("^7%04u$", i);

      fe_provisioning_add_rule (self, pattern, "+49301234");
    }
}

gboolean
fe_provisioning_add_hostile (FeProvisioning *self, const char *kind)
{
  static const char *const catastrophic[] = {
    "^(\\d+)+[xX]$",       "^(\\d+\\d+)+[xX]$",         "^((\\d*)*)*[xX]$",
    "^(\\d|\\d\\d)+[xX]$", "^(?:\\d?){30}\\d{30}[xX]$",
  };
  static const char *const garbage[] = {
    "(",
    "(*LIMIT_MATCH=4294967295)^(\\d+)+x$",
    "[[:digit:]",
    "(?R)",
    "\\",
    "*",
    "(\\d{1,3}){1,999}",
  };

  if (g_strcmp0 (kind, "many") == 0)
    add_many (self);
  else if (g_strcmp0 (kind, "catastrophic") == 0)
    for (guint i = 0; i < 100; i++)
      fe_provisioning_add_rule (self, catastrophic[i % G_N_ELEMENTS (catastrophic)], "+1");
  else if (g_strcmp0 (kind, "garbage") == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
      fe_provisioning_add_rule (self, garbage[i], i % 2 == 0 ? "+1" : "call me $1");
  else
    return FALSE;
  return TRUE;
}

/* --- the document --------------------------------------------------------------------------- */

/* @inner: XML already */
static void
append_entry (GString *xml, gboolean as_property, const char *name, const char *inner)
{
  if (as_property)
    g_string_append_printf (xml, "<property name=\"%s\">%s</property>", name, inner);
  else
    g_string_append_printf (xml, "<%s>%s</%s>", name, inner, name);
}

static char *
write_profile (const FeProvisioning *self, const FeConfig *config)
{
  GString *xml = g_string_new (NULL);

  g_string_append_printf (xml, "<locationProfileDescription><name>Berlin.%s</name><rules>",
                          config->domain);
  for (guint i = 0; i + 1 < self->rules->len; i += 2)
    {
      g_autofree char *rule = g_markup_printf_escaped (
        "<rule><pattern>%s</pattern><translation>%s</translation></rule>",
        (char *) self->rules->pdata[i], (char *) self->rules->pdata[i + 1]);

      g_string_append (xml, rule);
    }
  g_string_append (xml, "</rules><optimizeDeviceDialing>true</optimizeDeviceDialing>"
                        "</locationProfileDescription>");
  return g_string_free (xml, FALSE);
}

static void
append_server (const FeProvisioning *self, const FeConfig *config, GString *xml)
{
  gboolean properties = self->style == FE_PROVISIONING_PROPERTIES;
  g_autofree char *profile = write_profile (self, config);
  const struct
  {
    const char *name, *format;
  } urls[] = {
    { "absInternalServerUrl", "https://%s/abs/handler" },
    { "absExternalServerUrl", "https://outside.%s/abs/handler" },
    { "helpdeskInternalUrl", "https://%s/help" },
    { "helpdeskExternalUrl", "https://outside.%s/help" },
    { "poolUri", "sip:%s;gruu;opaque=srvr:HomeServer" },
    { "voicemailUri", "sip:voice-mail@%s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_auto (GStrv) parts = g_strsplit (urls[i].format, "%s", 2);
      g_autofree char *url = g_strconcat (parts[0], config->server, parts[1], NULL);

      append_entry (xml, properties, urls[i].name, url);
    }
  append_entry (xml, properties, "organization", "Fabrikam");
  append_entry (xml, properties, "consoleDownloadInternalUrl", "");
  append_entry (xml, properties, "ucLocationProfile", profile);
}

static void
append_policy (const FeProvisioning *self, GString *xml)
{
  gboolean properties = self->style != FE_PROVISIONING_ELEMENTS;
  const char *allowed = self->denied ? "false" : "true";

  append_entry (xml, properties, "enableCallTransfer", allowed);
  append_entry (xml, properties, "allowCallForwarding", allowed);
  append_entry (xml, properties, "enableCallPark", "false");
}

char *
fe_provisioning_write (const FeProvisioning *self, const FeConfig *config)
{
  gboolean server = self->style == FE_PROVISIONING_PROPERTIES;
  gboolean policy = self->style != FE_PROVISIONING_ELEMENTS;
  GString *xml = g_string_new ("<provisionGroupList xmlns=\"" NAMESPACE "\">"
                               "<provisionGroup name=\"ServerConfiguration\">");

  g_string_append (xml, server ? "<propertyEntryList>" : "");
  append_server (self, config, xml);
  g_string_append (xml, server ? "</propertyEntryList>" : "");
  g_string_append (xml, "</provisionGroup><provisionGroup name=\"ucPolicy\">");
  g_string_append (xml, policy ? "<instance><propertyEntryList>" : "");
  append_policy (self, xml);
  g_string_append (xml, policy ? "</propertyEntryList></instance>" : "");
  g_string_append (xml, "</provisionGroup><provisionGroup name=\"endpointConfiguration\">"
                        "<propertyEntryList><property name=\"absusage\">WebSearchAndFileDownload"
                        "</property></propertyEntryList></provisionGroup></provisionGroupList>");
  return g_string_free (xml, FALSE);
}
