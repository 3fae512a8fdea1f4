/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-groups.h"

static void
test_order (void)
{
  g_autoptr (OhContactGroups) groups = oh_contact_groups_new ();
  g_autoptr (OhContactGroups) other = oh_contact_groups_new ();
  const GPtrArray *list = oh_contact_groups_list (groups);

  g_assert_true (oh_contact_groups_put (groups, 9, "Nine"));
  g_assert_true (oh_contact_groups_put (groups, 1, "~"));
  g_assert_true (oh_contact_groups_put (groups, 4, NULL));
  g_assert_false (oh_contact_groups_put (groups, 9, "Nine"));
  g_assert_true (oh_contact_groups_put (groups, 9, "New"));
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (((OhContactGroup *) list->pdata[0])->name, ==, "New");
  g_assert_cmpstr (((OhContactGroup *) list->pdata[2])->name, ==, "");
  g_assert_false (oh_contact_groups_equal (groups, other));
  oh_contact_groups_put (other, 1, "~");
  oh_contact_groups_put (other, 9, "New");
  oh_contact_groups_put (other, 4, "");
  g_assert_false (oh_contact_groups_equal (groups, other)); /* the order counts */
  g_assert_true (oh_contact_groups_remove (groups, 9));
  g_assert_false (oh_contact_groups_remove (groups, 9));
  g_assert_true (oh_contact_groups_remove (other, 9));
  g_assert_true (oh_contact_groups_equal (groups, other));
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    guint32 id; /* 0: none */
  } cases[] = {
    { "Team", 2 },        { "team", 3 }, { "TEAM", 2 }, { "ÄRGER", 4 },
    { "A\u0308rger", 4 }, { "tea", 0 },  { "", 0 },
  };
  g_autoptr (OhContactGroups) groups = oh_contact_groups_new ();
  const guint32 ids[] = { 3, 77, 1, 4 };
  g_autoptr (GArray) of = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;

  oh_contact_groups_put (groups, 1, OH_ROSTER_DEFAULT_GROUP);
  oh_contact_groups_put (groups, 2, "Team");
  oh_contact_groups_put (groups, 3, "team");
  oh_contact_groups_put (groups, 4, "Ärger");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhContactGroup *found = oh_contact_groups_find_name (groups, cases[i].name);

      g_assert_cmpuint (found != NULL ? found->id : 0, ==, cases[i].id);
    }
  g_array_append_vals (of, ids, G_N_ELEMENTS (ids));
  names = oh_contact_groups_names (groups, of);
  joined = g_strjoinv (",", names);
  g_assert_cmpstr (joined, ==, "team,Ärger");
}

static void
test_limit (void)
{
  g_autoptr (OhContactGroups) groups = oh_contact_groups_new ();

  for (guint32 id = 1; id <= OH_ROSTER_GROUPS_MAX; id++)
    g_assert_true (oh_contact_groups_put (groups, id, "x"));
  g_assert_false (oh_contact_groups_put (groups, OH_ROSTER_GROUPS_MAX + 1, "x"));
  g_assert_true (oh_contact_groups_put (groups, OH_ROSTER_GROUPS_MAX, "y")); /* is there */
  g_assert_cmpuint (oh_contact_groups_list (groups)->len, ==, OH_ROSTER_GROUPS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-groups/order", test_order);
  g_test_add_func ("/contact-groups/names", test_names);
  g_test_add_func ("/contact-groups/limit", test_limit);
  return g_test_run ();
}
