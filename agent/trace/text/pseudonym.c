/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pseudonym.h"

struct _OhPseudonyms
{
  GHashTable *names; /* (owned) (element-type utf8 utf8): by key */
  guint last[OH_N_PSEUDONYM_KINDS];
};

static const char *const words[OH_N_PSEUDONYM_KINDS] = {
  [OH_PSEUDONYM_PERSON] = "person",
  [OH_PSEUDONYM_NUMBER] = "number",
  [OH_PSEUDONYM_TEXT] = "text",
  [OH_PSEUDONYM_HOST] = "HOST",
};
static const char *const beyond[OH_N_PSEUDONYM_KINDS] = {
  [OH_PSEUDONYM_PERSON] = "person0",
  [OH_PSEUDONYM_NUMBER] = "number0",
  [OH_PSEUDONYM_TEXT] = "text0",
  [OH_PSEUDONYM_HOST] = "HOST0",
};

OhPseudonyms *
oh_pseudonyms_new (void)
{
  OhPseudonyms *self = g_new0 (OhPseudonyms, 1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
oh_pseudonyms_free (OhPseudonyms *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->names);
  g_free (self);
}

void
oh_pseudonyms_clear (OhPseudonyms *self)
{
  g_hash_table_remove_all (self->names);
  for (guint i = 0; i < OH_N_PSEUDONYM_KINDS; i++)
    self->last[i] = 0;
}

/* "+49 30 1234" and "tel:+49301234" are one number, "Alice" and "alice" one person. */
static char *
key_of (OhPseudonymKind kind, OhSlice text)
{
  OhSlice trimmed = oh_slice_trim (text);
  GString *key = g_string_new (kind == OH_PSEUDONYM_NUMBER ? "#" : "");

  for (gsize i = 0; i < trimmed.len; i++)
    if (kind != OH_PSEUDONYM_NUMBER)
      g_string_append_c (key, g_ascii_tolower (trimmed.data[i]));
    else if (g_ascii_isdigit (trimmed.data[i]))
      g_string_append_c (key, trimmed.data[i]);
  return g_string_free (key, FALSE);
}

const char *
oh_pseudonyms_get (OhPseudonyms *self, OhPseudonymKind kind, OhSlice text)
{
  g_autofree char *key = key_of (kind, text);
  const char *known = g_hash_table_lookup (self->names, key);
  char *made;

  if (known != NULL)
    return known;
  if (g_hash_table_size (self->names) >= OH_PSEUDONYMS_MAX)
    return beyond[kind];
  made = g_strdup_printf ("%s%u", words[kind], ++self->last[kind]);
  g_hash_table_insert (self->names, g_steal_pointer (&key), made);
  return made;
}

void
oh_pseudonyms_alias (OhPseudonyms *self, const char *pseudonym, OhSlice text)
{
  g_autofree char *key = key_of (OH_PSEUDONYM_TEXT, text);

  if (key[0] == '\0' || g_hash_table_size (self->names) >= OH_PSEUDONYMS_MAX ||
      g_hash_table_contains (self->names, key))
    return;
  g_hash_table_insert (self->names, g_steal_pointer (&key), g_strdup (pseudonym));
}
