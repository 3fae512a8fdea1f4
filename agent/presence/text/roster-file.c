/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-file.h"

#include <string.h>

#include "error.h"

/* The last octet counts on with the format. */
static const guint8 magic[16] = { 'O', 'f', 'f', 'h', 'o', 'o', 'k', ' ',
                                  'c', 'o', 'n', 't', 'a', 'c', 't', 1 };

#define SUM_SIZE 32u /* SHA-256 */
#define HEAD_SIZE (sizeof magic + SUM_SIZE)

/* account, saved_us, number, groups (id, name), people (uri, name, has a name, subscribed, group
 * ids, card's name, numbers (type, number, display)) */
#define PERSON_TYPE "(ssbbausa(sss))"
#define FILE_TYPE "(sxua(us)a" PERSON_TYPE ")"

/* --- values --------------------------------------------------------------------------------- */

static void
number_free (gpointer data)
{
  OhCardNumber *number = data;

  g_free (number->type);
  g_free (number->uri);
  g_free (number->display);
  g_free (number);
}

OhKeptCard *
oh_kept_card_new (const char *name)
{
  OhKeptCard *self = g_new0 (OhKeptCard, 1);

  self->name = g_strdup (name);
  self->numbers = g_ptr_array_new_with_free_func (number_free);
  return self;
}

void
oh_kept_card_free (OhKeptCard *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_ptr_array_unref (self->numbers);
  g_free (self);
}

void
oh_kept_card_add (OhKeptCard *self, const char *type, const char *number, const char *display)
{
  OhCardNumber *added;

  if (self->numbers->len >= OH_KEPT_NUMBERS_MAX)
    return;
  added = g_new0 (OhCardNumber, 1);
  added->type = g_strdup (type);
  added->uri = g_strdup (number);
  added->display = g_strdup (display);
  g_ptr_array_add (self->numbers, added);
}

OhContactSnapshot *
oh_contact_snapshot_new (void)
{
  OhContactSnapshot *self = g_new0 (OhContactSnapshot, 1);

  self->list = oh_contact_list_new ();
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_kept_card_free);
  return self;
}

void
oh_contact_snapshot_free (OhContactSnapshot *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  oh_contact_list_free (self->list);
  g_ptr_array_unref (self->cards);
  g_free (self);
}

/* --- writing -------------------------------------------------------------------------------- */

static GVariant *
groups_variant (const GPtrArray *groups)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(us)"));
  for (guint i = 0; i < groups->len; i++)
    {
      const OhContactListGroup *group = g_ptr_array_index (groups, i);

      g_variant_builder_add (&builder, "(us)", group->id, group->name != NULL ? group->name : "");
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
numbers_variant (const GPtrArray *numbers)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < numbers->len; i++)
    {
      const OhCardNumber *number = g_ptr_array_index (numbers, i);

      g_variant_builder_add (&builder, "(sss)", number->type, number->uri, number->display);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
people_variant (const OhContactSnapshot *snapshot)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" PERSON_TYPE));
  for (guint i = 0; i < snapshot->list->entries->len; i++)
    {
      const OhContactListEntry *entry = g_ptr_array_index (snapshot->list->entries, i);
      const OhKeptCard *card = g_ptr_array_index (snapshot->cards, i);

      g_variant_builder_add (&builder, "(ssbb@aus@a(sss))", entry->uri,
                             entry->name != NULL ? entry->name : "", entry->name != NULL,
                             entry->subscribed,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, entry->groups->data,
                                                        entry->groups->len, sizeof (guint32)),
                             card->name != NULL ? card->name : "", numbers_variant (card->numbers));
    }
  return g_variant_builder_end (&builder);
}

/* The same octets on every machine. */
static GVariant *
little_endian (GVariant *variant)
{
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref (variant) : g_variant_byteswap (variant);
}

static void
sum_of (const guint8 *data, gsize len, guint8 out[SUM_SIZE])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = SUM_SIZE;

  g_checksum_update (sum, data, (gssize) len);
  g_checksum_get_digest (sum, out, &size);
}

GBytes *
oh_roster_file_write (const OhContactSnapshot *snapshot)
{
  g_autoptr (GVariant) native = g_variant_ref_sink (g_variant_new (
    "(sxu@a(us)@a" PERSON_TYPE ")", snapshot->account, snapshot->saved_us, snapshot->list->number,
    groups_variant (snapshot->list->groups), people_variant (snapshot)));
  g_autoptr (GVariant) payload = little_endian (native);
  gsize size = g_variant_get_size (payload);
  guint8 *content = g_malloc (HEAD_SIZE + size);

  memcpy (content, magic, sizeof magic);
  g_variant_store (payload, content + HEAD_SIZE);
  sum_of (content + HEAD_SIZE, size, content + sizeof magic);
  return g_bytes_new_take (content, HEAD_SIZE + size);
}

/* --- reading -------------------------------------------------------------------------------- */

/* Returns: (transfer full) (nullable) */
static GVariant *
open_payload (GBytes *content, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  g_autoptr (GVariant) raw = NULL;
  g_autoptr (GBytes) payload = NULL;
  guint8 sum[SUM_SIZE];
  const char *wrong = NULL;

  if (size > OH_ROSTER_FILE_MAX)
    wrong = "larger than any list";
  else if (size < HEAD_SIZE || memcmp (data, magic, sizeof magic - 1) != 0)
    wrong = "not a contact list";
  else if (data[sizeof magic - 1] != magic[sizeof magic - 1])
    wrong = "of another version";
  else
    {
      sum_of (data + HEAD_SIZE, size - HEAD_SIZE, sum);
      if (memcmp (sum, data + sizeof magic, SUM_SIZE) != 0)
        wrong = "damaged";
    }
  if (wrong != NULL)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, wrong);
      return NULL;
    }
  /* a copy: whatever the alignment of the octets behind the head, GVariant wants its own */
  payload = g_bytes_new (data + HEAD_SIZE, size - HEAD_SIZE);
  raw = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), payload, FALSE));
  if (!g_variant_is_normal_form (raw)) /* the sum was right, so somebody meant it */
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "damaged");
      return NULL;
    }
  return little_endian (raw);
}

static gboolean
is_short (const char *text)
{
  return strlen (text) <= OH_KEPT_TEXT_MAX;
}

static gboolean
read_groups (OhContactList *list, GVariant *groups)
{
  GVariantIter iter;
  guint32 id;
  const char *name;

  if (g_variant_n_children (groups) > OH_CONTACT_GROUPS_MAX)
    return FALSE;
  g_variant_iter_init (&iter, groups);
  while (g_variant_iter_next (&iter, "(u&s)", &id, &name))
    {
      OhContactListGroup *group = g_new0 (OhContactListGroup, 1);

      group->id = id;
      group->name = g_strdup (name);
      g_ptr_array_add (list->groups, group);
      if (!is_short (name))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_numbers (OhKeptCard *card, GVariant *numbers)
{
  GVariantIter iter;
  const char *type, *number, *display;

  if (g_variant_n_children (numbers) > OH_KEPT_NUMBERS_MAX)
    return FALSE;
  g_variant_iter_init (&iter, numbers);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &type, &number, &display))
    {
      if (!is_short (type) || !is_short (number) || !is_short (display))
        return FALSE;
      oh_kept_card_add (card, type, number, display);
    }
  return TRUE;
}

static gboolean
read_person (OhContactSnapshot *self, GVariant *person)
{
  g_autoptr (GVariant) ids = NULL;
  g_autoptr (GVariant) numbers = NULL;
  const char *uri, *name, *card_name;
  gboolean named, subscribed;
  OhContactListEntry *entry;
  OhKeptCard *card;
  gsize n;
  const guint32 *values;

  g_variant_get (person, "(&s&sbb@au&s@a(sss))", &uri, &name, &named, &subscribed, &ids, &card_name,
                 &numbers);
  values = g_variant_get_fixed_array (ids, &n, sizeof (guint32));
  if (uri[0] == '\0' || !is_short (uri) || !is_short (name) || !is_short (card_name) ||
      n > OH_CONTACT_GROUPS_MAX)
    return FALSE;
  entry = g_new0 (OhContactListEntry, 1);
  entry->uri = g_strdup (uri);
  entry->name = named ? g_strdup (name) : NULL;
  entry->subscribed = subscribed;
  entry->groups = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) n);
  if (n > 0)
    g_array_append_vals (entry->groups, values, (guint) n);
  g_ptr_array_add (self->list->entries, entry);
  card = oh_kept_card_new (card_name[0] != '\0' ? card_name : NULL);
  g_ptr_array_add (self->cards, card);
  return read_numbers (card, numbers);
}

static gboolean
read_people (OhContactSnapshot *self, GVariant *people)
{
  GVariantIter iter;
  GVariant *person;
  gboolean good = g_variant_n_children (people) <= OH_CONTACT_LIST_MAX;

  g_variant_iter_init (&iter, people);
  while (good && (person = g_variant_iter_next_value (&iter)) != NULL)
    {
      good = read_person (self, person);
      g_variant_unref (person);
    }
  return good;
}

OhContactSnapshot *
oh_roster_file_read (GBytes *content, const char *account, GError **error)
{
  g_autoptr (GVariant) file = open_payload (content, error);
  g_autoptr (OhContactSnapshot) self = NULL;
  g_autoptr (GVariant) groups = NULL;
  g_autoptr (GVariant) people = NULL;

  if (file == NULL)
    return NULL;
  self = oh_contact_snapshot_new ();
  g_variant_get (file, "(sxu@a(us)@a" PERSON_TYPE ")", &self->account, &self->saved_us,
                 &self->list->number, &groups, &people);
  if (!g_str_equal (self->account, account))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "of another account");
      return NULL;
    }
  if (!read_groups (self->list, groups) || !read_people (self, people))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "longer than a list can be");
      return NULL;
    }
  return g_steal_pointer (&self);
}
