/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "diagnostic-code.h"
#include "error.h"

static OhExplanation *
explain (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhExplanation *explanation = oh_explain (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return explanation;
}

static const OhFinding *
find (const OhExplanation *explanation, const char *code)
{
  const GPtrArray *findings = oh_explanation_findings (explanation);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((const OhFinding *) findings->pdata[i])->code, code))
      return findings->pdata[i];
  return NULL;
}

/* --- the samples --------------------------------------------------------------------------- */

/* One trace of tests/data/explain against the findings beside it. */
static void
test_sample (gconstpointer data)
{
  g_autofree char *path = g_strconcat (data, ".txt", NULL);
  g_autofree char *expected_path = g_strconcat (data, ".json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhExplanation) explanation = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  const GPtrArray *findings;
  JsonArray *expected;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  json_parser_load_from_file (parser, expected_path, &error);
  g_assert_no_error (error);
  expected = json_node_get_array (json_parser_get_root (parser));
  explanation = explain (text);
  findings = oh_explanation_findings (explanation);
  g_assert_cmpuint (findings->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);
      JsonObject *wanted = json_array_get_object_element (expected, i);

      g_assert_cmpstr (finding->code, ==, json_object_get_string_member (wanted, "code"));
      g_assert_cmpstr (oh_finding_severity_word (finding->severity), ==,
                       json_object_get_string_member (wanted, "severity"));
      g_assert_cmpint (finding->line, ==, json_object_get_int_member (wanted, "line"));
      g_assert_cmpstr (finding->title, !=, "");
      g_assert_cmpstr (finding->cause, !=, "");
    }
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sample_names (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "explain", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".txt"))
      {
        g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".txt"));

        g_ptr_array_add (names, g_build_filename (folder, stem, NULL));
      }
  g_ptr_array_sort (names, by_name);
  return names;
}

/* Every code of the table is seen in a sample; else it could never be found. */
static void
test_complete (gconstpointer data)
{
  const GPtrArray *names = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const OhDiagnosticCode *row;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat (names->pdata[i], ".txt", NULL);
      g_autofree char *text = NULL;
      g_autoptr (OhExplanation) explanation = NULL;
      const GPtrArray *findings;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      explanation = explain (text);
      findings = oh_explanation_findings (explanation);
      for (guint j = 0; j < findings->len; j++)
        g_hash_table_add (seen, g_strdup (((const OhFinding *) findings->pdata[j])->code));
    }
  for (guint i = 0; (row = oh_diagnostic_code_nth (i)) != NULL; i++)
    if (!g_str_equal (row->code, "trace-cut") && !g_str_equal (row->code, "no-trouble"))
      {
        g_test_message ("%s", row->code);
        g_assert_true (g_hash_table_contains (seen, row->code));
      }
}

/* --- judgement ----------------------------------------------------------------------------- */

#define DIALOG "From: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: 1\n"
#define REGISTER(n, more) "REGISTER sip:x SIP/2.0\n" DIALOG "CSeq: " n " REGISTER\n" more "\n"
#define ANSWER(n, status, more) "SIP/2.0 " status "\n" DIALOG "CSeq: " n " REGISTER\n" more "\n"
#define OFFER "WWW-Authenticate: NTLM realm=\"r\", targetname=\"fe1\", version=4\n"
#define SIGNED "Authorization: NTLM realm=\"r\", targetname=\"fe1\", cnum=\"1\", response=\"01\"\n"

/* A 401 within the handshake is as expected, one after signing is not, one to the answer is an
 * error. */
static void
test_verdicts (void)
{
  static const struct
  {
    const char *credentials;
    OhFindingSeverity verdict;
  } cases[] = {
    { "", OH_FINDING_OK },
    { "Authorization: NTLM realm=\"r\", targetname=\"fe1\", gssapi-data=\"\"\n", OH_FINDING_OK },
    { SIGNED, OH_FINDING_INFO },
    { "Authorization: NTLM realm=\"r\", targetname=\"fe1\", gssapi-data=\"AAAA\"\n",
      OH_FINDING_ERROR },
    { "Authorization: Kerberos realm=\"r\", targetname=\"sip/fe1\", gssapi-data=\"…\", "
      "response=\"01\"\n",
      OH_FINDING_ERROR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        REGISTER ("1", "%s") ANSWER ("1", "401 Unauthorized", OFFER), cases[i].credentials);
      g_autoptr (OhExplanation) explanation = explain (text);

      g_assert_cmpuint (oh_explanation_n_messages (explanation), ==, 2);
      g_assert_cmpint (oh_explanation_message (explanation, 0)->verdict, ==, OH_FINDING_OK);
      g_assert_cmpint (oh_explanation_message (explanation, 1)->verdict, ==, cases[i].verdict);
      g_assert_cmpstr (oh_explanation_message (explanation, 1)->judged, !=, "");
    }
}

static void
test_groups (void)
{
  g_autoptr (OhExplanation) explanation = explain (REGISTER ("1", "") ANSWER (
    "1", "200 OK", "Expires: 600\n") "NOTIFY sip:a@x SIP/2.0\nFrom: <sip:b@x>;tag=2\nTo: "
                                     "<sip:a@x>;tag=3\nCall-ID: 2\n"
                                     "CSeq: 1 NOTIFY\n\n" REGISTER ("2", ""));
  static const struct
  {
    guint call, transaction, from, to, line;
    const char *label;
  } expected[] = {
    { 0, 0, 0, 1, 1, "REGISTER" },
    { 0, 0, 1, 0, 7, "200 OK" },
    { 1, 1, 1, 0, 14, "NOTIFY" },
    { 0, 2, 0, 1, 20, "REGISTER" },
  };

  g_assert_cmpuint (oh_explanation_n_calls (explanation), ==, 2);
  g_assert_cmpuint (oh_explanation_n_participants (explanation), ==, 2);
  g_assert_cmpuint (oh_explanation_n_messages (explanation), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const OhExplainMessage *message = oh_explanation_message (explanation, i);

      g_assert_cmpuint (message->call, ==, expected[i].call);
      g_assert_cmpuint (message->transaction, ==, expected[i].transaction);
      g_assert_cmpuint (message->from, ==, expected[i].from);
      g_assert_cmpuint (message->to, ==, expected[i].to);
      g_assert_cmpuint (message->line, ==, expected[i].line);
      g_assert_cmpstr (message->label, ==, expected[i].label);
    }
}

static void
test_details (void)
{
  g_autoptr (OhExplanation) explanation = explain (REGISTER ("1", "") ANSWER (
    "1", "403 Forbidden", "ms-diagnostics: 60123;reason=\"Recorder off\";source=\"fe1\"\n"));
  const OhFinding *finding = find (explanation, "sign-in-forbidden");
  g_autofree char *text = NULL;

  g_assert_nonnull (finding);
  g_assert_nonnull (
    strstr (finding != NULL ? finding->cause : "", "403 Forbidden; 60123 “Recorder off”, fe1"));
  text = oh_explanation_message_text (explanation, 1);
  g_assert_true (g_str_has_prefix (text, "SIP/2.0 403 Forbidden\nFrom"));
}

/* Equal troubles are one finding; different ones are as many as the limit. */
static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (OhExplanation) explanation = NULL;

  for (guint i = 0; i <= OH_EXPLAIN_FINDINGS_MAX; i++)
    g_string_append_printf (
      text, "SIP/2.0 403 x\nCall-ID: %u\nCSeq: 1 INFO\nms-diagnostics: 60000;reason=\"%u\"\n\n", i,
      i / 2 + i % 2 * 1000);
  explanation = explain (text->str);
  g_assert_cmpuint (oh_explanation_n_messages (explanation), ==, OH_EXPLAIN_FINDINGS_MAX + 1);
  g_assert_cmpuint (oh_explanation_findings (explanation)->len, ==, OH_EXPLAIN_FINDINGS_MAX);
  g_clear_pointer (&explanation, oh_explanation_free);

  g_string_truncate (text, 0);
  for (guint i = 0; i <= OH_EXPLAIN_MESSAGES_MAX; i++)
    g_string_append (text, "SIP/2.0 403 x\nCSeq: 1 INFO\n\n");
  explanation = explain (text->str);
  g_assert_cmpuint (oh_explanation_n_messages (explanation), ==, OH_EXPLAIN_MESSAGES_MAX);
  g_assert_nonnull (find (explanation, "trace-cut"));
  g_assert_cmpuint (oh_explanation_findings (explanation)->len, ==, 2);
}

static void
test_participants (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (OhExplanation) explanation = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text,
                            "-- 2026-11-21T15:04:05.000000Z c1 out fe%u.fabrikam.test:5061 [pass]\n"
                            "REGISTER sip:x SIP/2.0\n\n--\n",
                            i);
  explanation = explain (text->str);
  g_assert_cmpuint (oh_explanation_n_participants (explanation), ==, OH_EXPLAIN_PARTICIPANTS_MAX);
  g_assert_cmpstr (oh_explanation_participant (explanation, 1), ==, "fe0.fabrikam.test");
}

static void
test_refused (void)
{
  static const char *const texts[] = { "", "hello\n", "TL_INFO(x) nothing\n", "SIP is fine\n" };
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc0 (OH_EXPLAIN_SIZE_MAX + 1);
  g_autoptr (GBytes) too_large = g_bytes_new_static (large, OH_EXPLAIN_SIZE_MAX + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (GError) why = NULL;

      g_assert_null (oh_explain (bytes, NULL, NULL, &why));
      g_assert_error (why, OH_ERROR, OH_ERROR_FAILED);
      g_assert_nonnull (strstr (why->message, "$$begin_record"));
    }
  g_assert_null (oh_explain (too_large, NULL, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "64 MiB"));
}

static gboolean
give_up (gsize done, gsize total, gpointer user_data)
{
  g_assert_cmpuint (done, <=, total);
  ++*(guint *) user_data;
  return FALSE;
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("SIP/2.0 200 OK\n\n", 16);
  g_autoptr (GError) error = NULL;
  guint asked = 0;

  g_assert_null (oh_explain (bytes, give_up, &asked, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
  g_assert_cmpuint (asked, ==, 1);
}

/* What the agent notes of a message that is in the trace is no second finding; what only the note
 * has, is one. */
static void
test_notes (void)
{
#define HEAD "-- 2026-11-21T15:04:05.000000Z c1 "
  g_autoptr (OhExplanation) explanation = explain (
    HEAD "note - [pass]\ncredentials-rejected: no password yet\n--\n" HEAD
         "in fe1:5061 [unsigned]\n" ANSWER ("1", "401 Unauthorized",
                                            "ms-diagnostics: "
                                            "1000;HRESULT=\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)"
                                            "\"\n") "--\n" HEAD
                                                    "note - [pass]\nunreachable: gone\n--\n");
  const GPtrArray *findings = oh_explanation_findings (explanation);

  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_nonnull (find (explanation, "credentials-rejected"));
  g_assert_cmpuint (((const OhFinding *) findings->pdata[0])->line, ==, 4);
  g_assert_nonnull (find (explanation, "server-unreachable"));
#undef HEAD
}

/* A phone or a web service that asks for credentials is no failure; what comes then may be. */
static void
test_http (void)
{
  g_autoptr (OhExplanation) explanation =
    explain ("GET /command.htm?number=1 HTTP/1.1\nHost: phone\n\n"
             "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Digest realm=\"x\"\n\n"
             "GET /command.htm?number=1 HTTP/1.1\nHost: phone\n\nHTTP/1.1 200 OK\n\n");

  g_assert_nonnull (find (explanation, "no-trouble"));
  g_assert_cmpuint (oh_explanation_n_messages (explanation), ==, 4);
}

/* Traces made to cost the square of their length: an open quote over ten thousands of lines, blank
 * lines without end, words that look like secrets, quotations of quotations. That they end is the
 * test. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "a\n", "\n",    "Password ",        "gssapi-data=\"", "> ",
                                        "<p>", "TL_\n", "$$begin_record\n", "-- \n" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("BYE sip:x SIP/2.0\n\nSIP/2.0 403 x\nTo: \"open\n");
      g_autoptr (OhExplanation) explanation = NULL;
      g_autofree char *shown = NULL;

      while (text->len < 4 * 1024 * 1024)
        g_string_append (text, pieces[i]);
      g_string_append (text, "\nVia: x\n");
      explanation = explain (text->str);
      shown =
        oh_explanation_message_text (explanation, oh_explanation_n_messages (explanation) - 1);
      g_assert_nonnull (shown);
    }
}

/* What people quote of a log: one header. */
static void
test_lone_header (void)
{
  g_autoptr (OhExplanation) explanation =
    explain ("we get this:\n  ms-diagnostics: 1000;reason=\"Final handshake failed\";"
             "HRESULT=\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"\n");

  g_assert_nonnull (find (explanation, "ntlm-session-security-mismatch"));
}

/* The server's Date against our clock: the limits and one beyond. */
static void
test_clock (void)
{
  static const struct
  {
    const char *date;
    const char *severity; /* NULL for no finding */
  } cases[] = {
    { "15:08:05", NULL },      { "15:08:06", "warning" }, { "15:09:05", "warning" },
    { "15:09:06", "error" },   { "15:00:05", NULL },      { "15:00:04", "warning" },
    { "14:59:05", "warning" }, { "14:59:04", "error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "-- 2026-11-21T15:04:05.900000Z c1 in fe1:5061 [unsigned]\nSIP/2.0 401 Unauthorized\n"
        "CSeq: 1 REGISTER\nDate: Sat, 21 Nov 2026 %s GMT\n" OFFER "\n--\n",
        cases[i].date);
      g_autoptr (OhExplanation) explanation = explain (text);
      const OhFinding *finding = find (explanation, "clock-skew");

      g_assert_cmpstr (finding != NULL ? oh_finding_severity_word (finding->severity) : NULL, ==,
                       cases[i].severity);
    }
}

/* Nothing that a token proves is told, neither in what is judged nor in the text. */
static void
test_no_secrets (void)
{
  g_autoptr (OhExplanation) explanation = explain (
    REGISTER ("1", "Authorization: NTLM realm=\"r\", targetname=\"fe1\", "
                   "gssapi-data=\"TlRMTVNTUAADAAAAc2VjcmV0c2VjcmV0\", response=\"0badc0de\"\n"));
  g_autofree char *text = oh_explanation_message_text (explanation, 0);

  g_assert_null (strstr (text, "c2VjcmV0"));
  g_assert_null (strstr (text, "0badc0de"));
  g_assert_null (strstr (oh_explanation_message (explanation, 0)->judged, "c2VjcmV0"));
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  names = sample_names ();
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *base = g_path_get_basename (names->pdata[i]);
      g_autofree char *path = g_strdup_printf ("/explain/sample/%s", base);

      g_test_add_data_func (path, names->pdata[i], test_sample);
    }
  g_test_add_data_func ("/explain/complete", names, test_complete);
  g_test_add_func ("/explain/verdicts", test_verdicts);
  g_test_add_func ("/explain/groups", test_groups);
  g_test_add_func ("/explain/details", test_details);
  g_test_add_func ("/explain/limits", test_limits);
  g_test_add_func ("/explain/participants", test_participants);
  g_test_add_func ("/explain/refused", test_refused);
  g_test_add_func ("/explain/cancel", test_cancel);
  g_test_add_func ("/explain/hostile", test_hostile);
  g_test_add_func ("/explain/lone-header", test_lone_header);
  g_test_add_func ("/explain/clock", test_clock);
  g_test_add_func ("/explain/notes", test_notes);
  g_test_add_func ("/explain/http", test_http);
  g_test_add_func ("/explain/no-secrets", test_no_secrets);
  status = g_test_run ();
  return status;
}
