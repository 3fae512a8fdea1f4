/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contacts.h"

#include "category-xml.h"
#include "roaming-contacts-xml.h"

/* Follows the list by its signals alone and compares at each. */
typedef struct
{
  OhContacts *contacts;
  GPtrArray *copy;  /* of OhContact */
  guint n_signals;  /* items-changed */
  GString *changed; /* names of contact-changed */
} Follower;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Follower *self = user_data;

  self->n_signals++;
  if (removed > 0)
    g_ptr_array_remove_range (self->copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->copy, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->copy->len);
  for (guint i = 0; i < self->copy->len; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (model, i);

      g_assert_true (contact == g_ptr_array_index (self->copy, i));
    }
}

static void
on_contact_changed (OhContacts *contacts, OhContact *contact, gpointer user_data)
{
  Follower *self = user_data;

  g_string_append_printf (self->changed, "%s ", oh_contact_name (contact));
}

static Follower *
follower_new (void)
{
  Follower *self = g_new0 (Follower, 1);

  self->contacts = oh_contacts_new ();
  self->copy = g_ptr_array_new_with_free_func (g_object_unref);
  self->changed = g_string_new (NULL);
  g_signal_connect (self->contacts, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (self->contacts, "contact-changed", G_CALLBACK (on_contact_changed), self);
  return self;
}

static void
follower_free (Follower *self)
{
  g_object_unref (self->contacts);
  g_ptr_array_unref (self->copy);
  g_string_free (self->changed, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Follower, follower_free)

static gboolean
apply_list (OhContacts *contacts, const char *xml)
{
  g_autoptr (OhContactList) list = oh_contact_list_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (list);
  return oh_contacts_apply_list (contacts, list);
}

static gboolean
apply_categories (OhContacts *contacts, const char *uri, const char *content)
{
  g_autofree char *xml = g_strdup_printf ("<categories uri='%s'>%s</categories>", uri, content);
  g_autoptr (OhCategories) categories = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (categories);
  return oh_contacts_apply_categories (contacts, categories);
}

static gboolean
set_number (OhContacts *contacts, const char *uri, const char *number)
{
  g_autofree char *content = g_strdup_printf (
    "<category name='contactCard' instance='3'><contactCard><phone type='work'><uri>%s</uri>"
    "</phone></contactCard></category>",
    number);

  return apply_categories (contacts, uri, content);
}

static void
assert_names (OhContacts *contacts, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (contacts)); i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (G_LIST_MODEL (contacts), i);
      g_autofree char *groups = g_strjoinv (",", (GStrv) oh_contact_groups (contact));

      g_string_append_printf (names, "%s[%s] ", oh_contact_name (contact), groups);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

#define FULL_LIST                                                                                  \
  "<contactList deltaNum='11'><group id='1' name='~'/><group id='4' name='Sales'/>"                \
  "<contact uri='a@f.test' name='A' groups='1 4'/><contact uri='sip:B@f.test' name='B' "           \
  "groups=''/>"                                                                                    \
  "<contact uri='c@f.test' name='C' groups='4 77' subscribed='false'/></contactList>"

static void
test_list_and_delta (void)
{
  g_autoptr (Follower) self = follower_new ();
  OhContacts *contacts = self->contacts;

  g_assert_true (apply_list (contacts, FULL_LIST));
  assert_names (contacts, "A[Sales] B[] C[Sales] ");
  g_assert_cmpuint (self->n_signals, ==, 1);
  g_assert_true (apply_list (contacts,
                             "<contactDelta prevDeltaNum='11' deltaNum='12'>"
                             "<modifiedContact uri='b@F.test' name='Bob' groups='5 4'/>"
                             "<deletedContact uri='A@f.test'/><deletedContact uri='nobody@f.test'/>"
                             "<addedContact uri='d@f.test' name='D' groups='5'/>"
                             "<addedGroup id='5' name='New'/><modifiedGroup id='4' name='Support'/>"
                             "</contactDelta>"));
  assert_names (contacts, "Bob[New,Support] C[Support] D[New] ");
  g_assert_true (apply_list (contacts, "<contactDelta prevDeltaNum='12' deltaNum='13'>"
                                       "<deletedGroup id='5'/></contactDelta>"));
  assert_names (contacts, "Bob[Support] C[Support] D[] ");
}

/* A change to another list than ours changes nothing and asks for the whole. */
static void
test_versions (void)
{
  static const char *const numbers[] = { "10", "12", "0" };
  static const char *const backwards[] = { "11", "10", "0" };
  g_autoptr (Follower) self = follower_new ();

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *xml = g_strdup_printf ("<contactDelta prevDeltaNum='%s' deltaNum='13'>"
                                              "<deletedContact uri='a@f.test'/></contactDelta>",
                                              numbers[i]);

      g_assert_false (apply_list (self->contacts, xml));
      assert_names (self->contacts, "A[Sales] B[] C[Sales] ");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (backwards); i++)
    {
      g_autofree char *xml = g_strdup_printf ("<contactDelta prevDeltaNum='11' deltaNum='%s'>"
                                              "<deletedContact uri='a@f.test'/></contactDelta>",
                                              backwards[i]);

      g_assert_false (apply_list (self->contacts, xml));
      assert_names (self->contacts, "A[Sales] B[] C[Sales] ");
    }
  /* a complete list counts whatever its number is */
  g_assert_true (apply_list (self->contacts, "<contactList deltaNum='2'/>"));
  assert_names (self->contacts, "");
}

/* After a reconnect the list comes again: who stays keeps presence and card. */
static void
test_list_again (void)
{
  g_autoptr (Follower) self = follower_new ();
  OhContact *contact;

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  contact = oh_contacts_lookup_uri (self->contacts, "c@f.test");
  g_assert_true (set_number (self->contacts, "sip:c@f.test", "tel:+49301"));
  g_string_truncate (self->changed, 0);
  self->n_signals = 0;
  g_assert_true (apply_list (self->contacts, FULL_LIST));
  g_assert_cmpuint (self->n_signals, ==, 0);
  g_assert_cmpstr (self->changed->str, ==, "");

  g_assert_true (apply_list (self->contacts, "<contactList deltaNum='20'>"
                                             "<contact uri='x@f.test' name='X'/>"
                                             "<contact uri='c@f.test' name='C'/>"
                                             "<contact uri='C@F.TEST' name='C2'/></contactList>"));
  assert_names (self->contacts, "C2[] X[] "); /* one person named twice is one */
  g_assert_true (oh_contacts_lookup_uri (self->contacts, "SIP:C@f.test") == contact);
  g_assert_cmpuint (oh_contact_numbers (contact)->len, ==, 1);
  g_assert_null (oh_contacts_lookup_uri (self->contacts, "a@f.test"));
  g_assert_cmpuint (self->n_signals, ==, 2); /* one for those who went, one for the new one */
}

static void
test_presence (void)
{
  const char *busy = "<category name='state' instance='1'><state><availability>6500</availability>"
                     "</state></category>";
  g_autoptr (Follower) self = follower_new ();
  OhContact *contact;

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  contact = oh_contacts_lookup_uri (self->contacts, "a@f.test");
  g_assert_true (apply_categories (self->contacts, "sip:A@f.test", busy));
  g_assert_false (apply_categories (self->contacts, "sip:stranger@f.test", busy));
  g_assert_false (apply_categories (self->contacts, "", busy));
  g_assert_cmpstr (self->changed->str, ==, "A ");
  g_assert_cmpint (oh_presence_availability (oh_contact_presence (contact)), ==,
                   OH_AVAILABILITY_BUSY);
  oh_contacts_set_availability (self->contacts, "b@f.test", OH_AVAILABILITY_OFFLINE);
  oh_contacts_set_availability (self->contacts, "nobody@f.test", OH_AVAILABILITY_OFFLINE);
  g_assert_cmpstr (self->changed->str, ==, "A B ");
  oh_contacts_forget_presence (self->contacts);
  g_assert_cmpstr (self->changed->str, ==, "A B A B "); /* C was unknown and is */
  g_assert_cmpint (oh_presence_availability (oh_contact_presence (contact)), ==,
                   OH_AVAILABILITY_UNKNOWN);
}

static void
test_subscribed (void)
{
  g_autoptr (Follower) self = follower_new ();
  g_autoptr (GPtrArray) watched = NULL;

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  watched = oh_contacts_subscribed (self->contacts);
  g_assert_cmpuint (watched->len, ==, 2); /* C is only kept */
}

static void
test_clear (void)
{
  g_autoptr (Follower) self = follower_new ();

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  set_number (self->contacts, "sip:a@f.test", "tel:+4930398330");
  oh_contacts_clear (self->contacts);
  oh_contacts_clear (self->contacts);
  g_assert_cmpuint (self->copy->len, ==, 0);
  g_assert_cmpuint (self->n_signals, ==, 2);
  g_assert_null (oh_contacts_lookup_number (self->contacts, "+4930398330"));
  g_assert_null (oh_contacts_lookup_uri (self->contacts, "a@f.test"));
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *number, *name;
  } cases[] = {
    { "+4930398330", "A" },  { "tel:+49-30-398330", "A" },
    { "030 398330", "A" },   { "0 030 398330", "A" },
    { "+4940398330", NULL }, { "398330", NULL },
    { "4711", "B" },         { "sip:4711@f.test;user=phone", "B" },
    { "14711", NULL },       { "", NULL },
    { NULL, NULL },          { "anonymous", NULL },
    { "+49891234567", "C" }, /* exact beats similar */
    { "0891234567", NULL },  /* similar to two people */
  };
  g_autoptr (Follower) self = follower_new ();

  g_assert_true (apply_list (self->contacts, FULL_LIST));
  set_number (self->contacts, "a@f.test", "tel:+4930398330");
  set_number (self->contacts, "b@f.test", "tel:4711");
  set_number (self->contacts, "c@f.test", "tel:+49891234567");
  apply_categories (self->contacts, "a@f.test",
                    "<category name='contactCard' instance='1'><contactCard><phone type='home'>"
                    "<uri>tel:+439891234567</uri></phone></contactCard></category>");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhContact *contact = oh_contacts_lookup_number (self->contacts, cases[i].number);

      g_test_message ("%s", cases[i].number);
      g_assert_cmpstr (contact != NULL ? oh_contact_name (contact) : NULL, ==, cases[i].name);
    }

  /* the old number leads nowhere once there is another */
  set_number (self->contacts, "b@f.test", "tel:4712");
  g_assert_null (oh_contacts_lookup_number (self->contacts, "4711"));
  g_assert_nonnull (oh_contacts_lookup_number (self->contacts, "4712"));
}

/* The list stays within its limit whatever deltas bring. */
static void
test_limit (void)
{
  g_autoptr (OhContacts) contacts = oh_contacts_new ();
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");

  for (guint i = 0; i < OH_CONTACT_LIST_MAX; i++)
    g_string_append_printf (xml, "<contact uri='u%u@f.test' name='%u'/>", i, i);
  g_string_append (xml, "</contactList>");
  g_assert_true (apply_list (contacts, xml->str));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (contacts)), ==, OH_CONTACT_LIST_MAX);
  g_assert_true (apply_list (contacts, "<contactDelta prevDeltaNum='1' deltaNum='2'>"
                                       "<addedContact uri='one-more@f.test'/></contactDelta>"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (contacts)), ==, OH_CONTACT_LIST_MAX);
}

/* What happens all the time must not become slower with the length of the list. */
static void
test_ten_thousand (void)
{
  const guint n = 10000;
  g_autoptr (OhContacts) contacts = oh_contacts_new ();
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");
  g_autoptr (GTimer) timer = g_timer_new ();

  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<contact uri='u%u@f.test' name='' groups='1'/>", i);
  g_string_append (xml, "</contactList>");
  g_assert_true (apply_list (contacts, xml->str));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:u%u@f.test", i);
      g_autofree char *number = g_strdup_printf ("tel:+49301%06u", i);
      g_autoptr (OhContact) contact = g_list_model_get_item (G_LIST_MODEL (contacts), i);

      g_assert_true (set_number (contacts, uri, number));
      g_assert_true (oh_contacts_lookup_number (contacts, number) == contact);
    }
  g_test_minimized_result (g_timer_elapsed (timer, NULL), "list, cards and look-ups of %u: %.3f s",
                           n, g_timer_elapsed (timer, NULL));
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <,
                     20); /* 0.5 s here; quadratic takes minutes */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contacts/list-and-delta", test_list_and_delta);
  g_test_add_func ("/contacts/versions", test_versions);
  g_test_add_func ("/contacts/list-again", test_list_again);
  g_test_add_func ("/contacts/presence", test_presence);
  g_test_add_func ("/contacts/subscribed", test_subscribed);
  g_test_add_func ("/contacts/clear", test_clear);
  g_test_add_func ("/contacts/numbers", test_numbers);
  g_test_add_func ("/contacts/limit", test_limit);
  g_test_add_func ("/contacts/ten-thousand", test_ten_thousand);
  return g_test_run ();
}
