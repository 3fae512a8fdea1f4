/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge-server.h"

G_BEGIN_DECLS

/**
 * OhSeenPhoneFault:
 * @OH_SEEN_PHONE_READY: it can be driven
 * @OH_SEEN_PHONE_SETTINGS: a setting of it cannot be used; nothing was tried
 * @OH_SEEN_PHONE_UNREACHABLE: no answer
 * @OH_SEEN_PHONE_UNTRUSTED: its certificate is not accepted
 * @OH_SEEN_PHONE_CHANGED: as UNTRUSTED: its key is another than the trusted one
 * @OH_SEEN_PHONE_LOGIN: it refuses the login, or wants one
 * @OH_SEEN_PHONE_LOCKED_OUT: it refuses everybody for a while
 * @OH_SEEN_PHONE_HIDDEN_TAGS: a setting keeps it from taking commands
 * @OH_SEEN_PHONE_REFUSES: it refuses for another reason
 * @OH_SEEN_PHONE_UNSUPPORTED: it cannot be driven at all
 *
 * Where the way to a phone ends, in the order of the way.
 */
typedef enum
{
  OH_SEEN_PHONE_SETTINGS,
  OH_SEEN_PHONE_UNREACHABLE,
  OH_SEEN_PHONE_UNTRUSTED,
  OH_SEEN_PHONE_CHANGED,
  OH_SEEN_PHONE_LOGIN,
  OH_SEEN_PHONE_LOCKED_OUT,
  OH_SEEN_PHONE_HIDDEN_TAGS,
  OH_SEEN_PHONE_REFUSES,
  OH_SEEN_PHONE_UNSUPPORTED,
  OH_SEEN_PHONE_READY,
  OH_N_SEEN_PHONES,
} OhSeenPhoneFault;

/**
 * OhSeenPhone:
 * @id: as in the settings
 * @host: "host[:port]"
 * @plain: http without TLS
 * @fault: where the way ends
 * @reason: (nullable): the phone's, or of the missing events, one sentence
 * @took_us: until it was known
 * @trust: how its certificate is judged: "ca", "factory", "pin", "first-use", "none"
 * @fingerprint: (nullable): of the key that it shows
 * @certificate: (nullable): what it shows
 * @now_s: our clock, seconds since 1970 UTC
 * @has_login: a user name is set
 * @unprotected: it lets everybody in
 * @model: (nullable): model, firmware and MAC in words
 * @keys: (nullable): its settings that change what its keys do, "NAME=VALUE, …"
 * @switch_name: (nullable): the phone's setting that keeps it from taking commands
 * @events_wanted: the settings want it to report its calls
 * @watched: it was told where to, and took it
 * @listener: (nullable): "192.0.2.9:4711", where this computer waits for its reports
 * @listener_error: (nullable): why that takes no connection
 * @last_event_s: when it reported last, seconds since 1970 UTC; 0 for never
 * @driver: (nullable): "http" or "csta", where there are several ways to drive it
 * @driver_why: (nullable): why in this one
 *
 * What was seen on the way to a phone. Strings are borrowed for the call.
 */
typedef struct
{
  const char *id;
  const char *host;
  gboolean plain;
  OhSeenPhoneFault fault;
  const char *reason;
  gint64 took_us;
  const char *trust;
  const char *fingerprint;
  const OhSeenCertificate *certificate;
  gint64 now_s;
  gboolean has_login;
  gboolean unprotected;
  const char *model;
  const char *keys;
  const char *switch_name;
  gboolean events_wanted;
  gboolean watched;
  const char *listener;
  const char *listener_error;
  gint64 last_event_s;
  const char *driver;
  const char *driver_why;
} OhSeenPhone;

/**
 * oh_judge_phone:
 * @seen: the way to one phone
 * @findings: (element-type OhFinding): where findings are added
 */
void oh_judge_phone (const OhSeenPhone *seen, GPtrArray *findings);

/**
 * oh_judge_no_phone:
 * @findings: (element-type OhFinding): where the finding is added
 */
void oh_judge_no_phone (GPtrArray *findings);

G_END_DECLS
