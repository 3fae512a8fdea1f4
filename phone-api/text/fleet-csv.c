/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fleet-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mac-address.h"

#define DNS_NAME_MAX 253
#define DNS_LABEL_MAX 63

enum
{
  COLUMN_NAME,
  COLUMN_MAC,
  COLUMN_ADDRESS,
  COLUMN_DNS,
  N_COLUMNS,
};

static const char *const column_names[N_COLUMNS] = { "name", "mac", "address", "dns" };

/* A reading under way. */
typedef struct
{
  OhSlice rest;
  guint line; /* of what was read last */
  char separator;
  int columns[N_COLUMNS]; /* which field; -1 when the list has none */
  GPtrArray *faults;      /* (unowned) */
  GPtrArray *phones;      /* (owned) */
  GHashTable *lines;      /* (owned): name or MAC, to the line where it stands */
} Reading;

void
oh_fleet_phone_free (OhFleetPhone *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->mac);
  g_free (self->address);
  g_free (self->dns);
  g_free (self);
}

static void fault (Reading *reading, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (Reading *reading, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (reading->faults->len >= OH_FLEET_FAULTS_MAX)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (reading->faults, g_strdup_printf (_ ("line %u: %s"), reading->line, text));
}

/* --- names ---------------------------------------------------------------------------------- */

gboolean
oh_fleet_name_is_valid (const char *name)
{
  gsize len = strlen (name);

  if (len == 0 || len > OH_FLEET_NAME_MAX || !g_ascii_isalnum (name[0]))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("._-", name[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_label (OhSlice label)
{
  if (label.len == 0 || label.len > DNS_LABEL_MAX || label.data[0] == '-' ||
      label.data[label.len - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < label.len; i++)
    if (!g_ascii_isalnum (label.data[i]) && label.data[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
oh_fleet_dns_is_valid (const char *name)
{
  OhSlice rest = oh_slice_str (name);

  if (rest.len == 0 || rest.len > DNS_NAME_MAX || g_hostname_is_ip_address (name))
    return FALSE;
  for (;;)
    {
      gssize dot = oh_slice_find (rest, '.');

      if (!is_label (dot < 0 ? rest : oh_slice (rest.data, (gsize) dot)))
        return FALSE;
      if (dot < 0)
        return TRUE;
      rest = oh_slice (rest.data + dot + 1, rest.len - (gsize) dot - 1);
    }
}

/* --- lines and fields ----------------------------------------------------------------------- */

/* The next line without its end; FALSE when there is none. */
static gboolean
next_line (Reading *reading, OhSlice *line)
{
  gssize end;

  if (reading->rest.len == 0)
    return FALSE;
  end = oh_slice_find (reading->rest, '\n');
  *line = oh_slice (reading->rest.data, end < 0 ? reading->rest.len : (gsize) end);
  reading->rest = end < 0
                    ? oh_slice (NULL, 0)
                    : oh_slice (reading->rest.data + end + 1, reading->rest.len - line->len - 1);
  if (line->len > 0 && line->data[line->len - 1] == '\r')
    line->len--;
  reading->line++;
  return TRUE;
}

static gboolean
is_blank (OhSlice line)
{
  OhSlice text = oh_slice_trim (line);

  return text.len == 0 || text.data[0] == '#';
}

/* Takes a field in quotes, the first of which was taken. */
static gboolean
eat_quoted (OhSlice *line, GString *field)
{
  while (line->len > 0)
    {
      char c = *line->data;

      *line = oh_slice (line->data + 1, line->len - 1);
      if (c == '"' && !oh_slice_eat (line, '"'))
        return TRUE;
      g_string_append_c (field, c);
    }
  return FALSE;
}

static gboolean
eat_field (Reading *reading, OhSlice *line, GString *field)
{
  if (oh_slice_eat (line, '"'))
    {
      if (!eat_quoted (line, field))
        {
          fault (reading, "%s", _ ("A quotation mark is not closed."));
          return FALSE;
        }
    }
  else
    while (line->len > 0 && *line->data != reading->separator)
      {
        g_string_append_c (field, *line->data);
        *line = oh_slice (line->data + 1, line->len - 1);
      }
  if (field->len > OH_FLEET_FIELD_MAX || memchr (field->str, '\0', field->len) != NULL)
    {
      fault (reading, "%s", _ ("A field is too long, or no text."));
      return FALSE;
    }
  if (line->len > 0 && *line->data != reading->separator)
    {
      fault (reading, "%s", _ ("Behind a quotation mark stands more text."));
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable) (element-type utf8): the fields of @line, blanks around them gone */
static GPtrArray *
split (Reading *reading, OhSlice line)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      g_autoptr (GString) field = g_string_new (NULL);

      if (!eat_field (reading, &line, field))
        return NULL;
      g_ptr_array_add (fields, g_strstrip (g_strdup (field->str)));
      if (!oh_slice_eat (&line, reading->separator))
        return g_steal_pointer (&fields);
    }
}

/* --- the list ------------------------------------------------------------------------------- */

static gboolean
take_columns (Reading *reading, GPtrArray *fields)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      reading->columns[column] = -1;
      for (guint i = 0; i < fields->len; i++)
        if (g_ascii_strcasecmp (g_ptr_array_index (fields, i), column_names[column]) == 0)
          {
            if (reading->columns[column] >= 0)
              fault (reading, _ ("There are two columns “%s”."), column_names[column]);
            reading->columns[column] = (int) i;
          }
      if (reading->columns[column] < 0 && column <= COLUMN_MAC)
        fault (reading, _ ("The first line has to name the columns; “%s” is missing."),
               column_names[column]);
    }
  return reading->faults->len == 0;
}

static gboolean
read_columns (Reading *reading)
{
  OhSlice line;

  if (oh_slice_has_prefix_case (reading->rest, "\xef\xbb\xbf")) /* what spreadsheets begin with */
    reading->rest = oh_slice (reading->rest.data + 3, reading->rest.len - 3);
  while (next_line (reading, &line))
    {
      g_autoptr (GPtrArray) fields = NULL;

      if (is_blank (line))
        continue;
      reading->separator =
        oh_slice_find (line, ';') >= 0 && oh_slice_find (line, ',') < 0 ? ';' : ',';
      fields = split (reading, line);
      return fields != NULL && take_columns (reading, fields);
    }
  fault (reading, "%s", _ ("There is nothing in it."));
  return FALSE;
}

/* (transfer full) (nullable): NULL for an empty field, too */
static char *
dup_field (Reading *reading, GPtrArray *fields, guint column)
{
  int at = reading->columns[column];
  const char *text = at >= 0 && (guint) at < fields->len ? g_ptr_array_index (fields, at) : "";

  return text[0] != '\0' ? g_strdup (text) : NULL;
}

static void
note_line (Reading *reading, const char *column, const char *value)
{
  g_autofree char *key = g_strconcat (column, "=", value, NULL);
  guint before;

  for (char *p = key; *p != '\0'; p++) /* a folder is the same in either case on some systems */
    *p = g_ascii_tolower (*p);
  before = GPOINTER_TO_UINT (g_hash_table_lookup (reading->lines, key));
  if (before > 0)
    fault (reading, _ ("“%s” stands in line %u already."), value, before);
  else
    g_hash_table_insert (reading->lines, g_steal_pointer (&key), GUINT_TO_POINTER (reading->line));
}

static void
check_phone (Reading *reading, const OhFleetPhone *phone, const char *mac)
{
  if (phone->name == NULL || !oh_fleet_name_is_valid (phone->name))
    fault (reading, _ ("“%s” is no name: letters, digits, “.”, “_” and “-”, %d at most."),
           phone->name != NULL ? phone->name : "", OH_FLEET_NAME_MAX);
  else
    note_line (reading, "name", phone->name);
  if (phone->mac == NULL)
    fault (reading, _ ("“%s” is no MAC: twelve hexadecimal digits, as on the phone's label."),
           mac != NULL ? mac : "");
  else
    note_line (reading, "mac", phone->mac);
  if (phone->address != NULL && !g_hostname_is_ip_address (phone->address))
    fault (reading, _ ("“%s” is no numeric address."), phone->address);
  if (phone->dns != NULL && !oh_fleet_dns_is_valid (phone->dns))
    fault (reading, _ ("“%s” is no DNS name."), phone->dns);
}

static void
read_phone (Reading *reading, OhSlice line)
{
  g_autoptr (GPtrArray) fields = split (reading, line);
  g_autofree char *mac = NULL;
  OhFleetPhone *phone;

  if (fields == NULL)
    return;
  phone = g_new0 (OhFleetPhone, 1);
  mac = dup_field (reading, fields, COLUMN_MAC);
  phone->name = dup_field (reading, fields, COLUMN_NAME);
  phone->mac = oh_mac_parse (mac);
  phone->address = dup_field (reading, fields, COLUMN_ADDRESS);
  phone->dns = dup_field (reading, fields, COLUMN_DNS);
  phone->line = reading->line;
  g_ptr_array_add (reading->phones, phone);
  check_phone (reading, phone, mac);
}

static void
read_phones (Reading *reading)
{
  OhSlice line;

  while (next_line (reading, &line))
    {
      if (is_blank (line))
        continue;
      if (reading->phones->len >= OH_FLEET_PHONES_MAX)
        {
          fault (reading, _ ("There are more than %d phones; divide the list."),
                 OH_FLEET_PHONES_MAX);
          return;
        }
      read_phone (reading, line);
    }
  if (reading->phones->len == 0 && reading->faults->len == 0)
    fault (reading, "%s", _ ("There is no phone in it."));
}

GPtrArray *
oh_fleet_csv_parse (OhSlice text, GPtrArray *faults)
{
  g_autoptr (GPtrArray) phones =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_fleet_phone_free);
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { .rest = text, .faults = faults, .phones = phones, .lines = lines };
  guint before = faults->len;

  if (text.len > OH_FLEET_CSV_MAX)
    fault (&reading, "%s", _ ("The list is too long."));
  else if (read_columns (&reading))
    read_phones (&reading);
  return faults->len == before ? g_steal_pointer (&phones) : NULL;
}
