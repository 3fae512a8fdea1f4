/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-login.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever challenge is understood can be answered, and the answer is one header line. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *header = g_strndup ((const char *) data, size);
  g_autoptr (OhHttpChallenge) challenge = oh_http_challenge_parse (header);
  g_autofree char *nonce = oh_http_next_nonce (header);
  g_auto (GStrv) pieces = g_strsplit (header, "\\", -1);
  g_autofree char *plain = g_strjoinv ("", pieces);

  if (challenge != NULL)
    {
      g_autofree char *answer =
        oh_http_answer (challenge, "user", "password",
                        &(OhHttpAsked){ .method = "GET", .target = "/info.htm" }, "cnonce", 1);

      g_assert_cmpint (challenge->scheme, >, OH_HTTP_NO_SCHEME);
      g_assert_true (challenge->scheme == OH_HTTP_BASIC || *challenge->nonce != '\0');
      /* what stands in the answer in clear is the server's; it may escape its own letters */
      g_assert_true (strstr (answer, "password") == NULL || strstr (plain, "password") != NULL);
    }
  g_assert_true (nonce == NULL || *nonce != '\0');
  return 0;
}
