/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone find --pair */

#include "verb-pair.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#include "bus-secret.h"
#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "secret-text.h"
#include "verb-find.h"

/* One pairing; lives until the run ends. */
typedef struct
{
  OhCli *cli;
  OhBusFinder1 *finder; /* (owned) */
  GPtrArray *choice;    /* (owned) (element-type utf8): addresses that may be meant */
  const char *address;  /* of them; NULL until it is known which */
  char *user;           /* (owned) (nullable) */
  char *fingerprint;    /* (owned) (nullable) */
  gboolean asked;       /* for the login: once is enough */
} Pair;

static void ask_code (Pair *pair);

static void
pair_free (gpointer data)
{
  Pair *pair = data;

  g_object_unref (pair->finder);
  g_ptr_array_unref (pair->choice);
  g_free (pair->user);
  g_free (pair->fingerprint);
  g_free (pair);
}

/* --- the end -------------------------------------------------------------------------------- */

/* Takes @id and @error. */
static void
end (Pair *pair, char *id, GError *error)
{
  g_autofree char *owned = id;

  if (error != NULL)
    {
      oh_cli_fail (pair->cli, error);
      return;
    }
  g_print ("%s\n", owned);
  oh_cli_note (_ ("The phone is paired. “offhook phone test %s” tells whether it can be driven."),
               owned);
  oh_cli_done (pair->cli);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;
  char *id = NULL;

  if (oh_bus_finder1_call_confirm_finish (OH_BUS_FINDER1 (source), &id, result, &error))
    {
      end (pair, id, NULL);
      return;
    }
  oh_error_strip_remote (&error);
  if (!g_error_matches (error, OH_ERROR, OH_ERROR_USAGE))
    {
      end (pair, NULL, error);
      return;
    }
  oh_cli_note ("%s", error->message); /* the wrong code, and how many attempts are left */
  g_error_free (error);
  ask_code (pair);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  char *id = NULL;

  oh_bus_finder1_call_accept_finish (OH_BUS_FINDER1 (source), &id, result, &error);
  end (user_data, id, error);
}

/* --- what the phone shows ------------------------------------------------------------------- */

static void
on_code (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;
  char *code = oh_cli_read_line_finish (result, &error);

  if (code == NULL)
    end (pair, NULL, error);
  else
    oh_bus_finder1_call_confirm (pair->finder, code, NULL, on_confirmed, pair);
  oh_secret_free (code);
}

static void
ask_code (Pair *pair)
{
  oh_cli_read_line_async (_ ("The four digits on its display: "), FALSE, on_code, pair);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;

  if (oh_cli_confirm_finish (result, &error))
    oh_bus_finder1_call_accept (pair->finder, pair->fingerprint, NULL, on_accepted, pair);
  else
    {
      oh_bus_finder1_call_abandon (pair->finder, NULL, NULL, NULL);
      end (pair, NULL, error);
    }
}

static void
ask_fingerprint (Pair *pair)
{
  g_autofree char *pairs = oh_cli_fingerprint (pair->fingerprint);
  g_autofree char *question = g_strdup_printf (
    _ ("The phone's display cannot be reached, so compare: SHA-256 of its key, on the phone's own "
       "web page or on the print-out of your administrator, has to be\n  %s\nIs it the same?"),
    pairs);

  oh_cli_confirm_async (question, on_compared, pair);
}

/* --- the login, where it wants one ---------------------------------------------------------- */

static void pair_with (Pair *pair, const char *password);

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;
  char *password = oh_cli_read_line_finish (result, &error);

  if (password == NULL)
    end (pair, NULL, error);
  else
    pair_with (pair, password);
  oh_secret_free (password);
}

static void
on_user (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;
  char *user = oh_cli_read_line_finish (result, &error);

  if (user == NULL)
    {
      end (pair, NULL, error);
      return;
    }
  g_free (pair->user);
  pair->user = g_strdup (user);
  oh_secret_free (user);
  oh_cli_read_line_async (_ ("Password: "), TRUE, on_password, pair);
}

static void
ask_login (Pair *pair)
{
  pair->asked = TRUE;
  oh_cli_note (_ ("The phone at %s is protected. Its login, as for its web page:"), pair->address);
  oh_cli_read_line_async (_ ("User name: "), FALSE, on_user, pair);
}

/* --- beginning ------------------------------------------------------------------------------ */

static void
on_paired (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  g_autofree char *way = NULL;
  GError *error = NULL;

  g_clear_pointer (&pair->fingerprint, g_free);
  if (oh_bus_finder1_call_pair_finish (OH_BUS_FINDER1 (source), &way, &pair->fingerprint, NULL,
                                       NULL, result, &error))
    {
      if (g_str_equal (way, "code"))
        ask_code (pair);
      else
        ask_fingerprint (pair);
      return;
    }
  oh_error_strip_remote (&error);
  if (!g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_LOGIN) || pair->asked)
    {
      end (pair, NULL, error);
      return;
    }
  g_error_free (error);
  ask_login (pair);
}

static void
pair_with (Pair *pair, const char *password)
{
  GError *error = NULL;
  g_autoptr (GUnixFDList) fds = oh_bus_seal_secret (password, &error);

  if (fds == NULL)
    end (pair, NULL, error);
  else
    oh_bus_finder1_call_pair (pair->finder, pair->address, pair->user != NULL ? pair->user : "",
                              g_variant_new_handle (0), fds, NULL, on_paired, pair);
}

static void
on_number (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pair *pair = user_data;
  GError *error = NULL;
  char *line = oh_cli_read_line_finish (result, &error);
  guint64 number = 0;

  if (line != NULL && !g_ascii_string_to_unsigned (line, 10, 1, pair->choice->len, &number, NULL))
    error = g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("A number from 1 to %u is needed."),
                         pair->choice->len);
  oh_secret_free (line);
  if (error != NULL)
    {
      end (pair, NULL, error);
      return;
    }
  pair->address = g_ptr_array_index (pair->choice, number - 1);
  pair_with (pair, "");
}

static void
ask_which (Pair *pair)
{
  for (guint i = 0; i < pair->choice->len; i++)
    oh_cli_note ("%u. %s", i + 1, (const char *) g_ptr_array_index (pair->choice, i));
  oh_cli_read_line_async (_ ("Which phone is yours? "), FALSE, on_number, pair);
}

/* Those that could be paired: no cordless ones, and none that is set up already. */
static void
collect (Pair *pair, GPtrArray *phones)
{
  for (guint i = 0; i < phones->len; i++)
    {
      OhFoundLine line;

      oh_found_line_read (g_ptr_array_index (phones, i), &line);
      if (line.address[0] != '\0' && line.phone[0] == '\0' && !g_str_equal (line.kind, "dect"))
        g_ptr_array_add (pair->choice, g_strdup (line.address));
      oh_found_line_clear (&line);
    }
}

void
oh_verb_pair (OhCli *cli, OhBusFinder1 *finder, GPtrArray *phones)
{
  Pair *pair = g_new0 (Pair, 1);

  pair->cli = cli;
  pair->finder = g_object_ref (finder);
  pair->choice = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), "pair", pair, pair_free);
  oh_cli_on_interrupt (NULL, NULL);
  collect (pair, phones);
  if (pair->choice->len == 0)
    end (pair, NULL,
         g_error_new_literal (OH_ERROR, OH_ERROR_NO_PHONE, _ ("No phone was found to pair with.")));
  else if (pair->choice->len > 1)
    ask_which (pair);
  else
    {
      pair->address = g_ptr_array_index (pair->choice, 0);
      pair_with (pair, "");
    }
}
