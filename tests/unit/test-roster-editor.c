/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-editor.h"

#include "error.h"
#include "fake-clock.h"
#include "roaming-contacts-xml.h"
#include "sip-peer.h"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhContacts *contacts;
  OhRosterEditor *editor;
  GString *told;
  OhSipMessage *request; /* (nullable): the one that was taken last, not answered yet */
} Fixture;

#define LIST(number)                                                                               \
  "<contactList deltaNum='" number "'><group id='1' name='~'/><group id='4' name='Sales'/>"        \
  "<group id='6' name='Support'/>"                                                                 \
  "<contact uri='bob@f.test' name='Bob' groups='4'/>"                                              \
  "<contact uri='carol@f.test' name='' groups='1' subscribed='false'/></contactList>"

static void
tell (Fixture *self, const char *xml)
{
  g_autoptr (OhContactList) list = oh_contact_list_parse (oh_slice_str (xml), NULL);

  g_assert_true (oh_contacts_apply_list (self->contacts, list));
}

static void
on_renew (gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->told, "renew ");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->contacts = oh_contacts_new ();
  self->told = g_string_new (NULL);
  self->editor = oh_roster_editor_new (OH_CLOCK (self->clock), self->contacts, on_renew, self);
}

static void
set_up_online (Fixture *self, gconstpointer data)
{
  set_up (self, data);
  oh_roster_editor_start (self->editor, oh_sip_peer_stack (self->peer), "sip:anna@f.test");
  tell (self, LIST ("11"));
  g_assert_cmpint (oh_roster_editor_state (self->editor), ==, OH_ROSTER_IDLE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->request, oh_sip_message_unref);
  oh_roster_editor_stop (self->editor);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->editor);
  g_object_unref (self->contacts);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
}

static void
assert_told_at (Fixture *self, const char *expected)
{
  while (g_main_context_iteration (NULL, FALSE))
    ; /* tasks return from the main loop */
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRosterOutcome) outcome =
    oh_roster_editor_edit_finish (OH_ROSTER_EDITOR (source), result, &error);
  g_autofree char *groups = NULL;

  if (outcome == NULL)
    {
      g_string_append_printf (self->told, "failed(%s) ", oh_error_code_word (error->code));
      return;
    }
  groups = outcome->groups != NULL ? g_strjoinv (",", outcome->groups) : NULL;
  g_string_append_printf (self->told, "done(%u,%s,%s) ", outcome->group, outcome->name, groups);
}

static void
edit (Fixture *self, OhRosterEditKind kind, const char *uri, const char *name, const char *from,
      const char *to)
{
  const OhRosterEdit wish = { kind, (char *) uri, (char *) name, (char *) from, (char *) to, NULL };

  oh_roster_editor_edit_async (self->editor, &wish, on_edited, self);
}

/* Takes a request whose operation is just this, without the envelope and its namespace. */
static void
take (Fixture *self, const char *expected)
{
  OhSipMessage *request = oh_sip_peer_take (self->peer, "SERVICE", NULL);
  GBytes *body = oh_sip_message_body (request);
  g_autofree char *xml = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GRegex) noise =
    g_regex_new ("</?SOAP-ENV[^>]*>| xmlns:m=\"[^\"]*\"|</m:[^>]*>|<m:externalURI>|m:", 0, 0, NULL);
  g_autofree char *text = g_regex_replace_literal (noise, xml, -1, 0, "", 0, NULL);

  g_assert_null (self->request);
  self->request = request;
  g_assert_cmpstr (oh_sip_message_request_uri (request), ==, "sip:anna@f.test");
  g_assert_true (oh_sip_message_content_is (request, "application/SOAP+xml"));
  g_assert_cmpstr (text, ==, expected);
}

static void
answer (Fixture *self, guint status, const char *headers, const char *body)
{
  oh_sip_peer_answer (self->peer, self->request, status, headers,
                      body != NULL ? "application/SOAP+xml" : NULL, body);
  g_clear_pointer (&self->request, oh_sip_message_unref);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Every edit as it goes out for the same list. */
static void
test_requests (Fixture *self, gconstpointer data)
{
  static const struct
  {
    OhRosterEditKind kind;
    const char *uri, *name, *from, *to;
    const char *sent; /* NULL: it is so already */
  } cases[] = {
    { OH_ROSTER_ADD_CONTACT, "dora@f.test", "Dora", NULL, NULL,
      "<setContact><displayName>Dora<groups>1<subscribed>true<URI>sip:dora@f.test<deltaNum>11" },
    { OH_ROSTER_ADD_CONTACT, "sip:BOB@f.test", NULL, NULL, NULL, NULL },
    { OH_ROSTER_RENAME_CONTACT, "bob@f.test", "Robert", NULL, NULL,
      "<setContact><displayName>Robert<groups>4<subscribed>true<URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_RENAME_CONTACT, "bob@f.test", "", NULL, NULL,
      "<setContact><displayName><groups>4<subscribed>true<URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_RENAME_CONTACT, "bob@f.test", "Bob", NULL, NULL, NULL },
    { OH_ROSTER_MOVE_CONTACT, "bob@f.test", NULL, "sales", "Support",
      "<setContact><displayName>Bob<groups>6<subscribed>true<URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_MOVE_CONTACT, "bob@f.test", NULL, "*", "",
      "<setContact><displayName>Bob<groups>1<subscribed>true<URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_MOVE_CONTACT, "carol@f.test", NULL, "~", "Sales",
      "<setContact><displayName><groups>4<subscribed>false<URI>sip:carol@f.test<deltaNum>11" },
    { OH_ROSTER_COPY_CONTACT, "bob@f.test", NULL, NULL, "Support",
      "<setContact><displayName>Bob<groups>4 6<subscribed>true<URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_COPY_CONTACT, "carol@f.test", NULL, NULL, "Sales",
      "<setContact><displayName><groups>4<subscribed>false<URI>sip:carol@f.test<deltaNum>11" },
    { OH_ROSTER_REMOVE_CONTACT, "bob@f.test", NULL, NULL, NULL,
      "<deleteContact><URI>sip:bob@f.test<deltaNum>11" },
    { OH_ROSTER_ADD_GROUP, NULL, "New & old", NULL, NULL,
      "<addGroup><name>New &amp; old<deltaNum>11" },
    { OH_ROSTER_RENAME_GROUP, NULL, "SALES", "Sales", NULL,
      "<modifyGroup><groupID>4<name>SALES<deltaNum>11" },
    { OH_ROSTER_REMOVE_GROUP, NULL, NULL, "Support", NULL, "<deleteGroup><groupID>6<deltaNum>11" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      edit (self, cases[i].kind, cases[i].uri, cases[i].name, cases[i].from, cases[i].to);
      if (cases[i].sent == NULL)
        {
          assert_told_at (self, "done(0,(null),(null)) ");
          oh_sip_peer_assert_silent (self->peer);
          continue;
        }
      take (self, cases[i].sent);
      answer (self, 403, NULL, NULL);
      assert_told_at (self, "failed(failed) ");
    }
}

static void
test_impossible (Fixture *self, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (OH_ROSTER_NAME_MAX + 1, 'n');
  g_autofree char *long_uri = g_strnfill (OH_ROSTER_ADDRESS_MAX + 1, 'a');
  const struct
  {
    OhRosterEditKind kind;
    const char *uri, *name, *from, *to;
  } cases[] = {
    { OH_ROSTER_ADD_CONTACT, "", NULL, NULL, NULL },
    { OH_ROSTER_ADD_CONTACT, "dora", NULL, NULL, NULL },
    { OH_ROSTER_ADD_CONTACT, "tel:+4930", NULL, NULL, NULL },
    { OH_ROSTER_ADD_CONTACT, "do ra@f.test", NULL, NULL, NULL },
    { OH_ROSTER_ADD_CONTACT, long_uri, NULL, NULL, NULL },
    { OH_ROSTER_ADD_CONTACT, "dora@f.test", long_name, NULL, NULL },
    { OH_ROSTER_RENAME_CONTACT, "bob@f.test", "two\nlines", NULL, NULL },
    { OH_ROSTER_RENAME_CONTACT, "nobody@f.test", "N", NULL, NULL },
    { OH_ROSTER_MOVE_CONTACT, "bob@f.test", NULL, "Sales", "Nowhere" },
    { OH_ROSTER_MOVE_CONTACT, "bob@f.test", NULL, "Nowhere", "Sales" },
    { OH_ROSTER_REMOVE_CONTACT, "nobody@f.test", NULL, NULL, NULL },
    { OH_ROSTER_ADD_GROUP, NULL, "", NULL, NULL },
    { OH_ROSTER_ADD_GROUP, NULL, " ", NULL, NULL },
    { OH_ROSTER_ADD_GROUP, NULL, "~", NULL, NULL },
    { OH_ROSTER_ADD_GROUP, NULL, "SALES", NULL, NULL },
    { OH_ROSTER_ADD_GROUP, NULL, long_name, NULL, NULL },
    { OH_ROSTER_RENAME_GROUP, NULL, "Support", "Sales", NULL },
    { OH_ROSTER_RENAME_GROUP, NULL, "X", "~", NULL },
    { OH_ROSTER_RENAME_GROUP, NULL, "X", "Nowhere", NULL },
    { OH_ROSTER_REMOVE_GROUP, NULL, NULL, "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      edit (self, cases[i].kind, cases[i].uri, cases[i].name, cases[i].from, cases[i].to);
      assert_told_at (self, "failed(usage) ");
    }
  oh_sip_peer_assert_silent (self->peer);
  edit (self, OH_ROSTER_ADD_GROUP, NULL, long_name + 1, NULL, NULL); /* the longest */
  g_clear_pointer (&self->request, oh_sip_message_unref);
  self->request = oh_sip_peer_take (self->peer, "SERVICE", NULL);
}

#define ADDED_GROUP "<Envelope><Body><addGroup><groupID>7</groupID></addGroup></Body></Envelope>"
#define DELTA_NEW                                                                                  \
  "<contactDelta prevDeltaNum='11' deltaNum='12'><addedGroup id='7' name='New'/></contactDelta>"

/* Done is what the server has made and told of, whichever comes first. */
static void
test_done_when_told (Fixture *self, gconstpointer data)
{
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  edit (self, OH_ROSTER_REMOVE_CONTACT, "bob@f.test", NULL, NULL, NULL);
  take (self, "<addGroup><name>New<deltaNum>11");
  oh_sip_peer_assert_silent (self->peer); /* one at a time */
  answer (self, 200, NULL, ADDED_GROUP);
  g_assert_cmpint (oh_roster_editor_state (self->editor), ==, OH_ROSTER_TELLING);
  assert_told_at (self, "");
  tell (self, DELTA_NEW);
  assert_told_at (self, "done(7,(null),(null)) ");
  take (self, "<deleteContact><URI>sip:bob@f.test<deltaNum>12");
  tell (self, "<contactDelta prevDeltaNum='12' deltaNum='13'>"
              "<deletedContact uri='bob@f.test'/></contactDelta>");
  assert_told_at (self, "");
  answer (self, 200, NULL, NULL);
  assert_told_at (self, "done(0,Bob,Sales) ");
  g_assert_cmpint (oh_roster_editor_state (self->editor), ==, OH_ROSTER_IDLE);
}

/* A server that makes the change and never tells of it is asked for the list. */
static void
test_never_told (Fixture *self, gconstpointer data)
{
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  take (self, "<addGroup><name>New<deltaNum>11");
  answer (self, 200, NULL, ADDED_GROUP);
  oh_fake_clock_advance (self->clock, OH_ROSTER_TOLD_LIMIT_US);
  assert_told_at (self, "renew ");
  tell (self, LIST ("12"));
  assert_told_at (self, "done(7,(null),(null)) ");
}

#define FAULT                                                                                      \
  "<Envelope><Body><Fault><faultcode>Client.BadCall.WrongDelta</faultcode></Fault></Body>"         \
  "</Envelope>"

/* Somebody else was quicker: the list is read, and the edit made for the list as it is then. */
static void
test_conflict (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers, *body;
  } cases[] = {
    { 409, NULL, NULL },
    { 409, NULL, FAULT },
    { 500, NULL, FAULT },
    { 200, NULL, FAULT },
    { 409, "ms-diagnostics: 2000;reason=\"Wrong delta number\"\r\n", NULL },
    { 404, "ms-diagnostics: 2001;reason=\"Contact does not exist\"\r\n", NULL },
    { 400, "ms-diagnostics: 2002;reason=\"Group does not exist\"\r\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      tell (self, LIST ("11"));
      edit (self, OH_ROSTER_COPY_CONTACT, "bob@f.test", NULL, NULL, "Support");
      take (self, "<setContact><displayName>Bob<groups>4 6<subscribed>true<URI>sip:bob@f.test"
                  "<deltaNum>11");
      answer (self, cases[i].status, cases[i].headers, cases[i].body);
      assert_told_at (self, "renew ");
      tell (self, "<contactList deltaNum='14'><group id='1' name='~'/><group id='6' "
                  "name='Support'/><contact uri='bob@f.test' name='Bob B' groups='1'/>"
                  "</contactList>");
      take (self, "<setContact><displayName>Bob B<groups>6<subscribed>true<URI>sip:bob@f.test"
                  "<deltaNum>14");
      answer (self, cases[i].status, cases[i].headers, cases[i].body);
      assert_told_at (self, "failed(conflict) renew "); /* twice is enough */
      tell (self, LIST ("15"));
      oh_sip_peer_assert_silent (self->peer);
    }
}

/* While the list was read again, the person went: there is nothing left to change. */
static void
test_conflict_gone (Fixture *self, gconstpointer data)
{
  edit (self, OH_ROSTER_RENAME_CONTACT, "bob@f.test", "Robert", NULL, NULL);
  take (self, "<setContact><displayName>Robert<groups>4<subscribed>true<URI>sip:bob@f.test"
              "<deltaNum>11");
  answer (self, 409, NULL, NULL);
  tell (self, "<contactList deltaNum='12'/>");
  assert_told_at (self, "renew failed(usage) ");
}

static void
test_refusals (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *diagnostics, *told;
  } cases[] = {
    { 403, NULL, "failed(failed) " },
    { 409, "ms-diagnostics: 2007;reason=\"limit\"\r\n", "failed(failed) " },
    { 409, "ms-diagnostics: 2008;reason=\"limit\"\r\n", "failed(failed) " },
    { 409, "ms-diagnostics: 2015;reason=\"duplicate\"\r\n", "failed(usage) " },
    { 503, NULL, "failed(unreachable) " },
    { 480, NULL, "failed(failed) " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
      take (self, "<addGroup><name>New<deltaNum>11");
      answer (self, cases[i].status, cases[i].diagnostics, NULL);
      assert_told_at (self, cases[i].told);
      g_assert_cmpint (oh_roster_editor_state (self->editor), ==, OH_ROSTER_IDLE);
    }
}

static void
test_not_signed_in (Fixture *self, gconstpointer data)
{
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  assert_told_at (self, "failed(not-signed-in) ");
  oh_roster_editor_start (self->editor, oh_sip_peer_stack (self->peer), "sip:anna@f.test");
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  oh_sip_peer_assert_silent (self->peer); /* without the list nothing can be changed */
  oh_fake_clock_advance (self->clock, OH_ROSTER_LIST_LIMIT_US);
  assert_told_at (self, "failed(unreachable) ");
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  tell (self, LIST ("11"));
  take (self, "<addGroup><name>New<deltaNum>11");
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "Newer", NULL, NULL);
  oh_roster_editor_stop (self->editor);
  assert_told_at (self, "failed(not-signed-in) failed(not-signed-in) ");
}

static void
test_elsewhere (Fixture *self, gconstpointer data)
{
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  take (self, "<addGroup><name>New<deltaNum>11");
  oh_roster_editor_set_elsewhere (self->editor, TRUE);
  assert_told_at (self, "failed(failed) ");
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "New", NULL, NULL);
  assert_told_at (self, "failed(failed) ");
}

static void
test_queue_limit (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < OH_ROSTER_QUEUE_MAX; i++)
    edit (self, OH_ROSTER_REMOVE_GROUP, NULL, NULL, "Sales", NULL);
  assert_told_at (self, "");
  edit (self, OH_ROSTER_REMOVE_GROUP, NULL, NULL, "Sales", NULL);
  assert_told_at (self, "failed(failed) ");
  take (self, "<deleteGroup><groupID>4<deltaNum>11");
}

static void
test_group_limit (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='20'>");

  for (guint i = 1; i < OH_ROSTER_GROUPS_MAX; i++)
    g_string_append_printf (xml, "<group id='%u' name='Group %u'/>", i, i);
  g_string_append (xml, "</contactList>");
  tell (self, xml->str);
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "The last one", NULL, NULL);
  take (self, "<addGroup><name>The last one<deltaNum>20");
  tell (self, "<contactDelta prevDeltaNum='20' deltaNum='21'><addedGroup id='64' name='The last "
              "one'/></contactDelta>");
  answer (self, 200, NULL, NULL);
  assert_told_at (self, "done(0,(null),(null)) ");
  edit (self, OH_ROSTER_ADD_GROUP, NULL, "One more", NULL, NULL);
  assert_told_at (self, "failed(failed) ");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*set_up) (Fixture *self, gconstpointer data);
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/roster-editor/requests", set_up_online, test_requests },
    { "/roster-editor/impossible", set_up_online, test_impossible },
    { "/roster-editor/done-when-told", set_up_online, test_done_when_told },
    { "/roster-editor/never-told", set_up_online, test_never_told },
    { "/roster-editor/conflict", set_up_online, test_conflict },
    { "/roster-editor/conflict-gone", set_up_online, test_conflict_gone },
    { "/roster-editor/refusals", set_up_online, test_refusals },
    { "/roster-editor/not-signed-in", set_up, test_not_signed_in },
    { "/roster-editor/elsewhere", set_up_online, test_elsewhere },
    { "/roster-editor/queue-limit", set_up_online, test_queue_limit },
    { "/roster-editor/group-limit", set_up_online, test_group_limit },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, tests[i].set_up, tests[i].test, tear_down);
  return g_test_run ();
}
