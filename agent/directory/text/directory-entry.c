/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-entry.h"

#include <stddef.h>
#include <string.h>

#include "contact-number.h"

/* In the order in which they are shown. */
static const char *const types[] = { "work", "mobile", "home", "other" };

/* What is read: a text goes to a field, a number to the list, msRTCSIP-Line and ipPhone to both. */
/* clang-format off */
static const struct
{
  const char *name;
  int field;        /* offset in OhDirectoryEntry; -1 for none */
  const char *type; /* (nullable): of a number */
} attributes[] = {
  { "displayName", offsetof (OhDirectoryEntry, name), NULL },
  { "cn", offsetof (OhDirectoryEntry, name), NULL },
  { "msRTCSIP-PrimaryUserAddress", offsetof (OhDirectoryEntry, uri), NULL },
  { "mail", offsetof (OhDirectoryEntry, mail), NULL },
  { "title", offsetof (OhDirectoryEntry, title), NULL },
  { "department", offsetof (OhDirectoryEntry, department), NULL },
  { "ou", offsetof (OhDirectoryEntry, department), NULL },
  { "company", offsetof (OhDirectoryEntry, company), NULL },
  { "o", offsetof (OhDirectoryEntry, company), NULL },
  { "msRTCSIP-Line", offsetof (OhDirectoryEntry, line), "work" },
  { "telephoneNumber", -1, "work" },
  { "ipPhone", offsetof (OhDirectoryEntry, ip_phone), "work" },
  { "mobile", -1, "mobile" },
  { "homePhone", -1, "home" },
  { "otherTelephone", -1, "other" },
};
/* clang-format on */

const char *const *
oh_directory_attributes (void)
{
  static const char *const names[] = {
    "displayName",
    "cn",
    "msRTCSIP-PrimaryUserAddress",
    "mail",
    "title",
    "department",
    "ou",
    "company",
    "o",
    "msRTCSIP-Line",
    "telephoneNumber",
    "ipPhone",
    "mobile",
    "homePhone",
    "otherTelephone",
    NULL,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == G_N_ELEMENTS (attributes) + 1);
  return names;
}

static void
number_free (gpointer data)
{
  OhDirectoryNumber *number = data;

  g_free (number->number);
  g_free (number->display);
  g_free (number);
}

OhDirectoryEntry *
oh_directory_entry_new (void)
{
  OhDirectoryEntry *self = g_new0 (OhDirectoryEntry, 1);

  self->name = g_strdup ("");
  self->uri = g_strdup ("");
  self->mail = g_strdup ("");
  self->title = g_strdup ("");
  self->department = g_strdup ("");
  self->company = g_strdup ("");
  self->ip_phone = g_strdup ("");
  self->line = g_strdup ("");
  self->numbers = g_ptr_array_new_with_free_func (number_free);
  return self;
}

static void
add_number (OhDirectoryEntry *self, const char *type, const char *number, const char *display)
{
  OhDirectoryNumber *added = g_new0 (OhDirectoryNumber, 1);

  added->type = type;
  added->number = g_strdup (number);
  added->display = g_strdup (display);
  g_ptr_array_add (self->numbers, added);
}

OhDirectoryEntry *
oh_directory_entry_copy (const OhDirectoryEntry *self)
{
  OhDirectoryEntry *copy = g_new0 (OhDirectoryEntry, 1);

  copy->name = g_strdup (self->name);
  copy->uri = g_strdup (self->uri);
  copy->mail = g_strdup (self->mail);
  copy->title = g_strdup (self->title);
  copy->department = g_strdup (self->department);
  copy->company = g_strdup (self->company);
  copy->ip_phone = g_strdup (self->ip_phone);
  copy->line = g_strdup (self->line);
  copy->numbers = g_ptr_array_new_with_free_func (number_free);
  for (guint i = 0; i < self->numbers->len; i++)
    {
      const OhDirectoryNumber *number = g_ptr_array_index (self->numbers, i);

      add_number (copy, number->type, number->number, number->display);
    }
  return copy;
}

void
oh_directory_entry_free (OhDirectoryEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->uri);
  g_free (self->mail);
  g_free (self->title);
  g_free (self->department);
  g_free (self->company);
  g_free (self->ip_phone);
  g_free (self->line);
  g_ptr_array_unref (self->numbers);
  g_free (self);
}

/* Valid, without control characters and marks of writing direction, which can make a text read as
 * another one. */
static char *
read_text (OhSlice value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  value = oh_slice_trim (value);
  if (value.len == 0 || value.len > OH_DIRECTORY_VALUE_MAX ||
      !g_utf8_validate (value.data, (gssize) value.len, NULL))
    return NULL;
  for (const char *p = value.data; p < value.data + value.len; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        g_string_append_c (text, ' ');
      else if (g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (text, c);
    }
  g_strstrip (text->str);
  return text->str[0] != '\0' ? g_strdup (text->str) : NULL;
}

static gboolean
take_number (OhDirectoryEntry *self, const char *type, const char *text)
{
  g_autofree char *number = oh_contact_number_read (text);
  const char *display = g_ascii_strncasecmp (text, "tel:", 4) == 0 ? text + 4 : text;

  if (number == NULL || self->numbers->len >= OH_DIRECTORY_NUMBERS_MAX)
    return FALSE;
  for (guint i = 0; i < self->numbers->len; i++)
    {
      const OhDirectoryNumber *have = g_ptr_array_index (self->numbers, i);

      /* the same line with its extension, as msRTCSIP-Line has it, is no other number */
      if (oh_contact_number_match (have->number, number) == OH_NUMBER_SAME)
        return FALSE;
    }
  add_number (self, type, number, display);
  return TRUE;
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strpbrk (text, " <>\"") == NULL;
}

/* @text: (transfer full) */
static gboolean
take_text (OhDirectoryEntry *self, gsize field, char *text)
{
  char **place = G_STRUCT_MEMBER_P (self, field);
  g_autofree char *own = text;

  if ((*place)[0] != '\0')
    return FALSE;
  if ((place == &self->uri || place == &self->mail) && !is_address (own))
    return FALSE;
  g_free (*place);
  if (place == &self->uri && g_ascii_strncasecmp (own, "sip:", 4) != 0)
    *place = g_strconcat ("sip:", own, NULL);
  else
    *place = g_steal_pointer (&own);
  return TRUE;
}

/* displayName may come behind cn, and is what people are called. */
static gboolean
take_display_name (OhDirectoryEntry *self, const char *attribute, const char *text)
{
  if (g_ascii_strcasecmp (attribute, "displayName") != 0 || self->name[0] == '\0')
    return FALSE;
  g_free (self->name);
  self->name = g_strdup (text);
  return TRUE;
}

gboolean
oh_directory_entry_take (OhDirectoryEntry *self, const char *attribute, OhSlice value)
{
  g_autofree char *name = g_strndup (attribute, strcspn (attribute, ";"));
  g_autofree char *text = read_text (value);
  gboolean used = FALSE;

  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      if (g_ascii_strcasecmp (attributes[i].name, name) != 0)
        continue;
      if (attributes[i].type != NULL)
        used = take_number (self, attributes[i].type, text);
      if (attributes[i].field >= 0)
        used = take_display_name (self, name, text) ||
               take_text (self, (gsize) attributes[i].field, g_strdup (text)) || used;
    }
  return used;
}

static guint
place_of (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (types) && !g_str_equal (types[i], type))
    i++;
  return i;
}

/* Stable: those of one type stay as the directory has them. */
static void
sort_numbers (OhDirectoryEntry *self)
{
  GPtrArray *numbers = self->numbers;

  for (guint i = 1; i < numbers->len; i++)
    for (guint j = i; j > 0; j--)
      {
        OhDirectoryNumber *one = numbers->pdata[j - 1];
        OhDirectoryNumber *next = numbers->pdata[j];

        if (place_of (one->type) <= place_of (next->type))
          break;
        numbers->pdata[j - 1] = next;
        numbers->pdata[j] = one;
      }
}

gboolean
oh_directory_entry_finish (OhDirectoryEntry *self)
{
  const char *address = self->uri[0] != '\0' ? self->uri + strlen ("sip:") : self->mail;

  sort_numbers (self);
  if (self->name[0] == '\0')
    {
      g_free (self->name);
      self->name = g_strdup (address);
    }
  return self->name[0] != '\0' && (address[0] != '\0' || self->numbers->len > 0);
}
