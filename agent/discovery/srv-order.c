/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "srv-order.h"

static int
by_priority (gconstpointer a, gconstpointer b)
{
  GSrvTarget *left = (GSrvTarget *) a;
  GSrvTarget *right = (GSrvTarget *) b;

  if (g_srv_target_get_priority (left) != g_srv_target_get_priority (right))
    return g_srv_target_get_priority (left) < g_srv_target_get_priority (right) ? -1 : 1;
  /* "all those with weight 0 are placed at the beginning of the list" */
  return (g_srv_target_get_weight (left) != 0) - (g_srv_target_get_weight (right) != 0);
}

/* Returns: the weights of the first priority in @targets, together */
static guint32
weight_of_first (GList *targets)
{
  guint16 priority = g_srv_target_get_priority (targets->data);
  guint32 sum = 0;

  for (GList *l = targets; l != NULL && g_srv_target_get_priority (l->data) == priority;
       l = l->next)
    sum += g_srv_target_get_weight (l->data);
  return sum;
}

/* "select the RR whose running sum value is the first in the selected order which is greater than
 * or equal to the random number selected" */
static GList *
choose (GList *targets, guint32 number)
{
  guint32 running = g_srv_target_get_weight (targets->data);

  while (running < number)
    {
      targets = targets->next;
      running += g_srv_target_get_weight (targets->data);
    }
  return targets;
}

GList *
oh_srv_order (GList *targets, OhSrvRandom chance, gpointer user_data)
{
  GList *left = g_list_sort (targets, by_priority);
  GList *reversed = NULL;

  while (left != NULL)
    {
      GList *chosen = choose (left, chance (weight_of_first (left), user_data));

      left = g_list_remove_link (left, chosen);
      reversed = g_list_concat (chosen, reversed);
    }
  return g_list_reverse (reversed);
}

guint32
oh_srv_random (guint32 max, gpointer user_data)
{
  return max == G_MAXUINT32 ? g_random_int () : (guint32) (g_random_double () * (max + 1.0));
}
