/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "end-cause.h"

#include <string.h>

#include "slice.h"

/* Greater than any status of SIP; Q.850 ends at 127. */
#define CAUSE_MAX 999

typedef struct
{
  guint code;
  OhEndCause cause;
} Meaning;

/* RFC 3261 21; 200 is what a proxy sends to who did not answer first, RFC 3326 3.1. */
static const Meaning sip[] = {
  { 200, OH_END_ELSEWHERE }, { 408, OH_END_NO_ANSWER }, { 480, OH_END_NO_ANSWER },
  { 486, OH_END_BUSY },      { 487, OH_END_GIVEN_UP },  { 600, OH_END_BUSY },
  { 603, OH_END_DECLINED },
};

/* ITU-T Q.850 table 1: 26 is "non-selected user clearing", the others speak for themselves. */
static const Meaning q850[] = {
  { 16, OH_END_NOTHING },   { 17, OH_END_BUSY },     { 18, OH_END_NO_ANSWER },
  { 19, OH_END_NO_ANSWER }, { 21, OH_END_DECLINED }, { 26, OH_END_ELSEWHERE },
  { 31, OH_END_NOTHING },
};

static OhEndCause
find (const Meaning *meanings, gsize n, guint code, OhEndCause otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (meanings[i].code == code)
      return meanings[i].cause;
  return otherwise;
}

OhEndCause
oh_end_cause_parse (const char *text)
{
  const char *found = text != NULL ? strstr (text, "cause=") : NULL;
  guint64 code = 0;

  if (found == NULL)
    return OH_END_NOTHING;
  found += strlen ("cause=");
  if (!oh_slice_to_uint (oh_slice (found, strspn (found, "0123456789")), CAUSE_MAX, &code))
    return OH_END_NOTHING;
  if (g_ascii_strncasecmp (text, "Q.850", strlen ("Q.850")) == 0)
    return find (q850, G_N_ELEMENTS (q850), (guint) code, OH_END_FAILED);
  return find (sip, G_N_ELEMENTS (sip), (guint) code, code >= 300 ? OH_END_FAILED : OH_END_NOTHING);
}
