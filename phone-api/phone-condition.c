/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-condition.h"

static const char *const truth_words[] = {
  [OH_PHONE_TRUTH_UNKNOWN] = "unknown",
  [OH_PHONE_TRUTH_NO] = "no",
  [OH_PHONE_TRUTH_YES] = "yes",
};

const char *
oh_phone_truth_word (OhPhoneTruth truth)
{
  g_return_val_if_fail (truth < G_N_ELEMENTS (truth_words), "unknown");
  return truth_words[truth];
}

OhPhoneTruth
oh_phone_truth (gboolean is_so)
{
  return is_so ? OH_PHONE_TRUTH_YES : OH_PHONE_TRUTH_NO;
}

OhPhoneCondition *
oh_phone_condition_new (void)
{
  return g_new0 (OhPhoneCondition, 1);
}

OhPhoneCondition *
oh_phone_condition_copy (const OhPhoneCondition *condition)
{
  OhPhoneCondition *copy = oh_phone_condition_new ();

  *copy = *condition;
  copy->forward_all = g_strdup (condition->forward_all);
  copy->forward_busy = g_strdup (condition->forward_busy);
  copy->forward_no_answer = g_strdup (condition->forward_no_answer);
  copy->identities = g_strdupv (condition->identities);
  copy->identity = g_strdup (condition->identity);
  return copy;
}

static gboolean
lists_equal (GStrv a, GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

gboolean
oh_phone_condition_equal (const OhPhoneCondition *a, const OhPhoneCondition *b)
{
  return a->muted == b->muted && a->locked == b->locked && a->waiting == b->waiting &&
         a->messages == b->messages && a->forward == b->forward &&
         a->forward_after_s == b->forward_after_s &&
         g_strcmp0 (a->forward_all, b->forward_all) == 0 &&
         g_strcmp0 (a->forward_busy, b->forward_busy) == 0 &&
         g_strcmp0 (a->forward_no_answer, b->forward_no_answer) == 0 &&
         lists_equal (a->identities, b->identities) && g_strcmp0 (a->identity, b->identity) == 0;
}

void
oh_phone_condition_set_text (char **field, const char *value)
{
  char *copy = value != NULL && *value != '\0' ? g_strdup (value) : NULL;

  g_free (*field);
  *field = copy;
}

void
oh_phone_condition_free (OhPhoneCondition *condition)
{
  if (condition == NULL)
    return;
  g_free (condition->forward_all);
  g_free (condition->forward_busy);
  g_free (condition->forward_no_answer);
  g_strfreev (condition->identities);
  g_free (condition->identity);
  g_free (condition);
}
