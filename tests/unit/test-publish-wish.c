/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-wish.h"

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* The words tell a wish: what is wanted, under way, there; the letters who waits where. */
static char *
describe (const OhPublishWish *wish)
{
  return g_strdup_printf ("%s%s flight:%s has:%s%s %u/%u", wish->pending ? "pending:" : "",
                          wish->pending ? (wish->body ? wish->body : "-") : "",
                          wish->in_flight ? (wish->sent ? wish->sent : "-") : "",
                          wish->has ? wish->has : "-",
                          wish->confirmed  ? ""
                          : wish->rejected ? "?"
                                           : "!",
                          wish->waiting->len, wish->aboard->len);
}

#define assert_wish(wish, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *wish_text = describe (wish);                                                  \
    g_assert_cmpstr (wish_text, ==, expected);                                                     \
  }                                                                                                \
  G_STMT_END

static void
put (OhPublishWish *wish, const char *body, guint *n_done)
{
  g_autoptr (OhPublishTicket) ticket =
    n_done != NULL ? oh_publish_ticket_new (g_task_new (NULL, NULL, on_done, n_done)) : NULL;

  oh_publish_wish_put (wish, OH_EXPIRE_ENDPOINT, body, ticket);
}

static void
arrive (OhPublishWish *wish, gboolean confirmed)
{
  g_autoptr (GPtrArray) done = oh_publish_tickets_new ();

  oh_publish_wish_arrive (wish, confirmed, 0, done);
}

static void
test_life (void)
{
  OhPublishWish *wish = oh_publish_wish_new ("state", 5, 2);
  guint n_done = 0;

  assert_wish (wish, " flight: has:-! 0/0");
  g_assert_true (oh_publish_wish_is_over (wish));
  put (wish, "a", &n_done);
  assert_wish (wish, "pending:a flight: has:-! 1/0");
  put (wish, "b", &n_done); /* the newest wins, both wait for it */
  assert_wish (wish, "pending:b flight: has:-! 2/0");
  oh_publish_wish_depart (wish);
  assert_wish (wish, " flight:b has:-! 0/2");
  put (wish, "b", &n_done); /* is on its way */
  assert_wish (wish, " flight:b has:-! 0/3");
  put (wish, "c", &n_done);
  assert_wish (wish, "pending:c flight:b has:-! 1/3");
  arrive (wish, TRUE);
  settle ();
  g_assert_cmpuint (n_done, ==, 3);
  assert_wish (wish, "pending:c flight: has:b 1/0");
  oh_publish_wish_depart (wish);
  oh_publish_wish_turn_back (wish);
  assert_wish (wish, "pending:c flight: has:b 1/0");
  put (wish, NULL, &n_done);
  oh_publish_wish_depart (wish);
  assert_wish (wish, " flight:- has:b 0/2");
  g_assert_false (oh_publish_wish_is_over (wish));
  arrive (wish, TRUE);
  settle ();
  g_assert_cmpuint (n_done, ==, 5);
  assert_wish (wish, " flight: has:- 0/0");
  g_assert_true (oh_publish_wish_is_over (wish));
  oh_publish_wish_free (wish);
}

/* Newer than what turned back. */
static void
test_turn_back_with_news (void)
{
  OhPublishWish *wish = oh_publish_wish_new ("state", 5, 2);
  guint n_done = 0;

  put (wish, "a", &n_done);
  oh_publish_wish_depart (wish);
  put (wish, "b", &n_done);
  oh_publish_wish_turn_back (wish);
  assert_wish (wish, "pending:b flight: has:-! 2/0");
  oh_publish_wish_free (wish);
  settle ();
  g_assert_cmpuint (n_done, ==, 2);
}

static void
test_unchanged_and_refused (void)
{
  OhPublishWish *wish = oh_publish_wish_new ("state", 5, 2);
  guint n_done = 0;

  put (wish, "a", NULL);
  oh_publish_wish_depart (wish);
  arrive (wish, TRUE);
  put (wish, "a", &n_done);
  assert_wish (wish, " flight: has:a 0/0"); /* the server has it */
  put (wish, "b", NULL);
  oh_publish_wish_depart (wish);
  arrive (wish, FALSE);
  put (wish, "b", NULL);
  assert_wish (wish, " flight: has:b? 0/0"); /* and will not have that */
  put (wish, "b", &n_done);
  assert_wish (wish, "pending:b flight: has:b? 1/0"); /* but a person may try */
  oh_publish_wish_free (wish);
  settle ();
}

static void
test_settle (void)
{
  OhPublishWish *wish = oh_publish_wish_new ("state", 5, 2);
  g_autoptr (GPtrArray) done = oh_publish_tickets_new ();
  guint n_done = 0;

  put (wish, NULL, &n_done);
  oh_publish_wish_settle (wish, done);
  g_assert_cmpuint (done->len, ==, 1);
  g_assert_true (oh_publish_wish_is_over (wish));
  oh_publish_wish_free (wish);
}

static void
test_same_instance (void)
{
  OhPublishWish *a = oh_publish_wish_new ("state", 5, 2);
  OhPublishWish *other[] = {
    oh_publish_wish_new ("state", 5, 3),
    oh_publish_wish_new ("state", 6, 2),
    oh_publish_wish_new ("note", 5, 2),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_assert_cmpint (oh_publish_wish_same_instance (a, other[i]), ==, i == 0);
      oh_publish_wish_free (other[i]);
    }
  oh_publish_wish_free (a);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish-wish/life", test_life);
  g_test_add_func ("/publish-wish/turn-back-with-news", test_turn_back_with_news);
  g_test_add_func ("/publish-wish/unchanged-and-refused", test_unchanged_and_refused);
  g_test_add_func ("/publish-wish/settle", test_settle);
  g_test_add_func ("/publish-wish/same-instance", test_same_instance);
  return g_test_run ();
}
