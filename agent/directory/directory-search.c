/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One search on a link, page by page. In a worker thread that wakes up for answers and for the user
 * who has typed on. */

#include <string.h>

#include "directory-link-private.h"
#include "error.h"
#include "worker.h"

/* What the thread has. */
typedef struct
{
  OhDirectoryLink *link; /* (unowned): not used by anybody else meanwhile */
  char *filter;          /* (owned) */
  struct berval cookie;  /* where the next page begins; of ber_memalloc */
  guint messages;        /* that have come */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  ber_memfree (search->cookie.bv_val);
  g_free (search->filter);
  g_free (search);
}

static int
descriptor (LDAP *ld)
{
  int fd = -1;

  ldap_get_option (ld, LDAP_OPT_DESC, &fd);
  return fd;
}

/* Until something has arrived, or the user does not want it any more. */
static void
wait_for_octets (OhDirectoryLink *link, GCancellable *cancellable)
{
  GPollFD fds[2] = { { .fd = descriptor (link->ld), .events = G_IO_IN } };
  guint n = g_cancellable_make_pollfd (cancellable, &fds[1]) ? 2 : 1;

  g_poll (fds, n, OH_DIRECTORY_STEP_LIMIT_S * 1000);
  if (n == 2)
    g_cancellable_release_fd (cancellable);
}

/* Returns: what ldap_result() does; 0 when it was cancelled, and the server was told */
static int
next_message (OhDirectoryLink *link, int id, GCancellable *cancellable, LDAPMessage **message)
{
  for (;;)
    {
      struct timeval now = { 0, 0 };
      int type = g_cancellable_is_cancelled (cancellable)
                   ? 0
                   : ldap_result (link->ld, id, LDAP_MSG_ONE, &now, message);

      if (type != 0)
        return type;
      if (g_cancellable_is_cancelled (cancellable))
        {
          ldap_abandon_ext (link->ld, id, NULL, NULL);
          return 0;
        }
      wait_for_octets (link, cancellable);
    }
}

static OhDirectoryEntry *
read_entry (LDAP *ld, LDAPMessage *message)
{
  g_autoptr (OhDirectoryEntry) entry = oh_directory_entry_new ();
  BerElement *cursor = NULL;

  for (char *name = ldap_first_attribute (ld, message, &cursor); name != NULL;
       name = ldap_next_attribute (ld, message, cursor))
    {
      struct berval **values = ldap_get_values_len (ld, message, name);

      for (int i = 0; values != NULL && values[i] != NULL; i++)
        oh_directory_entry_take (entry, name, oh_slice (values[i]->bv_val, values[i]->bv_len));
      ldap_value_free_len (values);
      ldap_memfree (name);
    }
  ber_free (cursor, 0);
  return oh_directory_entry_finish (entry) ? g_steal_pointer (&entry) : NULL;
}

/* RFC 2696. Not critical: a server that does not know pages sends everything, of which no more is
 * read than is shown. */
static int
send_page (Search *search, int *id)
{
  LDAP *ld = search->link->ld;
  struct timeval limit = { OH_DIRECTORY_SERVER_LIMIT_S, 0 };
  LDAPControl *page = NULL;
  LDAPControl *controls[2] = { NULL, NULL };
  int rc = ldap_create_page_control (ld, OH_DIRECTORY_PAGE_SIZE, &search->cookie, 0, &page);

  if (rc != LDAP_SUCCESS)
    return rc;
  controls[0] = page;
  rc = ldap_search_ext (ld, search->link->base, LDAP_SCOPE_SUBTREE, search->filter,
                        (char **) oh_directory_attributes (), 0, controls, NULL, &limit, 0, id);
  ldap_control_free (page);
  return rc;
}

/* Where the next page begins; nowhere when this was the last one. */
static void
take_cookie (Search *search, LDAPControl **controls)
{
  LDAPControl *page = ldap_control_find (LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
  ber_int_t estimate;

  ber_memfree (search->cookie.bv_val);
  memset (&search->cookie, 0, sizeof search->cookie);
  if (page != NULL)
    ldap_parse_pageresponse_control (search->link->ld, page, &estimate, &search->cookie);
}

/* @message: (transfer full): the end of a page
 *
 * Returns: its result code */
static int
end_page (Search *search, LDAPMessage *message, OhDirectoryAnswer *answer)
{
  LDAPControl **controls = NULL;
  int result = LDAP_OTHER;
  int rc = ldap_parse_result (search->link->ld, message, &result, NULL, NULL, NULL, &controls, 1);

  if (rc != LDAP_SUCCESS)
    return rc;
  take_cookie (search, controls);
  ldap_controls_free (controls);
  if (result == LDAP_SIZELIMIT_EXCEEDED || result == LDAP_ADMINLIMIT_EXCEEDED ||
      (result == LDAP_TIMELIMIT_EXCEEDED && answer->entries->len > 0))
    {
      answer->more = TRUE;
      return LDAP_SUCCESS;
    }
  /* others keep the rest: what is here is what there is */
  return result == LDAP_PARTIAL_RESULTS || (result == LDAP_REFERRAL && answer->entries->len > 0)
           ? LDAP_SUCCESS
           : result;
}

/* @message: (transfer full): a person, or a reference to another server, which is passed over
 *
 * Returns: FALSE when there are enough */
static gboolean
take_message (Search *search, int type, LDAPMessage *message, OhDirectoryAnswer *answer)
{
  OhDirectoryEntry *entry = NULL;

  answer->more = answer->entries->len >= OH_DIRECTORY_RESULTS_MAX ||
                 ++search->messages > OH_DIRECTORY_MESSAGES_MAX;
  if (!answer->more && type == LDAP_RES_SEARCH_ENTRY)
    entry = read_entry (search->link->ld, message);
  if (entry != NULL)
    g_ptr_array_add (answer->entries, entry);
  ldap_msgfree (message);
  return !answer->more;
}

static int
library_error (LDAP *ld)
{
  int rc = LDAP_OTHER;

  ldap_get_option (ld, LDAP_OPT_RESULT_CODE, &rc);
  return rc != LDAP_SUCCESS ? rc : LDAP_SERVER_DOWN;
}

/* Returns: a result code; LDAP_USER_CANCELLED when the user did not wait */
static int
read_page (Search *search, GCancellable *cancellable, OhDirectoryAnswer *answer)
{
  LDAP *ld = search->link->ld;
  LDAPMessage *message = NULL;
  int id = -1;
  int type;
  int rc = send_page (search, &id);

  if (rc != LDAP_SUCCESS)
    return rc;
  while ((type = next_message (search->link, id, cancellable, &message)) != LDAP_RES_SEARCH_RESULT)
    {
      if (type == 0)
        return LDAP_USER_CANCELLED;
      if (type < 0)
        return library_error (ld);
      if (!take_message (search, type, message, answer))
        return ldap_abandon_ext (ld, id, NULL, NULL);
    }
  return end_page (search, message, answer);
}

/* Until there is as much as is shown. A cookie says that there is more. */
static int
read_pages (Search *search, GCancellable *cancellable, OhDirectoryAnswer *answer)
{
  int rc;

  do
    rc = read_page (search, cancellable, answer);
  while (rc == LDAP_SUCCESS && !answer->more && search->cookie.bv_len > 0 &&
         answer->entries->len < OH_DIRECTORY_RESULTS_MAX);
  if (rc == LDAP_SUCCESS && search->cookie.bv_len > 0)
    answer->more = TRUE;
  return rc;
}

static void
in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  g_autoptr (OhDirectoryAnswer) answer = g_new0 (OhDirectoryAnswer, 1);
  GError *error = NULL;
  int rc;

  answer->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_directory_entry_free);
  rc = read_pages (search, cancellable, answer);
  if (rc == LDAP_SUCCESS)
    {
      g_task_return_pointer (task, g_steal_pointer (&answer),
                             (GDestroyNotify) oh_directory_answer_free);
      return;
    }
  if (rc == LDAP_USER_CANCELLED)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else
    oh_directory_link_fail (search->link, rc, &error);
  g_task_return_error (task, error);
}

void
oh_directory_link_search_async (OhDirectoryLink *self, const char *filter,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->link = self;
  search->filter = g_strdup (filter);
  g_task_set_source_tag (task, oh_directory_link_search_async);
  g_task_set_task_data (task, search, search_free);
  /* what the thread found is not to be lost for a cancellation that came behind it: the link's
   * owner has to know how the link is */
  g_task_set_check_cancellable (task, FALSE);
  oh_worker_run (task, in_thread);
}

OhDirectoryAnswer *
oh_directory_link_search_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
