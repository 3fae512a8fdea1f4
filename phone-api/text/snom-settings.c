/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-settings.h"
#include "snom-html.h"
#include "snom-page.h"

#include <string.h>

/* Names of settings are identifiers with at most an index. */
#define WORD_MAX 64
/* An action URL of ours is about 200 octets; certificates in the list are longer and of no use. */
#define VALUE_MAX 4096
/* A password of one or two stars would be taken for one. */
#define MASK_MIN 3
/* settings, phone-settings, the setting: nothing of interest is deeper. */
#define DEPTH_MAX 4
#define NAME_OCTETS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.[]-"

/* What is read so far. */
typedef struct
{
  GHashTable *settings; /* (element-type utf8 OhSnomSetting) */
  gboolean flagged;     /* some line had a flag: then none is one, too */
} Reading;

static void
setting_free (gpointer data)
{
  OhSnomSetting *setting = data;

  g_free (setting->value);
  g_free (setting);
}

OhSnomPermission
oh_snom_permission_parse (const char *word)
{
  static const struct
  {
    const char *word;
    OhSnomPermission permission;
  } known[] = {
    { "!", OH_SNOM_PERMISSION_USER },       { "$", OH_SNOM_PERMISSION_WRITABLE },
    { "RW", OH_SNOM_PERMISSION_WRITABLE },  { "", OH_SNOM_PERMISSION_WRITABLE },
    { "&", OH_SNOM_PERMISSION_READ_ONLY },  { "R", OH_SNOM_PERMISSION_READ_ONLY },
    { "RO", OH_SNOM_PERMISSION_READ_ONLY }, { " ", OH_SNOM_PERMISSION_READ_ONLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].word, word))
      return known[i].permission;
  return OH_SNOM_PERMISSION_UNKNOWN;
}

static gboolean
is_setting_name (const char *name)
{
  gsize len = strlen (name);

  return len > 0 && len <= WORD_MAX && (g_ascii_isalpha (*name) || *name == '_') &&
         strspn (name, NAME_OCTETS) == len;
}

static gboolean
is_masked (const char *value)
{
  gsize stars = strspn (value, "*");

  return stars >= MASK_MIN && value[stars] == '\0';
}

static void
keep_setting (Reading *reading, const char *name, const char *value, OhSnomPermission permission)
{
  OhSnomSetting *setting;

  if (g_hash_table_size (reading->settings) >= OH_SNOM_SETTINGS_MAX || !is_setting_name (name) ||
      !g_utf8_validate (value, -1, NULL))
    return;
  setting = g_new0 (OhSnomSetting, 1);
  setting->value = g_strdup (value);
  setting->permission = permission;
  setting->masked = is_masked (value);
  g_hash_table_insert (reading->settings, g_strdup (name), setting);
}

/* A flag of table or text, "" for none; whether none means anything is known at the end. */
static OhSnomPermission
read_flag (Reading *reading, const char *flag)
{
  OhSnomPermission permission =
    strlen (flag) == 1 ? oh_snom_permission_parse (flag) : OH_SNOM_PERMISSION_UNKNOWN;

  reading->flagged = reading->flagged || permission != OH_SNOM_PERMISSION_UNKNOWN;
  return permission;
}

/* In a list with flags no flag is one: read-only. */
static void
settle_flags (Reading *reading)
{
  GHashTableIter iter;
  gpointer value;

  if (!reading->flagged)
    return;
  g_hash_table_iter_init (&iter, reading->settings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((OhSnomSetting *) value)->permission == OH_SNOM_PERMISSION_UNKNOWN)
      ((OhSnomSetting *) value)->permission = OH_SNOM_PERMISSION_READ_ONLY;
}

/* --- the table ------------------------------------------------------------------------------ */

/* The next <td>...; FALSE at the end of the row. */
static gboolean
eat_cell (OhSlice *row, OhSlice *out)
{
  gssize at = oh_snom_html_find (*row, "<td");
  gssize end;

  if (at < 0)
    return FALSE;
  *row = oh_snom_html_from (*row, (gsize) at);
  oh_slice_eat_until (row, ">");
  oh_slice_eat (row, '>');
  end = oh_snom_html_find (*row, "<td"); /* old pages leave out </td> */
  *out = end < 0 ? *row : oh_slice (row->data, (gsize) end);
  *row = oh_snom_html_from (*row, out->len);
  return TRUE;
}

static void
read_row (Reading *reading, OhSlice row)
{
  OhSlice cells[3] = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *flag = NULL;
  g_autofree char *value = NULL;
  guint n = 0;

  while (n < G_N_ELEMENTS (cells) && eat_cell (&row, &cells[n]))
    n++;
  if (n < 2)
    return;
  name = oh_snom_html_text (cells[0], WORD_MAX + 1);
  value = oh_snom_html_text (cells[n - 1], VALUE_MAX);
  flag = n == 3 ? oh_snom_html_text (cells[1], 2) : g_strdup ("");
  if (n == 3 || strlen (value) != 1) /* "name, flag" alone: an empty value */
    keep_setting (reading, name, value, read_flag (reading, flag));
}

static void
read_table (Reading *reading, OhSlice body)
{
  gssize at;

  while ((at = oh_snom_html_find (body, "<tr")) >= 0)
    {
      gssize end;

      body = oh_snom_html_from (body, (gsize) at + 3);
      end = oh_snom_html_find (body, "<tr");
      read_row (reading, end < 0 ? body : oh_slice (body.data, (gsize) end));
      if (end > 0)
        body = oh_snom_html_from (body, (gsize) end);
    }
}

/* --- the text ------------------------------------------------------------------------------- */

/* "name!: value", the flag may be missing; "#" and "<" begin a comment. */
static void
read_line (Reading *reading, OhSlice line)
{
  OhSlice name = oh_slice_eat_until (&line, ": \t");
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  char flag[2] = { 0 };

  oh_slice_eat_space (&line);
  if (!oh_slice_eat (&line, ':') || name.len == 0 || line.len > VALUE_MAX)
    return;
  if (strchr ("!$&R", name.data[name.len - 1]) != NULL && name.len > 1)
    flag[0] = name.data[--name.len];
  key = oh_slice_dup (name);
  value = oh_slice_dup (oh_slice_trim (line));
  keep_setting (reading, key, value, read_flag (reading, flag));
}

static void
read_text (Reading *reading, OhSlice body)
{
  while (body.len > 0)
    {
      read_line (reading, oh_slice_trim (oh_slice_eat_until (&body, "\n")));
      oh_slice_eat (&body, '\n');
    }
}

/* --- the XML -------------------------------------------------------------------------------- */

/* The element under way. */
typedef struct
{
  Reading *reading;
  guint depth;
  gboolean inside; /* of phone-settings */
  char *name;      /* (owned) (nullable): the setting's */
  OhSnomPermission permission;
  GString *value; /* (owned) */
} XmlReading;

static void
begin_setting (XmlReading *self, const char *element, const char **names, const char **values)
{
  const char *index = "";

  self->permission = OH_SNOM_PERMISSION_UNKNOWN;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "idx"))
      index = values[i];
    else if (g_str_equal (names[i], "perm"))
      self->permission = oh_snom_permission_parse (values[i]);
  g_free (self->name);
  self->name = g_strconcat (element, index, NULL);
  g_string_truncate (self->value, 0);
}

static void
on_element (GMarkupParseContext *context, const char *element, const char **names,
            const char **values, gpointer user_data, GError **error)
{
  XmlReading *self = user_data;

  if (++self->depth > DEPTH_MAX)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
  else if (self->inside)
    begin_setting (self, element, names, values);
  else
    self->inside = g_str_equal (element, "phone-settings");
}

static void
on_element_end (GMarkupParseContext *context, const char *element, gpointer user_data,
                GError **error)
{
  XmlReading *self = user_data;

  self->depth--;
  if (self->name != NULL)
    keep_setting (self->reading, self->name, g_strstrip (self->value->str), self->permission);
  else if (g_str_equal (element, "phone-settings"))
    self->inside = FALSE;
  g_clear_pointer (&self->name, g_free);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize len, gpointer user_data,
         GError **error)
{
  XmlReading *self = user_data;

  if (self->name != NULL && self->value->len + len <= VALUE_MAX)
    g_string_append_len (self->value, text, (gssize) len);
}

/* A document that breaks off says what it has said until then. */
static void
read_xml (Reading *reading, OhSlice body)
{
  static const GMarkupParser parser = {
    .start_element = on_element,
    .end_element = on_element_end,
    .text = on_text,
  };
  XmlReading self = { .reading = reading, .value = g_string_new (NULL) };
  GMarkupParseContext *context =
    g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  gsize used = body.len;
  g_autofree char *utf8 =
    g_utf8_validate (body.data, (gssize) body.len, NULL)
      ? NULL
      : g_convert (body.data, (gssize) body.len, "UTF-8", "ISO-8859-1", NULL, &used, NULL);

  g_markup_parse_context_parse (context, utf8 != NULL ? utf8 : body.data, (gssize) used, NULL);
  g_markup_parse_context_free (context);
  g_string_free (self.value, TRUE);
  g_free (self.name);
}

/* --- whichever it is ------------------------------------------------------------------------ */

GHashTable *
oh_snom_settings_read (OhSlice body)
{
  Reading reading = {
    .settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, setting_free),
  };

  if (body.len > OH_SNOM_PAGE_MAX)
    return reading.settings;
  if (oh_snom_html_find (body, "<phone-settings") >= 0)
    read_xml (&reading, body);
  else if (oh_snom_html_find (body, "<tr") >= 0)
    read_table (&reading, body);
  else if (oh_snom_html_find (body, "<html") < 0)
    read_text (&reading, body);
  settle_flags (&reading);
  return reading.settings;
}

GHashTable *
oh_snom_settings_parse (OhSlice body)
{
  g_autoptr (GHashTable) settings = oh_snom_settings_read (body);
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, setting;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &setting))
    g_hash_table_insert (values, g_strdup (name),
                         g_steal_pointer (&((OhSnomSetting *) setting)->value));
  return values;
}

const char *
oh_snom_settings_value (GHashTable *settings, const char *name)
{
  const OhSnomSetting *setting = settings != NULL ? g_hash_table_lookup (settings, name) : NULL;

  return setting != NULL && !setting->masked ? setting->value : NULL;
}

gboolean
oh_snom_settings_is_on (GHashTable *settings, const char *name)
{
  const char *value = oh_snom_settings_value (settings, name);

  return value != NULL && (g_ascii_strcasecmp (value, "on") == 0 ||
                           g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
}

OhSnomPermission
oh_snom_settings_permission (GHashTable *settings, const char *name)
{
  const OhSnomSetting *setting = settings != NULL ? g_hash_table_lookup (settings, name) : NULL;

  return setting != NULL ? setting->permission : OH_SNOM_PERMISSION_UNKNOWN;
}
