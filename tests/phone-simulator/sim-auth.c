/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-auth.h"

#include "sim-digest.h"

#include <string.h>

/* Nonces remembered; with more clients than that the oldest logins are asked again. */
#define NONCES_MAX 64

typedef struct
{
  gint64 born_us;
  gint64 last_count; /* nc of the last request, -1 before the first */
} Nonce;

struct _SimAuth
{
  SimClock *clock;
  SimKnobs *knobs;
  SimSettings *settings;
  SimLockout *lockout;
  GHashTable *nonces; /* (owned) (element-type utf8 Nonce) */
  GQueue order;       /* (element-type utf8), oldest first; the strings are the table's */
};

/* Where the phone keeps its logins, in the order of trying. */
static const struct
{
  const char *user;
  const char *password;
  SimLevel level;
} accounts[] = {
  { "http_user", "http_pass", SIM_LEVEL_USER },
  { "webserver_user_name", "webserver_user_password", SIM_LEVEL_USER },
  { "webserver_admin_name", "webserver_admin_password", SIM_LEVEL_ADMIN },
  { "service_mode_login", "service_mode_pass", SIM_LEVEL_SERVICE },
};

SimAuth *
sim_auth_new (SimClock *clock, SimKnobs *knobs, SimSettings *settings, SimLockout *lockout)
{
  SimAuth *self = g_new0 (SimAuth, 1);

  self->clock = clock;
  self->knobs = knobs;
  self->settings = settings;
  self->lockout = lockout;
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->order);
  return self;
}

void
sim_auth_free (SimAuth *self)
{
  g_queue_clear (&self->order);
  g_hash_table_unref (self->nonces);
  g_free (self);
}

void
sim_login_clear (SimLogin *login)
{
  g_clear_pointer (&login->user, g_free);
  login->scheme = NULL;
  login->level = SIM_LEVEL_NOBODY;
}

static gboolean
is_digest (SimAuth *self)
{
  return sim_settings_on (self->settings, "http_scheme");
}

static gboolean
is_open (SimAuth *self)
{
  return *sim_settings_get (self->settings, "http_user") == '\0' &&
         *sim_settings_get (self->settings, "http_pass") == '\0';
}

/* The account that answers to @user and for which @fits says yes; accounts without a password and
 * a name do not exist. */
typedef gboolean (*Fits) (const char *user, const char *password, gpointer data);

static SimLevel
level_of (SimAuth *self, const char *user, Fits fits, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      const char *name = sim_settings_get (self->settings, accounts[i].user);
      const char *password = sim_settings_get (self->settings, accounts[i].password);

      if (*name == '\0' && *password == '\0')
        continue;
      if (g_str_equal (name, user) && fits (user, password, data))
        return accounts[i].level;
    }
  return SIM_LEVEL_NOBODY;
}

static gboolean
fits_basic (const char *user, const char *password, gpointer data)
{
  return g_str_equal (password, data);
}

static SimAuthVerdict
check_basic (SimAuth *self, const char *token, SimLogin *out)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (token, &length);
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  char *colon = strchr (text, ':');

  if (colon == NULL)
    return SIM_AUTH_WRONG;
  *colon = '\0';
  g_free (out->user);
  out->user = g_strdup (text);
  out->level = level_of (self, text, fits_basic, colon + 1);
  return out->level != SIM_LEVEL_NOBODY ? SIM_AUTH_OK : SIM_AUTH_WRONG;
}

typedef struct
{
  GPtrArray *fields;
  const char *method;
} DigestAnswer;

static gboolean
fits_digest (const char *user, const char *password, gpointer data)
{
  const DigestAnswer *answer = data;

  return sim_digest_matches (answer->fields, answer->method, password);
}

static gboolean
is_fresh (SimAuth *self, GPtrArray *fields)
{
  Nonce *nonce = g_hash_table_lookup (self->nonces, sim_digest_field (fields, "nonce"));
  gint64 life_us = sim_knobs_number (self->knobs, SIM_KNOB_NONCE_LIFE) * G_USEC_PER_SEC;
  gint64 count = g_ascii_strtoll (sim_digest_field (fields, "nc"), NULL, 16);

  if (nonce == NULL || sim_clock_now_us (self->clock) - nonce->born_us >= life_us)
    return FALSE;
  if (nonce->last_count >= 0 && sim_knobs_is (self->knobs, SIM_KNOB_NONCE_ONCE, "yes"))
    return FALSE;
  if (*sim_digest_field (fields, "qop") != '\0' && count <= nonce->last_count)
    return FALSE; /* a replay, RFC 7616 5.12 */
  nonce->last_count = count;
  return TRUE;
}

static SimAuthVerdict
check_digest (SimAuth *self, const char *method, const char *target, const char *text,
              SimLogin *out)
{
  g_autoptr (GPtrArray) fields = sim_digest_parse (text);
  const char *realm = sim_knobs_get (self->knobs, SIM_KNOB_REALM);
  const char *algorithm = sim_digest_field (fields, "algorithm");
  const char *qop = sim_digest_field (fields, "qop");
  DigestAnswer answer = { fields, method };

  g_free (out->user);
  out->user = g_strdup (sim_digest_field (fields, "username"));
  if (!g_str_equal (sim_digest_field (fields, "realm"), realm) ||
      !g_str_equal (sim_digest_field (fields, "uri"), target))
    return SIM_AUTH_WRONG;
  if (*algorithm != '\0' && g_ascii_strcasecmp (algorithm, "MD5") != 0)
    return SIM_AUTH_WRONG;
  if (*qop != '\0' &&
      (!g_str_equal (qop, "auth") || sim_knobs_is (self->knobs, SIM_KNOB_QOP, "none")))
    return SIM_AUTH_WRONG; /* what was not offered cannot be chosen */
  out->level = level_of (self, out->user, fits_digest, &answer);
  if (out->level == SIM_LEVEL_NOBODY)
    return SIM_AUTH_WRONG;
  return is_fresh (self, fields) ? SIM_AUTH_OK : SIM_AUTH_STALE;
}

static SimAuthVerdict
check_header (SimAuth *self, const char *method, const char *target, const char *authorization,
              SimLogin *out)
{
  const char *space = authorization != NULL ? strchr (authorization, ' ') : NULL;

  if (authorization == NULL)
    return SIM_AUTH_MISSING;
  out->scheme = "other";
  if (space == NULL)
    return SIM_AUTH_WRONG;
  if (g_ascii_strncasecmp (authorization, "Basic ", 6) == 0)
    {
      out->scheme = "Basic";
      return is_digest (self) ? SIM_AUTH_WRONG : check_basic (self, space + 1, out);
    }
  if (g_ascii_strncasecmp (authorization, "Digest ", 7) != 0)
    return SIM_AUTH_WRONG;
  out->scheme = "Digest";
  return is_digest (self) ? check_digest (self, method, target, space + 1, out) : SIM_AUTH_WRONG;
}

SimAuthVerdict
sim_auth_check (SimAuth *self, const char *method, const char *target, const char *authorization,
                const char *address, SimLogin *out)
{
  SimAuthVerdict verdict = check_header (self, method, target, authorization, out);

  if (is_open (self))
    {
      sim_login_clear (out);
      out->level = SIM_LEVEL_ADMIN;
      return SIM_AUTH_OPEN;
    }
  if (sim_lockout_left_s (self->lockout, address) > 0)
    verdict = SIM_AUTH_BLOCKED;
  if (verdict == SIM_AUTH_OK)
    sim_lockout_success (self->lockout, address);
  else if (verdict == SIM_AUTH_WRONG ||
           (verdict == SIM_AUTH_MISSING && sim_knobs_is (self->knobs, SIM_KNOB_COUNT_BARE, "yes")))
    sim_lockout_fail (self->lockout, address);
  if (verdict != SIM_AUTH_OK)
    g_clear_pointer (&out->user, g_free);
  if (verdict != SIM_AUTH_OK)
    out->level = SIM_LEVEL_NOBODY;
  return verdict;
}

static const char *
new_nonce (SimAuth *self)
{
  char *text = g_strdup_printf ("%08x%08x%08x%08x", g_random_int (), g_random_int (),
                                g_random_int (), g_random_int ());
  Nonce *nonce = g_new0 (Nonce, 1);

  nonce->born_us = sim_clock_now_us (self->clock);
  nonce->last_count = -1;
  if (self->order.length >= NONCES_MAX)
    g_hash_table_remove (self->nonces, g_queue_pop_head (&self->order));
  g_hash_table_replace (self->nonces, text, nonce);
  g_queue_push_tail (&self->order, text);
  return text;
}

char *
sim_auth_challenge (SimAuth *self, gboolean stale)
{
  const char *realm = sim_knobs_get (self->knobs, SIM_KNOB_REALM);

  if (!is_digest (self))
    return g_strdup_printf ("Basic realm=\"%s\"", realm);
  return g_strdup_printf ("Digest realm=\"%s\", nonce=\"%s\"%s%s", realm, new_nonce (self),
                          sim_knobs_is (self->knobs, SIM_KNOB_QOP, "auth") ? ", qop=\"auth\"" : "",
                          stale ? ", stale=true" : "");
}

void
sim_auth_expire (SimAuth *self)
{
  g_queue_clear (&self->order);
  g_hash_table_remove_all (self->nonces);
}
