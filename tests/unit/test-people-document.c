/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-document.h"

#include "multipart.h"
#include "rlmi-xml.h"
#include "roaming-contacts-xml.h"

#define S G_GINT64_CONSTANT (1000000)
#define MULTIPART "multipart/related; type=\"application/rlmi+xml\"; boundary=b"
#define CATEGORIES "application/msrtc-event-categories+xml"
#define PART(type, body) "--b\r\nContent-Type: " type "\r\n\r\n" body "\r\n"
#define PART_WITH_ID(id, type, body)                                                               \
  "--b\r\nContent-ID: <" id ">\r\nContent-Type: " type "\r\n\r\n" body "\r\n"
#define LIST(version, resources)                                                                   \
  PART ("application/rlmi+xml", "<list version='" version "'>" resources "</list>")
#define RESOURCE(person, attributes)                                                               \
  "<resource uri='sip:" person "@f.test'><instance " attributes "/></resource>"
#define STATE(number)                                                                              \
  "<category name='state'><state><availability>" number "</availability></state></category>"
#define OF(person, number) "<categories uri='sip:" person "@f.test'>" STATE (number) "</categories>"

static GString *told; /* the log from message on */

typedef struct
{
  OhContacts *contacts;
  OhPeopleOrder order;
  GString *moved;
  gint64 now_us;
} Fixture;

static GLogWriterOutput
keep_line (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user_data)
{
  for (gsize i = 0; i < n; i++)
    if (level <= G_LOG_LEVEL_MESSAGE && g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (told, "%s\n", (const char *) fields[i].value);
  return level <= G_LOG_LEVEL_WARNING ? g_log_writer_default (level, fields, n, user_data)
                                      : G_LOG_WRITER_HANDLED;
}

static void
on_moved (const char *uri, const char *pool, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->moved, "%s>%s ", uri, pool);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (OhContactList) list =
    oh_contact_list_parse (oh_slice_str ("<contactList deltaNum='1'><contact uri='bob@f.test'/>"
                                         "<contact uri='carol@f.test'/></contactList>"),
                           NULL);

  self->contacts = oh_contacts_new ();
  g_assert_true (oh_contacts_apply_list (self->contacts, list));
  self->moved = g_string_new (NULL);
  self->now_us = S;
  g_string_truncate (told, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->contacts);
  g_string_free (self->moved, TRUE);
}

static void
apply (Fixture *self, const char *type, const char *body)
{
  const OhPeopleSink sink = { self->contacts, on_moved, self };

  oh_people_document_apply (&self->order, &sink, oh_slice_str (type), oh_slice_str (body),
                            self->now_us);
}

/* "bob carol" */
static void
assert_people (Fixture *self, const char *expected)
{
  static const char *const uris[] = { "bob@f.test", "carol@f.test" };
  const char *words[2];
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    words[i] = oh_availability_word (oh_presence_availability (
      oh_contact_presence (oh_contacts_lookup_uri (self->contacts, uris[i]))));
  text = g_strdup_printf ("%s %s", words[0], words[1]);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_told (const char *expected)
{
  g_assert_cmpstr (told->str, ==, expected);
  g_string_truncate (told, 0);
}

#define PASSED_OVER(broken, foreign, strangers, nobody, old, before, why)                          \
  "presence notification: passed over " broken " broken, " foreign " in unknown forms, " strangers \
  " of people who are not in the list, " nobody " of nobody, " old " old lists; " before           \
  " such notifications before it not told" why "\n"

/* Each form of a person's document, alone and as a part; parameters and letters do not matter. */
static void
test_forms (Fixture *self, gconstpointer data)
{
  apply (self, "Application/MSRTC-event-categories+xml; charset=utf-8", OF ("bob", "9500"));
  assert_people (self, "dnd unknown");
  apply (self, "text/xml+msrtc.pidf",
         "<presentity uri='bob@f.test'><availability aggregate='300'/>"
         "<activity aggregate='600'/></presentity>");
  assert_people (self, "busy unknown");
  apply (self, "application/pidf+xml",
         "<presence entity='pres:Bob@F.test'><tuple><status><basic>open</basic></status></tuple>"
         "</presence>");
  assert_people (self, "available unknown");
  apply (self, "application/xpidf+xml",
         "<presence><presentity uri='sip:bob@f.test;method=SUBSCRIBE'/><atom><address>"
         "<status status='open'/><msnsubstatus substatus='away'/></address></atom></presence>");
  assert_people (self, "away unknown");
  apply (self, MULTIPART,
         LIST ("1", RESOURCE ("bob", "state='active'") RESOURCE ("carol", "state='active'"))
           PART ("text/xml+msrtc.pidf", "<presentity uri='carol@f.test'>"
                                        "<availability aggregate='300'/></presentity>")
             PART (CATEGORIES, OF ("bob", "3500")) "--b--");
  assert_people (self, "available available");
  assert_told ("");
}

/* A document that does not say whose it is belongs to whom the list says, by the part's id. */
static void
test_content_ids (Fixture *self, gconstpointer data)
{
#define NAMELESS(number) "<categories>" STATE (number) "</categories>"
  apply (self, MULTIPART,
         LIST ("1", RESOURCE ("bob", "cid='1@x'") RESOURCE ("carol", "cid='missing@x'"))
           PART_WITH_ID ("1@x", CATEGORIES, NAMELESS ("6500"))
             PART_WITH_ID ("2@x", CATEGORIES, NAMELESS ("9500"))
               PART (CATEGORIES, NAMELESS ("9500")) "--b--");
  assert_people (self, "busy unknown");
  assert_told (PASSED_OVER ("0", "0", "0", "2", "0", "0", ""));
  /* what the document says of itself goes before */
  apply (self, MULTIPART,
         LIST ("2", RESOURCE ("bob", "cid='1@x'"))
           PART_WITH_ID ("1@x", CATEGORIES, OF ("carol", "9500")) "--b--");
  assert_people (self, "busy dnd");
  apply (self, CATEGORIES, NAMELESS ("3500"));
  assert_people (self, "busy dnd");
  assert_told (PASSED_OVER ("0", "0", "0", "1", "0", "0", ""));
#undef NAMELESS
}

/* Bad in every way at once: the rest counts, and one line says how much was passed over. */
static void
test_tally (Fixture *self, gconstpointer data)
{
  apply (self, MULTIPART,
         LIST ("3", RESOURCE ("bob", "state='active'") RESOURCE ("bob", "state='active'")
                      RESOURCE ("x", "state='resubscribe'") RESOURCE ("y", "state='terminated'"))
           PART (CATEGORIES, "<!DOCTYPE c [<!ENTITY a 'b'>]><categories>&a;</categories>")
             PART (CATEGORIES, "<categories") PART (CATEGORIES, OF ("stranger", "3500"))
               PART ("image/png", "x") PART (CATEGORIES, OF ("carol", "6500")) "--b--");
  assert_people (self, "unknown busy");
  g_assert_cmpstr (self->moved->str, ==, "");
  assert_told (PASSED_OVER ("2", "1", "3", "0", "0", "0",
                            ": XML refused: no root element, or a document type declaration "
                            "before it"));
  apply (self, MULTIPART,
         LIST ("2", RESOURCE ("carol", "state='terminated'"))
           PART (CATEGORIES, OF ("carol", "3500")) "--b--");
  assert_people (self, "unknown busy"); /* overtaken, with everything in it */
  assert_told (PASSED_OVER ("0", "0", "0", "0", "1", "0", ""));
  apply (self, "multipart/related", "--b\r\n\r\nx");
  assert_told (PASSED_OVER ("1", "0", "0", "0", "0", "0", ": multipart refused: no boundary"));
  apply (self, MULTIPART, "--c\r\n\r\nx");
  assert_told (PASSED_OVER ("1", "0", "0", "0", "0", "0", ": multipart refused: no part"));
  apply (self, "text/html", "<html/>");
  assert_told (PASSED_OVER ("0", "1", "0", "0", "0", "0", ""));
}

/* A flood of them is some lines a minute. */
static void
test_flood (Fixture *self, gconstpointer data)
{
  g_autofree char *held_back = NULL;
  guint lines = 0;

  for (guint i = 0; i < 10000; i++)
    apply (self, CATEGORIES, OF ("stranger", "3500"));
  for (const char *at = told->str; *at != '\0'; at++)
    lines += *at == '\n';
  g_assert_cmpuint (lines, ==, OH_PEOPLE_DOCUMENT_LINES);
  g_string_truncate (told, 0);
  self->now_us += OH_LOG_WINDOW_US;
  apply (self, CATEGORIES, OF ("stranger", "3500"));
  held_back = g_strdup_printf ("; %u such notifications", 10000 - OH_PEOPLE_DOCUMENT_LINES);
  g_assert_nonnull (strstr (told->str, held_back));
}

/* Everybody whom one notification may hold, and one beyond. */
static void
test_limits (Fixture *self, gconstpointer data)
{
  for (guint beyond = 0; beyond <= 1; beyond++)
    {
      g_autoptr (GString) list = g_string_new ("<list>");
      g_autoptr (GString) parts = g_string_new (NULL);

      for (guint i = 0; i < OH_RLMI_RESOURCES_MAX - 1 + beyond; i++)
        g_string_append (list, RESOURCE ("stranger", "state='resubscribe'"));
      g_string_append (list, RESOURCE ("bob", "state='resubscribe' poolFqdn='p'") "</list>");
      apply (self, "application/rlmi+xml", list->str);
      g_assert_cmpstr (self->moved->str, ==, "sip:bob@f.test>p "); /* not the one beyond */

      for (guint i = 0; i < OH_MULTIPART_PARTS_MAX - 1 + beyond; i++)
        g_string_append (parts, PART (CATEGORIES, "<categories/>"));
      g_string_append (parts, beyond ? PART (CATEGORIES, OF ("bob", "9500")) "--b--"
                                     : PART (CATEGORIES, OF ("bob", "6500")) "--b--");
      apply (self, MULTIPART, parts->str);
      assert_people (self, "busy unknown");
    }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  told = g_string_new (NULL);
  g_log_set_writer_func (keep_line, NULL, NULL);
  ADD ("/people-document/forms", test_forms);
  ADD ("/people-document/content-ids", test_content_ids);
  ADD ("/people-document/tally", test_tally);
  ADD ("/people-document/flood", test_flood);
  ADD ("/people-document/limits", test_limits);
  status = g_test_run ();
  g_string_free (told, TRUE);
  return status;
}
