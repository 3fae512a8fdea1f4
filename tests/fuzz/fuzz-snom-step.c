/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-login.h"
#include "http-reply.h"
#include "snom-step.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* From the octets of an answer to what follows, all the way: the first one says what was asked. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhHttpReply) reply = oh_http_reply_new (OH_SNOM_PAGE_MAX);
  g_autoptr (OhSnomPage) page = NULL;
  g_autoptr (OhHttpChallenge) challenge = NULL;
  OhHttpProgress progress = OH_HTTP_MORE;
  OhSnomFacts facts = { .sent = TRUE };
  OhSnomStep step;

  if (size == 0)
    return 0;
  facts.kind = (OhSnomRequestKind) (data[0] % (OH_SNOM_ONCE + 1));
  facts.repeated = (data[0] & 0x80) != 0;
  progress = oh_http_reply_feed (reply, oh_slice ((const char *) data + 1, size - 1));
  if (progress == OH_HTTP_MORE)
    progress = oh_http_reply_end (reply);
  page = oh_snom_page_parse (oh_slice ((const char *) reply->body->data, reply->body->len),
                             reply->server);
  facts.status = reply->status;
  facts.look = page->look;
  facts.broken = progress != OH_HTTP_COMPLETE;
  facts.too_large = progress == OH_HTTP_TOO_LARGE;
  step = oh_snom_step (&facts);
  g_assert_true (step != OH_SNOM_STEP_AGAIN || (facts.kind != OH_SNOM_ONCE && !facts.repeated));
  g_assert_true (step != OH_SNOM_STEP_UNREACHED && step != OH_SNOM_STEP_CANCELLED);
  if (step == OH_SNOM_STEP_LOGIN)
    challenge = oh_http_challenge_parse (reply->challenge);
  if (challenge != NULL)
    g_free (oh_http_answer (challenge, "user", "password",
                            &(OhHttpAsked){ .method = "GET", .target = "/" }, "cnonce", 1));
  return 0;
}
