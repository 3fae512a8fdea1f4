/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-people.h"

#include <string.h>

#include "fe-value.h"

/* Groups of an invented crowd; the product takes 256 of them. */
#define INVENTED_GROUPS 40

struct _FePeople
{
  GPtrArray *list; /* (owned) (element-type FePerson) */
  GHashTable *by_aor;
};

/* %s is the domain. The same people that every test of the project knows. */
static const char builtin[] = "[alice@%s]\n"
                              "name=Alice Archer\n"
                              "work=+49 30 12345600|tel:+493012345600\n"
                              "contacts=bob@%s|Team;carol@%s|Friends\n"
                              "[bob@%s]\n"
                              "name=Bob Baker\n"
                              "work=+49 30 12345678|tel:+493012345678\n"
                              "mobile=+49 172 12345678|tel:+4917212345678\n"
                              "presence=available\n"
                              "contacts=alice@%s|Team\n"
                              "[carol@%s]\n"
                              "name=Carol Cooper\n"
                              "work=+49 30 12345679|tel:+493012345679\n"
                              "home=+49 30 7654321|tel:+49307654321\n"
                              "presence=away\n";

static void
phone_free (gpointer data)
{
  FePhone *phone = data;

  g_free (phone->type);
  g_free (phone->uri);
  g_free (phone->display);
  g_free (phone);
}

static void
contact_free (gpointer data)
{
  FeContact *contact = data;

  g_free (contact->aor);
  g_free (contact->name);
  g_array_unref (contact->groups);
  g_free (contact);
}

static void
person_free (gpointer data)
{
  FePerson *person = data;

  g_free (person->aor);
  g_free (person->name);
  g_strfreev (person->logins);
  g_ptr_array_unref (person->phones);
  g_ptr_array_unref (person->groups);
  g_ptr_array_unref (person->contacts);
  g_free (person->forced_activity);
  g_free (person->note);
  g_free (person);
}

static FePerson *
person_new (FePeople *people, const char *aor)
{
  FePerson *person = g_new0 (FePerson, 1);

  person->aor = g_ascii_strdown (aor, -1);
  person->phones = g_ptr_array_new_with_free_func (phone_free);
  person->groups = g_ptr_array_new_with_free_func (g_free);
  person->contacts = g_ptr_array_new_with_free_func (contact_free);
  person->delta = 1;
  g_ptr_array_add (person->groups, g_strdup ("~"));
  g_ptr_array_add (people->list, person);
  g_hash_table_insert (people->by_aor, person->aor, person);
  return person;
}

static void
add_phone (FePerson *person, const char *type, const char *text)
{
  FePhone *phone = g_new0 (FePhone, 1);
  g_auto (GStrv) parts = g_strsplit (text, "|", 2);

  phone->type = g_strdup (type);
  phone->display = g_strdup (parts[0]);
  phone->uri = g_strdup (parts[1] != NULL ? parts[1] : "");
  g_ptr_array_add (person->phones, phone);
}

FeContact *
fe_person_contact (const FePerson *self, const char *aor)
{
  for (guint i = 0; i < self->contacts->len; i++)
    {
      FeContact *contact = self->contacts->pdata[i];

      if (strcmp (contact->aor, aor) == 0)
        return contact;
    }
  return NULL;
}

static FeContact *
append_contact (FePerson *self, const char *aor)
{
  FeContact *contact = g_new0 (FeContact, 1);

  contact->aor = g_strdup (aor);
  contact->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->contacts, contact);
  return contact;
}

FeContact *
fe_person_add_contact (FePerson *self, const char *aor)
{
  FeContact *contact = fe_person_contact (self, aor);

  return contact != NULL ? contact : append_contact (self, aor);
}

guint
fe_person_group (FePerson *self, const char *name)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (self->groups->pdata[i], name) == 0)
      return i + 1;
  g_ptr_array_add (self->groups, g_strdup (name));
  return self->groups->len;
}

/* "bob@fabrikam.test|Team,Friends" */
static void
add_contact_line (FePerson *person, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 2);
  g_auto (GStrv) names = g_strsplit (parts[1] != NULL ? parts[1] : "~", ",", -1);
  g_autofree char *aor = fe_value_aor (parts[0]);
  FeContact *contact = fe_person_add_contact (person, aor);

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint id = fe_person_group (person, names[i]);

      g_array_append_val (contact->groups, id);
    }
}

static void
read_person (FePeople *self, GKeyFile *file, const char *aor)
{
  static const char *const phone_types[] = { "work", "mobile", "home", "other" };
  FePerson *person = person_new (self, aor);
  g_auto (GStrv) contacts = g_key_file_get_string_list (file, aor, "contacts", NULL, NULL);
  g_autofree char *presence = g_key_file_get_string (file, aor, "presence", NULL);

  person->name = g_key_file_get_string (file, aor, "name", NULL);
  if (person->name == NULL)
    person->name = g_strdup (aor);
  person->logins = g_key_file_get_string_list (file, aor, "logins", NULL, NULL);
  person->note = g_key_file_get_string (file, aor, "note", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (phone_types); i++)
    {
      g_autofree char *text = g_key_file_get_string (file, aor, phone_types[i], NULL);

      if (text != NULL)
        add_phone (person, phone_types[i], text);
    }
  for (guint i = 0; contacts != NULL && contacts[i] != NULL; i++)
    add_contact_line (person, contacts[i]);
  if (presence != NULL)
    person->forced_availability = fe_availability_from_word (presence);
  person->forced_activity = g_key_file_get_string (file, aor, "activity", NULL);
}

static char *
builtin_text (const char *domain)
{
  g_auto (GStrv) pieces = g_strsplit (builtin, "%s", -1);

  return g_strjoinv (domain, pieces);
}

FePeople *
fe_people_new (const char *domain, const char *file, GError **error)
{
  g_autoptr (FePeople) self = g_new0 (FePeople, 1);
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *text = builtin_text (domain);
  g_auto (GStrv) groups = NULL;

  self->list = g_ptr_array_new_with_free_func (person_free);
  self->by_aor = g_hash_table_new (g_str_hash, g_str_equal);
  if (file != NULL ? !g_key_file_load_from_file (keys, file, G_KEY_FILE_NONE, error)
                   : !g_key_file_load_from_data (keys, text, -1, G_KEY_FILE_NONE, error))
    return NULL;
  groups = g_key_file_get_groups (keys, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    read_person (self, keys, groups[i]);
  return g_steal_pointer (&self);
}

void
fe_people_free (FePeople *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_aor);
  g_ptr_array_unref (self->list);
  g_free (self);
}

FePerson *
fe_people_find (FePeople *self, const char *who)
{
  g_autofree char *aor = fe_value_aor (who);

  if (strchr (aor, '@') != NULL)
    return g_hash_table_lookup (self->by_aor, aor);
  for (guint i = 0; i < self->list->len; i++)
    {
      FePerson *person = self->list->pdata[i];

      if (g_str_has_prefix (person->aor, aor) && person->aor[strlen (aor)] == '@')
        return person;
    }
  return NULL;
}

/* As long and as mixed as names are; the number makes each of them somebody else. */
static char *
invent_name (guint i)
{
  static const char *const given[] = { "Anna",  "Björn",      "Chloé", "Dmitri", "Elif",    "Farid",
                                       "Grace", "Hans-Peter", "Inés",  "Jürgen", "Kateřina" };
  static const char *const family[] = { "Ångström", "Baker",   "Cooper", "Dvořák",  "Eriksson",
                                        "Fischer",  "García",  "Huber",  "Ivanova", "Jørgensen",
                                        "Kowalski", "Lefèvre", "Müller" };

  return g_strdup_printf ("%s %s %05u", given[i % G_N_ELEMENTS (given)],
                          family[i % G_N_ELEMENTS (family)], i);
}

static void
invent_phones (FePerson *person, guint i)
{
  static const struct
  {
    const char *type, *prefix, *uri;
    guint every;
  } phones[] = {
    { "work", "+49 30 77", "tel:+493077", 1 },
    { "mobile", "+49 170 8", "tel:+491708", 1 },
    { "home", "+49 89 5", "tel:+49895", 3 },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (phones); k++)
    {
      g_autofree char *text =
        g_strdup_printf ("%s%05u|%s%05u", phones[k].prefix, i, phones[k].uri, i);

      if (i % phones[k].every == 0)
        add_phone (person, phones[k].type, text);
    }
}

void
fe_people_invent (FePeople *self, const char *domain, FePerson *owner, guint count)
{
  for (guint i = 1; i <= count; i++)
    {
      g_autofree char *aor = g_strdup_printf ("user%05u@%s", i, domain);
      g_autofree char *team = g_strdup_printf ("Team %02u", i % INVENTED_GROUPS);
      guint group = fe_person_group (owner, team);
      FePerson *person = person_new (self, aor);
      FeContact *contact = append_contact (owner, aor); /* the name is new: nobody to look for */

      person->name = invent_name (i);
      person->forced_availability = i % 2 == 0 ? 3500 : 15500;
      invent_phones (person, i);
      g_array_append_val (contact->groups, group);
    }
}

/* "FABRIKAM\\alice", "alice@FABRIKAM.TEST", "\\alice@fabrikam.test"; Kerberos escapes the "@" of an
 * enterprise name: "alice\\@users.fabrikam.example@FABRIKAM.TEST". */
static char *
user_part (const char *login)
{
  const char *backslash = strchr (login, '\\');
  const char *start = backslash != NULL && backslash[1] != '@' ? backslash + 1 : login;

  return g_ascii_strdown (start, strcspn (start, "@\\"));
}

gboolean
fe_person_is_login (const FePerson *self, const char *login)
{
  g_autofree char *user = user_part (login);
  g_autofree char *prefix = g_strconcat (user, "@", NULL);

  if (self->logins != NULL)
    return g_strv_contains ((const char *const *) self->logins, login);
  return g_str_has_prefix (self->aor, prefix);
}

guint
fe_availability_from_word (const char *word)
{
  static const struct
  {
    const char *word;
    guint number;
  } words[] = {
    { "available", 3500 }, { "idle", 5000 },         { "busy", 6500 },  { "busy-idle", 7500 },
    { "dnd", 9500 },       { "brb", 12500 },         { "away", 15500 }, { "off-work", 15500 },
    { "offline", 18500 },  { "on-the-phone", 6500 },
  };
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, word) == 0)
      return words[i].number;
  if (g_ascii_string_to_unsigned (word, 10, 1, 99999, &number, NULL))
    return (guint) number;
  return 0;
}
