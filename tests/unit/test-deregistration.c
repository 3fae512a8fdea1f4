/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "deregistration.h"

#include <string.h>

#include "error.h"
#include "register-answer.h"

static OhSipMessage *
notify (const char *headers, const char *body)
{
  g_autofree char *text =
    g_strdup_printf ("BENOTIFY sip:a@b SIP/2.0\r\nEvent: registration-notify\r\n%s"
                     "Content-Type: text/registration-event\r\nContent-Length: %zu\r\n\r\n%s",
                     headers, strlen (body), body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhSipMessage *message = oh_sip_message_parse (bytes, &error);

  g_assert_no_error (error);
  return message;
}

static void
test_read (void)
{
  static const struct
  {
    const char *body;
    OhDeregistration meaning;
  } cases[] = {
    { "deregistered;event=rejected", OH_DEREGISTRATION_REJECTED },
    { "deregistered;event=unregistered\r\n", OH_DEREGISTRATION_UNREGISTERED },
    { "Deregistered ; Event = Deactivated;x=y", OH_DEREGISTRATION_DEACTIVATED },
    { "DEREGISTERED;EVENT=REJECTED", OH_DEREGISTRATION_REJECTED },
    { "event=rejected;deregistered", OH_DEREGISTRATION_REJECTED },
    { "reason=x;event=rejected; deregistered\r\n", OH_DEREGISTRATION_REJECTED },
    { "\r\nderegistered;\r\n event=rejected\r\n", OH_DEREGISTRATION_REJECTED },
    { "deregistered;event=rejected;event=deactivated", OH_DEREGISTRATION_REJECTED },
    { "deregistered;event=unknown;event=deactivated", OH_DEREGISTRATION_DEACTIVATED },
    { "deregistered;1;2;3;4;5;6;7;8;9;10;11;12;13;14;event=rejected", OH_DEREGISTRATION_REJECTED },
    { "deregistered;1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;event=rejected", OH_DEREGISTRATION_NONE },
    { "deregistered;event=other", OH_DEREGISTRATION_NONE },
    { "deregistered;event=", OH_DEREGISTRATION_NONE },
    { "deregistered;event", OH_DEREGISTRATION_NONE },
    { "deregistered;event=rejectedness", OH_DEREGISTRATION_NONE },
    { "deregistered", OH_DEREGISTRATION_NONE },
    { "registered;event=rejected", OH_DEREGISTRATION_NONE },
    { "event=rejected", OH_DEREGISTRATION_NONE },
    { ";;;=;=", OH_DEREGISTRATION_NONE },
    { "", OH_DEREGISTRATION_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) message = notify ("", cases[i].body);

      g_assert_cmpint (oh_deregistration_read (message), ==, cases[i].meaning);
    }
}

/* Each kind: who may mend it, whether it is tried again by itself, what the user reads. */
static void
test_explain (void)
{
  static const struct
  {
    const char *headers, *body;
    double random;
    gint retry_s;
    int code;
    const char *message;
  } cases[] = {
    { "", "deregistered;event=rejected", 0.5, OH_REGISTER_NEVER, OH_ERROR_ACCOUNT,
      "fe1 signed you out: the account sip:a@b is disabled." },
    { "ms-diagnostics-public: 4141;reason=\"User disabled\"\r\n", "deregistered;event=rejected",
      0.5, OH_REGISTER_NEVER, OH_ERROR_ACCOUNT,
      "fe1 signed you out: the account sip:a@b is disabled (4141: User disabled)." },
    { "", "deregistered;event=unregistered", 0.5, OH_REGISTER_NEVER, OH_ERROR_NOT_SIGNED_IN,
      "fe1 signed you out, because you signed in elsewhere." },
    { "ms-diagnostics: 4140\r\n", "deregistered;event=unregistered", 0.5, OH_REGISTER_NEVER,
      OH_ERROR_NOT_SIGNED_IN, "fe1 signed you out, because you signed in elsewhere (4140)." },
    { "", "deregistered;event=deactivated", 0.0, OH_DEREGISTRATION_RETURN_MIN_S,
      OH_ERROR_UNREACHABLE, "fe1 sends its users to another server." },
    { "", "deregistered;event=deactivated", 0.999999, OH_DEREGISTRATION_RETURN_MAX_S - 1,
      OH_ERROR_UNREACHABLE, "fe1 sends its users to another server." },
  };
  g_autoptr (OhSipMessage) nothing = notify ("", "deregistered");
  g_autoptr (GError) none = NULL;
  gint retry_s;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) message = notify (cases[i].headers, cases[i].body);
      g_autoptr (GError) error = NULL;

      g_assert_true (
        oh_deregistration_explain (message, "fe1", "sip:a@b", cases[i].random, &retry_s, &error));
      g_assert_error (error, OH_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpint (retry_s, ==, cases[i].retry_s);
      g_assert_cmpstr (oh_error_advice (error->code), !=, "");
    }
  g_assert_false (oh_deregistration_explain (nothing, "fe1", "sip:a@b", 0, &retry_s, &none));
  g_assert_no_error (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deregistration/read", test_read);
  g_test_add_func ("/deregistration/explain", test_explain);
  return g_test_run ();
}
