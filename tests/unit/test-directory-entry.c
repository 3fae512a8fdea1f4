/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-entry.h"

#include <string.h>

typedef struct
{
  const char *attribute;
  const char *value;
} Value;

static OhDirectoryEntry *
read_entry (const Value *values)
{
  OhDirectoryEntry *entry = oh_directory_entry_new ();

  for (; values->attribute != NULL; values++)
    oh_directory_entry_take (entry, values->attribute, oh_slice_str (values->value));
  return entry;
}

/* "work:+4930 mobile:…" */
static char *
numbers_of (const OhDirectoryEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entry->numbers->len; i++)
    {
      const OhDirectoryNumber *number = entry->numbers->pdata[i];

      g_string_append_printf (text, "%s%s:%s=%s", i > 0 ? " " : "", number->type, number->number,
                              number->display);
    }
  return g_strdup (text->str);
}

static void
test_whole (void)
{
  static const Value values[] = {
    { "homePhone", "030/555" },
    { "cn", "Dora Dean" },
    { "DISPLAYNAME", "Dean, Dora" },
    { "mail", "dora@fabrikam.test" },
    { "mail", "second@fabrikam.test" },
    { "title;lang-en", "Buyer" },
    { "department", "Purchase" },
    { "company", "Fabrikam" },
    { "mobile", "+49 170 1234567" },
    { "otherTelephone", "+49 30 398 99" },
    { "telephoneNumber", "+49 30 398 4711" },
    { "ipPhone", "4711" },
    { "msRTCSIP-PrimaryUserAddress", "sip:dora@fabrikam.test" },
    { "msRTCSIP-Line", "tel:+49303984711;ext=711" },
    { "jpegPhoto", "\xff\xd8" },
    { NULL, NULL },
  };
  g_autoptr (OhDirectoryEntry) entry = read_entry (values);
  g_autoptr (OhDirectoryEntry) copy = NULL;
  g_autofree char *numbers = NULL;

  g_assert_true (oh_directory_entry_finish (entry));
  copy = oh_directory_entry_copy (entry);
  g_assert_cmpstr (copy->name, ==, "Dean, Dora");
  g_assert_cmpstr (copy->uri, ==, "sip:dora@fabrikam.test");
  g_assert_cmpstr (copy->mail, ==, "dora@fabrikam.test");
  g_assert_cmpstr (copy->title, ==, "Buyer");
  g_assert_cmpstr (copy->department, ==, "Purchase");
  g_assert_cmpstr (copy->company, ==, "Fabrikam");
  g_assert_cmpstr (copy->ip_phone, ==, "4711");
  g_assert_cmpstr (copy->line, ==, "tel:+49303984711;ext=711");
  numbers = numbers_of (copy);
  g_assert_cmpstr (numbers, ==,
                   "work:+49303984711=+49 30 398 4711 work:4711=4711 "
                   "mobile:+491701234567=+49 170 1234567 home:030555=030/555 "
                   "other:+493039899=+49 30 398 99");
}

static void
test_values (void)
{
  static const struct
  {
    const char *attribute, *value;
    gboolean used;
  } cases[] = {
    { "displayName", "  Bob  ", TRUE },
    { "displayName", "", FALSE },
    { "displayName", " ", FALSE },
    { "displayName", "\xff", FALSE },
    { "displayName", "\xe2\x80\xae", FALSE }, /* a mark of writing direction and nothing else */
    { "mail", "bob@x.test", TRUE },
    { "mail", "bob", FALSE },
    { "mail", "@x", FALSE },
    { "mail", "bob@", FALSE },
    { "mail", "Bob <bob@x>", FALSE },
    { "msRTCSIP-PrimaryUserAddress", "bob@x.test", TRUE },
    { "msRTCSIP-PrimaryUserAddress", "sip:bob", FALSE },
    { "telephoneNumber", "call me", FALSE },
    { "telephoneNumber", "12", TRUE },
    { "ipPhone", "bob@pbx.test", TRUE }, /* no number, but it may name the phone */
    { "msRTCSIP-Line", "tel:12;phone-context=x", TRUE },
    { "userPassword", "secret", FALSE },
    { "", "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhDirectoryEntry) entry = oh_directory_entry_new ();

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (
        oh_directory_entry_take (entry, cases[i].attribute, oh_slice_str (cases[i].value)), ==,
        cases[i].used);
    }
}

/* What could end a line or turn its direction is gone before anybody prints it. */
static void
test_clean (void)
{
  static const Value values[] = {
    { "displayName", "Bob\r\nEvil\x1b[31m \xe2\x80\xaexyz" },
    { "telephoneNumber", "12" },
    { NULL, NULL },
  };
  g_autoptr (OhDirectoryEntry) entry = read_entry (values);

  g_assert_cmpstr (entry->name, ==, "Bob  Evil [31m xyz");
}

static void
test_nobody (void)
{
  static const struct
  {
    Value values[3];
    gboolean somebody;
    const char *name;
  } cases[] = {
    { { { "cn", "Printer" }, { NULL, NULL } }, FALSE, "Printer" }, /* cannot be called or asked */
    { { { "telephoneNumber", "12" }, { NULL, NULL } }, FALSE, "" },
    { { { "mail", "bob@x.test" }, { NULL, NULL } }, TRUE, "bob@x.test" },
    { { { "msRTCSIP-PrimaryUserAddress", "sip:bob@x.test" }, { NULL, NULL } }, TRUE, "bob@x.test" },
    { { { "cn", "Bob" }, { "telephoneNumber", "12" }, { NULL, NULL } }, TRUE, "Bob" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhDirectoryEntry) entry = read_entry (cases[i].values);

      g_assert_cmpint (oh_directory_entry_finish (entry), ==, cases[i].somebody);
      g_assert_cmpstr (entry->name, ==, cases[i].name);
    }
}

static void
test_limits (void)
{
  g_autoptr (OhDirectoryEntry) entry = oh_directory_entry_new ();
  g_autofree char *longest = g_strnfill (OH_DIRECTORY_VALUE_MAX + 1, 'x');

  g_assert_false (oh_directory_entry_take (entry, "cn", oh_slice_str (longest)));
  g_assert_true (oh_directory_entry_take (entry, "cn", oh_slice_str (longest + 1)));
  for (guint i = 0; i < OH_DIRECTORY_NUMBERS_MAX; i++)
    {
      g_autofree char *number = g_strdup_printf ("+4930%03u", i);

      g_assert_true (oh_directory_entry_take (entry, "otherTelephone", oh_slice_str (number)));
    }
  g_assert_false (oh_directory_entry_take (entry, "otherTelephone", oh_slice_str ("+1555")));
}

/* Each attribute that is asked for is of use. */
static void
test_attributes (void)
{
  const char *const *names = oh_directory_attributes ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (OhDirectoryEntry) entry = oh_directory_entry_new ();
      const char *value = strchr (names[i], '-') != NULL ? "sip:+4930@x.test" : "+4930";

      if (g_str_equal (names[i], "mail"))
        value = "bob@x.test";
      g_test_message ("%s", names[i]);
      g_assert_true (oh_directory_entry_take (entry, names[i], oh_slice_str (value)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory-entry/whole", test_whole);
  g_test_add_func ("/directory-entry/values", test_values);
  g_test_add_func ("/directory-entry/clean", test_clean);
  g_test_add_func ("/directory-entry/nobody", test_nobody);
  g_test_add_func ("/directory-entry/limits", test_limits);
  g_test_add_func ("/directory-entry/attributes", test_attributes);
  return g_test_run ();
}
