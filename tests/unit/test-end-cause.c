/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "end-cause.h"

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    OhEndCause cause;
  } cases[] = {
    { NULL, OH_END_NOTHING },
    { "", OH_END_NOTHING },
    { "cause=", OH_END_NOTHING },
    { "restarted", OH_END_NOTHING },
    { "SIP;cause=200;text=\"Call completed elsewhere\"", OH_END_ELSEWHERE }, /* RFC 3326 3.1 */
    { "SIP ;cause=200 ;text=\"Call completed elsewhere\"", OH_END_ELSEWHERE },
    { "SIP;cause=408", OH_END_NO_ANSWER },
    { "SIP;cause=480", OH_END_NO_ANSWER },
    { "SIP;cause=486;text=\"Busy Here\"", OH_END_BUSY },
    { "cause=600", OH_END_BUSY },
    { "SIP;cause=487", OH_END_GIVEN_UP },
    { "SIP;cause=603", OH_END_DECLINED },
    { "SIP;cause=404", OH_END_FAILED },
    { "SIP;cause=503", OH_END_FAILED },
    { "SIP;cause=199", OH_END_NOTHING },
    { "SIP;cause=202", OH_END_NOTHING },
    { "SIP;cause=999", OH_END_FAILED },
    { "SIP;cause=1000", OH_END_NOTHING }, /* no status */
    { "SIP;cause=18446744073709551617", OH_END_NOTHING },
    { "Q.850;cause=16", OH_END_NOTHING },
    { "q.850;cause=17", OH_END_BUSY },
    { "Q.850;cause=19", OH_END_NO_ANSWER },
    { "Q.850;cause=21", OH_END_DECLINED },
    { "Q.850;cause=26", OH_END_ELSEWHERE },
    { "Q.850;cause=34", OH_END_FAILED }, /* no circuit */
    { "SIP;cause=4x6", OH_END_NOTHING },
    { "\xff\xfe"
      "cause=486",
      OH_END_BUSY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (oh_end_cause_parse (cases[i].text), ==, cases[i].cause);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/end-cause/table", test_table);
  return g_test_run ();
}
