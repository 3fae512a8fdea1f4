/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-phone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
title (const OhSeenPhone *seen, const char *what)
{
  return g_strdup_printf (_ ("Phone %s: %s"), seen->id, what);
}

static void
tell_ok (const OhSeenPhone *seen, OhDoctorCode code, const char *what, char *cause,
         GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_OK, code, title (seen, what), cause, NULL);
}

/* --- where the way ends --------------------------------------------------------------------- */

static const struct
{
  OhDoctorCode code;
  const char *what;
  const char *remedy;
} faults[OH_N_SEEN_PHONES] = {
  [OH_SEEN_PHONE_SETTINGS] = { OH_DOCTOR_PHONE_SETTINGS, N_ ("a setting cannot be used"),
                               N_ ("Correct it; where it is locked, ask the administrator.") },
  [OH_SEEN_PHONE_UNREACHABLE] = { OH_DOCTOR_PHONE_UNREACHABLE, N_ ("does not answer"),
                                  N_ ("Check that it is on, that its address is the one its "
                                      "display shows, and that its web server is switched on for "
                                      "this port.") },
  [OH_SEEN_PHONE_UNTRUSTED] = { OH_DOCTOR_PHONE_CERTIFICATE_REFUSED,
                                N_ ("its certificate is not accepted"),
                                N_ (
                                  "Where the message names a setting of the phone, that is what "
                                  "helps. Otherwise compare the fingerprint with the phone's own, "
                                  "then accept it with “offhook phone trust”; or have its "
                                  "authority named in the phone's setting “ca-file”.") },
  [OH_SEEN_PHONE_CHANGED] = { OH_DOCTOR_PHONE_CERTIFICATE_CHANGED, N_ ("shows another key"),
                              N_ ("If it was reset or replaced, compare the fingerprint with the "
                                  "phone's own and accept it with “offhook phone trust”. If not, "
                                  "somebody may stand between: ask the administrator.") },
  [OH_SEEN_PHONE_LOGIN] = { OH_DOCTOR_PHONE_LOGIN_REFUSED, N_ ("refuses the login"),
                            N_ ("Store the user name and the password of its own web page: "
                                "setting “user”, then “offhook password phone”. It was not tried "
                                "again: few failures lock everybody out.") },
  [OH_SEEN_PHONE_LOCKED_OUT] = { OH_DOCTOR_PHONE_LOCKED_OUT, N_ ("refuses everybody for a while"),
                                 N_ ("Wait until then, and store the right password before. "
                                     "Somebody else, or another program, may have the wrong "
                                     "one.") },
  [OH_SEEN_PHONE_HIDDEN_TAGS] = { OH_DOCTOR_PHONE_HIDDEN_TAGS, N_ ("takes no commands"),
                                  N_ ("Switch “use_hidden_tags” and “restrict_uri_queries” off on "
                                      "its web page (Advanced, QoS/Security), or have the "
                                      "administrator provision it so.") },
  [OH_SEEN_PHONE_REFUSES] = { OH_DOCTOR_PHONE_REFUSES, N_ ("refuses remote control"),
                              N_ ("Change the setting of the phone that the message names.") },
  [OH_SEEN_PHONE_UNSUPPORTED] = { OH_DOCTOR_PHONE_UNSUPPORTED, N_ ("cannot be driven"),
                                  N_ ("Check that the address is that of a snom 3xx or 7xx; the "
                                      "D8xx generation has no remote control by http.") },
};

/* Returns: whether the way goes on beyond @fault */
static gboolean
is_beyond (const OhSeenPhone *seen, OhSeenPhoneFault fault)
{
  return seen->fault > fault;
}

static void
tell_fault (const OhSeenPhone *seen, GPtrArray *findings)
{
  g_autoptr (GString) cause = g_string_new (seen->reason);

  if (seen->fault == OH_SEEN_PHONE_HIDDEN_TAGS && seen->switch_name != NULL &&
      strstr (cause->str, seen->switch_name) == NULL)
    g_string_append_printf (cause, _ (" The setting that is on: %s."), seen->switch_name);
  if (seen->certificate != NULL &&
      (seen->fault == OH_SEEN_PHONE_UNTRUSTED || seen->fault == OH_SEEN_PHONE_CHANGED))
    {
      g_autofree char *text = oh_seen_certificate_text (seen->certificate);

      g_string_append_printf (cause, " %s", text);
    }
  oh_doctor_find (findings, OH_FINDING_ERROR, faults[seen->fault].code,
                  title (seen, _ (faults[seen->fault].what)),
                  g_string_free (g_steal_pointer (&cause), FALSE), _ (faults[seen->fault].remedy));
}

/* --- certificate ---------------------------------------------------------------------------- */

static const char *
trust_text (const char *trust)
{
  static const struct
  {
    const char *word, *text;
  } texts[] = {
    { "ca", N_ ("by its authority") },
    { "factory", N_ ("by the vendor's authority and the MAC in it") },
    { "pin", N_ ("by the key that was compared") },
    { "first-use", N_ ("by the key that was seen first") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (trust, texts[i].word))
      return _ (texts[i].text);
  return trust;
}

static void
tell_dates (const OhSeenPhone *seen, GPtrArray *findings)
{
  const OhSeenCertificate *certificate = seen->certificate;

  if (certificate == NULL || certificate->until_s == 0 ||
      certificate->until_s - seen->now_s >= OH_DOCTOR_CERTIFICATE_WARN_S)
    return;
  /* A pinned key stays trusted, whatever the date says. */
  oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_PHONE_CERTIFICATE_ENDS_SOON,
                  title (seen, certificate->until_s < seen->now_s
                                 ? _ ("its certificate has expired")
                                 : _ ("its certificate ends soon")),
                  oh_seen_certificate_text (certificate),
                  g_str_equal (seen->trust, "ca") || g_str_equal (seen->trust, "factory")
                    ? _ ("Have it renewed before: then the phone would not be accepted any more.")
                    : _ ("The phone is trusted by its key, so nothing breaks; renew it when you "
                         "can."));
}

static void
tell_certificate (const OhSeenPhone *seen, GPtrArray *findings)
{
  g_autofree char *text =
    seen->certificate != NULL ? oh_seen_certificate_text (seen->certificate) : g_strdup ("");

  if (seen->plain || g_str_equal (seen->trust, "none"))
    {
      oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_PHONE_CERTIFICATE_UNCHECKED,
                      title (seen, seen->plain ? _ ("is spoken to in the open")
                                               : _ ("its certificate is not checked")),
                      g_strdup (_ ("Anybody on the way can read or change what is said, the "
                                   "password included.")),
                      _ ("Set the phone's “scheme” to “https” and “trust” to “first-use”."));
      return;
    }
  tell_ok (seen, OH_DOCTOR_PHONE_CERTIFICATE_GOOD, _ ("its certificate is accepted"),
           g_strdup_printf (_ ("Accepted %s. Key: %s. %s"), trust_text (seen->trust),
                            seen->fingerprint != NULL ? seen->fingerprint : "–", text),
           findings);
  tell_dates (seen, findings);
}

/* --- login, commands ------------------------------------------------------------------------ */

static void
tell_login (const OhSeenPhone *seen, GPtrArray *findings)
{
  if (seen->unprotected)
    oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_PHONE_UNPROTECTED,
                    title (seen, _ ("lets everybody in")),
                    g_strdup (_ ("It asks for no password: everybody on the network can make it "
                                 "dial.")),
                    _ ("Set a user name and a password on its web page, then store them with "
                       "“offhook password phone”."));
  else
    tell_ok (seen, OH_DOCTOR_PHONE_LOGIN_GOOD, _ ("accepts the login"), NULL, findings);
}

/* --- events --------------------------------------------------------------------------------- */

static char *
since_text (const OhSeenPhone *seen)
{
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_local (seen->last_event_s);

  return last != NULL ? g_date_time_format (last, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
}

static void
tell_events_missing (const OhSeenPhone *seen, GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_WARNING, OH_DOCTOR_PHONE_EVENTS_MISSING,
                  title (seen, _ ("does not report its calls")),
                  g_strdup (seen->reason != NULL
                              ? seen->reason
                              : _ ("It was not told where to, or did not take it. What becomes of "
                                   "a dialled call stays unknown.")),
                  _ ("Look at the phone's action URLs (Setup, Function keys, Action URL settings): "
                     "the places for calls must be empty or Offhook's. A login with administrator "
                     "rights may be needed."));
}

static void
tell_listener (const OhSeenPhone *seen, GPtrArray *findings)
{
  oh_doctor_find (
    findings, OH_FINDING_WARNING, OH_DOCTOR_PHONE_LISTENER_CLOSED,
    title (seen, _ ("cannot report its calls here")),
    g_strdup_printf (_ ("%s takes no connection: %s"), seen->listener, seen->listener_error),
    _ ("Let this port in through the firewall of this computer, from the phone's "
       "address."));
}

static void
tell_events (const OhSeenPhone *seen, GPtrArray *findings)
{
  g_autofree char *since = since_text (seen);
  const char *listener = seen->listener != NULL ? seen->listener : "–";

  if (!seen->events_wanted)
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_PHONE_EVENTS_OFF,
                    title (seen, _ ("is not asked to report its calls")),
                    g_strdup (_ ("Its setting “events” is “off”. Presence does not follow its "
                                 "calls then.")),
                    NULL);
  else if (!seen->watched)
    tell_events_missing (seen, findings);
  else if (seen->listener_error != NULL)
    tell_listener (seen, findings);
  else if (seen->last_event_s != 0)
    tell_ok (seen, OH_DOCTOR_PHONE_EVENTS_ARRIVE, _ ("reports its calls"),
             g_strdup_printf (_ ("To %s, the last time at %s."), listener, since), findings);
  else
    oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_PHONE_EVENTS_SET,
                    title (seen, _ ("is set up to report its calls")),
                    g_strdup_printf (_ ("To %s; nothing has come yet. Lift the receiver for a "
                                        "moment and check again: if still nothing comes, a "
                                        "firewall is in the way."),
                                     listener),
                    NULL);
}

static gboolean
is_csta (const OhSeenPhone *seen)
{
  return seen->driver != NULL && g_str_equal (seen->driver, "csta");
}

static void
tell_driver (const OhSeenPhone *seen, GPtrArray *findings)
{
  const char *how =
    is_csta (seen) ? _ ("is driven by uaCSTA over SIP") : _ ("is driven by its web page");

  if (seen->driver != NULL)
    tell_ok (seen, OH_DOCTOR_PHONE_DRIVEN, how, g_strdup (seen->driver_why), findings);
}

/* A key that does something else than expected is set so at the phone. */
static char *
keys_text (const OhSeenPhone *seen)
{
  if (seen->keys == NULL || seen->keys[0] == '\0')
    return NULL;
  return g_strdup_printf (_ ("What its keys do: %s."), seen->keys);
}

void
oh_judge_phone (const OhSeenPhone *seen, GPtrArray *findings)
{
  g_autofree char *answers = g_strdup_printf (_ ("%s, within %" G_GINT64_FORMAT " ms."), seen->host,
                                              (seen->took_us + 999) / 1000);

  if (is_beyond (seen, OH_SEEN_PHONE_UNREACHABLE))
    tell_ok (seen, OH_DOCTOR_PHONE_REACHED, _ ("answers"), g_steal_pointer (&answers), findings);
  if (is_beyond (seen, OH_SEEN_PHONE_CHANGED))
    tell_certificate (seen, findings);
  if (is_beyond (seen, OH_SEEN_PHONE_LOCKED_OUT))
    tell_login (seen, findings);
  if (is_beyond (seen, OH_SEEN_PHONE_LOCKED_OUT) && seen->model != NULL)
    tell_ok (seen, OH_DOCTOR_PHONE_MODEL, seen->model, keys_text (seen), findings);
  if (seen->fault != OH_SEEN_PHONE_READY)
    {
      tell_fault (seen, findings);
      return;
    }
  tell_ok (seen, OH_DOCTOR_PHONE_TAKES_COMMANDS, _ ("takes commands"),
           is_csta (seen) ? NULL : g_strdup (_ ("Hidden tags are off.")), findings);
  tell_driver (seen, findings);
  if (is_csta (seen) && seen->watched)
    tell_ok (seen, OH_DOCTOR_PHONE_EVENTS_ARRIVE, _ ("reports its calls"),
             g_strdup (_ ("Over the connection that drives it.")), findings);
  else
    tell_events (seen, findings);
}

void
oh_judge_no_phone (GPtrArray *findings)
{
  oh_doctor_find (findings, OH_FINDING_INFO, OH_DOCTOR_PHONE_NONE,
                  g_strdup (_ ("Phone: none is set up")), NULL,
                  _ ("Add yours with “offhook phone add HOST”, or “Add Phone…” in the menu."));
}
