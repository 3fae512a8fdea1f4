/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-step.h"

/* What the phone makes of a dial request, and what follows. */
static void
test_dial (void)
{
  static const struct
  {
    const char *what;
    OhSnomFacts facts;
    OhSnomStep step;
  } rows[] = {
    { "accepted, with the status of any firmware",
      { .status = 200, .sent = TRUE },
      OH_SNOM_STEP_TAKE },
    { "accepted", { .status = 204, .sent = TRUE }, OH_SNOM_STEP_TAKE },
    { "accepted: a redirect to the start page",
      { .status = 302, .sent = TRUE },
      OH_SNOM_STEP_TAKE },
    { "accepted: the page behind the status does not matter",
      { .status = 200, .sent = TRUE, .broken = TRUE },
      OH_SNOM_STEP_TAKE },
    { "accepted, with a page without end",
      { .status = 200, .sent = TRUE, .broken = TRUE, .too_large = TRUE },
      OH_SNOM_STEP_TAKE },
    { "closed without an answer", { .sent = TRUE, .broken = TRUE }, OH_SNOM_STEP_UNKNOWN },
    { "no answer in time",
      { .sent = TRUE, .broken = TRUE, .timed_out = TRUE },
      OH_SNOM_STEP_UNKNOWN },
    { "given up after it had left",
      { .sent = TRUE, .broken = TRUE, .cancelled = TRUE },
      OH_SNOM_STEP_UNKNOWN },
    { "garbage instead of an answer",
      { .sent = TRUE, .broken = TRUE, .too_large = TRUE },
      OH_SNOM_STEP_UNKNOWN },
    { "a login is wanted", { .status = 401, .sent = TRUE }, OH_SNOM_STEP_LOGIN },
    { "blocked, with 200",
      { .status = 200, .look = OH_SNOM_LOOK_BLOCKED, .sent = TRUE },
      OH_SNOM_STEP_WAIT },
    { "blocked, with 403",
      { .status = 403, .look = OH_SNOM_LOOK_BLOCKED, .sent = TRUE },
      OH_SNOM_STEP_WAIT },
    { "the D8xx application",
      { .status = 200, .look = OH_SNOM_LOOK_MANAGER, .sent = TRUE },
      OH_SNOM_STEP_FOREIGN },
    { "not there",
      { .status = 404, .look = OH_SNOM_LOOK_ERROR, .sent = TRUE },
      OH_SNOM_STEP_FOREIGN },
    { "not to be had by GET", { .status = 405, .sent = TRUE }, OH_SNOM_STEP_FOREIGN },
    { "elsewhere", { .status = 307, .sent = TRUE }, OH_SNOM_STEP_MOVED },
    { "elsewhere, for ever", { .status = 308, .sent = TRUE }, OH_SNOM_STEP_MOVED },
    { "its own trouble", { .status = 500, .sent = TRUE }, OH_SNOM_STEP_ODD },
    { "no connection", { .broken = TRUE }, OH_SNOM_STEP_UNREACHED },
    { "no connection in time", { .broken = TRUE, .timed_out = TRUE }, OH_SNOM_STEP_UNREACHED },
    { "another certificate", { .broken = TRUE, .distrusted = TRUE }, OH_SNOM_STEP_DISTRUST },
    { "given up before it left", { .broken = TRUE, .cancelled = TRUE }, OH_SNOM_STEP_CANCELLED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OhSnomFacts facts = rows[i].facts;

      g_test_message ("%s", rows[i].what);
      facts.kind = OH_SNOM_ONCE;
      g_assert_cmpint (oh_snom_step (&facts), ==, rows[i].step);
    }
}

/* What has no effect is asked for once more when no answer came, and not a third time. */
static void
test_harmless (void)
{
  static const OhSnomRequestKind kinds[] = { OH_SNOM_READ, OH_SNOM_READ_OPTIONAL, OH_SNOM_WRITE,
                                             OH_SNOM_SETTLE };
  static const struct
  {
    OhSnomFacts facts;
    OhSnomStep step;
  } rows[] = {
    { { .sent = TRUE, .broken = TRUE }, OH_SNOM_STEP_AGAIN },
    { { .status = 200, .sent = TRUE, .broken = TRUE }, OH_SNOM_STEP_AGAIN },
    { { .sent = TRUE, .broken = TRUE, .repeated = TRUE }, OH_SNOM_STEP_SILENT },
    { { .sent = TRUE, .broken = TRUE, .timed_out = TRUE }, OH_SNOM_STEP_SILENT },
    { { .sent = TRUE, .broken = TRUE, .cancelled = TRUE }, OH_SNOM_STEP_SILENT },
    { { .status = 200, .sent = TRUE, .broken = TRUE, .too_large = TRUE }, OH_SNOM_STEP_SILENT },
    { { .broken = TRUE }, OH_SNOM_STEP_UNREACHED },
    { { .broken = TRUE, .cancelled = TRUE }, OH_SNOM_STEP_CANCELLED },
    { { .status = 200, .sent = TRUE }, OH_SNOM_STEP_TAKE },
    { { .status = 401, .sent = TRUE }, OH_SNOM_STEP_LOGIN },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        OhSnomFacts facts = rows[i].facts;

        facts.kind = kinds[k];
        g_assert_cmpint (oh_snom_step (&facts), ==, rows[i].step);
      }
}

/* Over everything that can happen: what acts is never sent again, and nothing that was not sent is
   called unknown. */
static void
test_never_again (void)
{
  static const guint statuses[] = { 0, 100, 200, 204, 302, 307, 401, 403, 404, 500, 999 };

  for (gsize s = 0; s < G_N_ELEMENTS (statuses); s++)
    for (guint look = OH_SNOM_LOOK_CLASSIC; look <= OH_SNOM_LOOK_OTHER; look++)
      for (guint bits = 0; bits < 128; bits++)
        {
          const OhSnomFacts facts = {
            .kind = OH_SNOM_ONCE,
            .status = statuses[s],
            .look = (OhSnomLook) look,
            .broken = bits & 1,
            .too_large = (bits >> 1) & 1,
            .sent = (bits >> 2) & 1,
            .distrusted = (bits >> 3) & 1,
            .timed_out = (bits >> 4) & 1,
            .cancelled = (bits >> 5) & 1,
            .repeated = (bits >> 6) & 1,
          };
          OhSnomStep step = oh_snom_step (&facts);

          g_assert_cmpint (step, !=, OH_SNOM_STEP_AGAIN);
          g_assert_true (step != OH_SNOM_STEP_UNKNOWN || facts.sent);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-step/dial", test_dial);
  g_test_add_func ("/snom-step/harmless", test_harmless);
  g_test_add_func ("/snom-step/never-again", test_never_again);
  return g_test_run ();
}
