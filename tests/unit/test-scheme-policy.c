/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scheme-policy.h"

static void
test_choose (void)
{
  static const struct
  {
    OhMechanismChoice choice;
    const char *offered;
    guint tried; /* bits */
    const char *chosen;
  } cases[] = {
    { OH_MECHANISM_CHOICE_AUTO, "NTLM r=1, Kerberos r=1", 0, "Kerberos" },
    { OH_MECHANISM_CHOICE_AUTO, "Kerberos r=1, NTLM r=1", 0, "Kerberos" },
    { OH_MECHANISM_CHOICE_AUTO, "TLS-DSK r=1, NTLM r=1", 0, "NTLM" },
    { OH_MECHANISM_CHOICE_AUTO, "NTLM r=1, Kerberos r=1", 1 << OH_AUTH_SCHEME_KERBEROS, "NTLM" },
    { OH_MECHANISM_CHOICE_AUTO, "NTLM r=1, Kerberos r=1", 1 << OH_AUTH_SCHEME_NTLM, "Kerberos" },
    { OH_MECHANISM_CHOICE_AUTO, "NTLM r=1, Kerberos r=1",
      1 << OH_AUTH_SCHEME_NTLM | 1 << OH_AUTH_SCHEME_KERBEROS, NULL },
    { OH_MECHANISM_CHOICE_KERBEROS, "NTLM r=1, Kerberos r=1", 0, "Kerberos" },
    { OH_MECHANISM_CHOICE_KERBEROS, "NTLM r=1, Kerberos r=1", 1 << OH_AUTH_SCHEME_KERBEROS, NULL },
    { OH_MECHANISM_CHOICE_KERBEROS, "NTLM r=1", 0, NULL },
    { OH_MECHANISM_CHOICE_NTLM, "NTLM r=1, Kerberos r=1", 0, "NTLM" },
    { OH_MECHANISM_CHOICE_NTLM, "Kerberos r=1", 0, NULL },
    { OH_MECHANISM_CHOICE_AUTO, "TLS-DSK r=1, Digest r=1, Frob r=1", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhSchemePolicy policy = { .choice = cases[i].choice };
      g_autoptr (GPtrArray) offers =
        oh_auth_challenge_parse (oh_slice_str (cases[i].offered), NULL);
      const OhAuthChallenge *chosen = oh_scheme_policy_choose (&policy, offers, cases[i].tried);

      g_test_message ("%s", cases[i].offered);
      g_assert_cmpstr (chosen != NULL ? chosen->scheme_text : NULL, ==, cases[i].chosen);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheme-policy/choose", test_choose);
  return g_test_run ();
}
