/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-pages.h"

#include "sim-query.h"

#include <string.h>

#define FORM_FIELDS_MAX 24
#define SCREEN_WIDTH 64
#define SCREEN_ROW 8

struct _SimPages
{
  SimPhone *phone;
  char *tag_name; /* (owned): differs from run to run, so that nobody relies on it */
  GQueue tags;    /* (owned) (element-type utf8): values given out, oldest first */
};

/* Where the form tabs are and which settings they show; '#' stands for the identity's number. */
/* clang-format off */
static const struct { const char *path; const char *fields[FORM_FIELDS_MAX]; } forms[] = {
  { "/line_login.htm", { "user_active#", "user_realname#", "user_name#", "user_pass#", "user_host#", "user_pname#", "user_outbound#" } },
  { "/line_sip.htm", { "user_expiry#", "user_auto_connect#", "user_server_type#" } },
  { "/line_rtp.htm", { "user_srtp#", "user_savp#", "codec_priority_list#" } },
  { "/action.htm", { "action_setup_url", "action_incoming_url", "action_outgoing_url", "action_offhook_url",
      "action_onhook_url", "action_connected_url", "action_disconnected_url", "action_missed_url",
      "action_dnd_on_url", "action_dnd_off_url", "action_redirection_on_url", "action_redirection_off_url",
      "action_reg_failed", "action_log_on_url", "action_log_off_url", "action_hold", "action_unhold",
      "action_blind_transfer", "action_attended_transfer", "action_longpress_url" } },
  { "/fkey.htm", { "fkey0", "fkey1", "fkey2", "fkey3" } },
  { "/advanced_qos_security.htm", { "http_user", "http_pass", "http_scheme", "use_hidden_tags", "restrict_uri_queries",
      "admin_mode_password", "admin_mode_password_confirm", "service_mode_login", "service_mode_pass" } },
  { "/security.htm", { "admin_mode_password", "admin_mode_password_confirm", "http_user", "http_pass", "use_hidden_tags" } },
};

/* Blue, green, red of a call's bar. */
static const guint8 colours[SIM_N_CALL_STATES][3] = {
  [SIM_CALL_OFFHOOK] = { 128, 128, 128 }, [SIM_CALL_CALLING] = { 0, 255, 255 },
  [SIM_CALL_RINGING] = { 0, 128, 255 },   [SIM_CALL_OFFERED] = { 0, 0, 255 },
  [SIM_CALL_CONNECTED] = { 0, 255, 0 },   [SIM_CALL_HOLDING] = { 255, 0, 0 },
  [SIM_CALL_ON_HOLD] = { 255, 0, 128 },
};
/* clang-format on */

SimPages *
sim_pages_new (SimPhone *phone)
{
  SimPages *self = g_new0 (SimPages, 1);

  self->phone = phone;
  self->tag_name = g_strdup_printf ("t%08x", g_random_int ());
  g_queue_init (&self->tags);
  return self;
}

void
sim_pages_free (SimPages *self)
{
  g_queue_clear_full (&self->tags, g_free);
  g_free (self->tag_name);
  g_free (self);
}

char *
sim_page (const char *title, const char *body)
{
  g_autofree char *safe = g_markup_escape_text (title, -1);

  return g_strdup_printf ("<HTML>\n<HEAD><TITLE>%s</TITLE></HEAD>\n<BODY>\n%s\n</BODY>\n</HTML>\n",
                          safe, body);
}

char *
sim_page_blocked (SimPhone *phone, gint64 left_s)
{
  g_autofree char *body = g_strdup_printf (
    "<P>Access has been blocked after too many failed logins. Try again in %" G_GINT64_FORMAT
    " seconds.</P>",
    left_s);

  return sim_page (phone->kind->model, body);
}

char *
sim_page_error (void)
{
  return sim_page ("snom VoIP phone: Error", "<P>The page could not be shown.</P>");
}

char *
sim_page_single (void)
{
  return g_strdup ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                   "<title>Phone Manager</title></head><body><div id=\"app\"></div>"
                   "<script src=\"/app.js\"></script></body></html>\n");
}

char *
sim_page_base (SimPhone *phone)
{
  return g_strdup_printf ("<html><head><title>%s</title></head><frameset>"
                          "<frame src=\"/main.html\"></frameset></html>\n",
                          phone->kind->model + strlen ("snom"));
}

static char *
page (SimPages *self, const char *body)
{
  return sim_page (sim_settings_get (self->phone->settings, "phone_name"), body);
}

char *
sim_pages_index (SimPages *self)
{
  return page (self, "<FORM method=POST action=\"index.htm\"><INPUT type=text name=\"NUMBER\">"
                     "<INPUT type=submit name=\"DIAL\" value=\"Dial\"></FORM>");
}

char *
sim_pages_info (SimPages *self)
{
  SimPhone *phone = self->phone;
  const char *mac = sim_settings_get (phone->settings, "mac");
  const char *model = phone->kind->model;
  const char *firmware = phone->kind->firmware;
  gboolean new_look = g_str_has_prefix (model, "snomD");
  g_autofree char *body = NULL;

  if (new_look)
    body = g_strdup_printf ("<PRE>\nMac:%s\nHardware: %s\nFirmware-Version: %s\n</PRE>", mac,
                            model + strlen ("snom"), firmware);
  else
    body = g_strdup_printf ("<TABLE>\n<TR><TD>Mac:</TD><TD>%s</TD></TR>\n"
                            "<TR><TD>Hardware:</TD><TD>%s</TD></TR>\n"
                            "<TR><TD>Firmware-Version:</TD><TD>%s</TD></TR>\n</TABLE>",
                            mac, model, firmware);
  return page (self, body);
}

/* Settings: the table and the two exports */

typedef struct
{
  GString *out;
  gboolean admin;
} Listing;

static void
list_row (const char *name, char flag, const char *value, gpointer user_data)
{
  Listing *listing = user_data;
  gboolean hide = sim_settings_is_secret (name) && *value != '\0';
  g_autofree char *safe = g_markup_escape_text (hide ? "*****" : value, -1);

  if (listing->admin || flag == '!')
    g_string_append_printf (listing->out, "<TR><TD>%s</TD><TD>%s</TD><TD>%s</TD></TR>\n", name,
                            flag == '&'   ? "&amp;"
                            : flag == '$' ? "$"
                                          : "!",
                            safe);
}

char *
sim_pages_settings (SimPages *self, gboolean admin)
{
  g_autoptr (GString) body = g_string_new (NULL);
  Listing listing = { body, admin };

  if (admin)
    g_string_append (body, "<A HREF=\"settings.xml\">Save as XML</A>\n"
                           "<A HREF=\"settings.cfg\">Save as text</A>\n");
  g_string_append (body, "<TABLE>\n");
  sim_settings_foreach (self->phone->settings, list_row, &listing);
  g_string_append (body, "</TABLE>");
  return page (self, body->str);
}

static void
list_line (const char *name, char flag, const char *value, gpointer user_data)
{
  if (!sim_settings_is_secret (name))
    g_string_append_printf (user_data, "%s%c: %s\n", name, flag, value);
}

char *
sim_pages_settings_text (SimPages *self)
{
  GString *out = g_string_new ("# settings\n");

  sim_settings_foreach (self->phone->settings, list_line, out);
  return g_string_free (out, FALSE);
}

static void
list_element (const char *name, char flag, const char *value, gpointer user_data)
{
  gsize stem = strcspn (name, "0123456789");
  gboolean indexed = g_str_has_prefix (name, "user_") && name[stem] != '\0';
  g_autofree char *element = g_strndup (name, indexed ? stem : strlen (name));
  g_autofree char *index = indexed ? g_strdup_printf (" idx=\"%s\"", name + stem) : g_strdup ("");
  g_autofree char *safe = g_markup_escape_text (value, -1);

  if (!sim_settings_is_secret (name))
    g_string_append_printf (user_data, "    <%s%s perm=\"%s\">%s</%s>\n", element, index,
                            flag == '!'   ? "!"
                            : flag == '$' ? "RW"
                                          : "R",
                            safe, element);
}

char *
sim_pages_settings_xml (SimPages *self)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<settings>\n"
                               "  <phone-settings e=\"2\">\n");

  sim_settings_foreach (self->phone->settings, list_element, out);
  g_string_append (out, "  </phone-settings>\n</settings>\n");
  return g_string_free (out, FALSE);
}

/* Forms */

static const char *
new_tag (SimPages *self)
{
  char *value = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());

  if (self->tags.length >= SIM_TAGS_MAX)
    g_free (g_queue_pop_head (&self->tags));
  g_queue_push_tail (&self->tags, value);
  return value;
}

static void
append_field (SimPages *self, GString *body, const char *field, guint line)
{
  g_autofree char *number = g_strdup_printf ("%u", line);
  g_auto (GStrv) parts = g_strsplit (field, "#", 2);
  g_autofree char *name = g_strjoinv (number, parts);
  const char *value = sim_settings_get (self->phone->settings, name);
  gboolean secret = sim_settings_is_secret (name);
  g_autofree char *safe = g_markup_escape_text (secret ? "" : value, -1);

  g_string_append_printf (body, "<INPUT type=%s name=\"%s\" value=\"%s\">\n",
                          secret ? "password" : "text", name, safe);
}

char *
sim_pages_form (SimPages *self, const char *path, guint line)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean is_line = g_str_has_prefix (path, "/line_");
  guint i = 0;

  while (i < G_N_ELEMENTS (forms) && !g_str_equal (forms[i].path, path))
    i++;
  if (i == G_N_ELEMENTS (forms))
    return NULL;
  g_string_append_printf (body, "<FORM method=POST action=\"%s", path + 1);
  if (is_line)
    g_string_append_printf (body, "?l=%u", line);
  g_string_append (body, "\">\n");
  if (sim_settings_on (self->phone->settings, "use_hidden_tags"))
    g_string_append_printf (body, "<INPUT type=hidden name=\"%s\" value=\"%s\">\n", self->tag_name,
                            new_tag (self));
  for (guint f = 0; f < FORM_FIELDS_MAX && forms[i].fields[f] != NULL; f++)
    append_field (self, body, forms[i].fields[f], line);
  g_string_append_printf (body, "<INPUT type=submit name=\"Settings\" value=\"%s\"></FORM>",
                          is_line || g_str_equal (path, "/security.htm") ? "Save" : "Apply");
  return page (self, body->str);
}

gboolean
sim_pages_take_tag (SimPages *self, GPtrArray *form)
{
  const char *value = sim_query_get (form, self->tag_name);
  GList *found =
    value != NULL ? g_queue_find_custom (&self->tags, value, (GCompareFunc) g_strcmp0) : NULL;

  if (found == NULL)
    return FALSE;
  g_free (found->data);
  g_queue_delete_link (&self->tags, found);
  return TRUE;
}

gboolean
sim_pages_is_tag (SimPages *self, const char *name)
{
  return g_str_equal (self->tag_name, name);
}

/* The display */

static void
append_u32 (GByteArray *out, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
append_row (GByteArray *out, SimCallState state)
{
  for (guint i = 0; i < SCREEN_WIDTH * SCREEN_ROW; i++)
    g_byte_array_append (out, colours[state], 3);
}

GBytes *
sim_pages_screen (SimPages *self)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  guint count = 0;

  for (guint state = 1; state < SIM_N_CALL_STATES; state++)
    if (sim_calls_find (self->phone->calls, state) != NULL)
      {
        append_row (rows, state);
        count++;
      }
  if (count == 0)
    append_row (rows, SIM_CALL_CLOSED);
  count = MAX (count, 1);
  g_byte_array_append (out, (const guint8 *) "BM", 2);
  append_u32 (out, 54 + rows->len); /* file header of 14 bytes, BITMAPINFOHEADER of 40 */
  append_u32 (out, 0);
  append_u32 (out, 54);
  append_u32 (out, 40);
  append_u32 (out, SCREEN_WIDTH);
  append_u32 (out, count * SCREEN_ROW);
  append_u32 (out, 1 | 24u << 16); /* one plane, 24 bits per pixel */
  for (guint i = 0; i < 6; i++)
    append_u32 (out, 0);
  g_byte_array_append (out, rows->data, rows->len);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
