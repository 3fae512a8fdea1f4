/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The phone simulator as a process: everything it has said, and a way to tell it things. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *lines;
  GOutputStream *commands;
  gboolean ended; /* it will say no more */
  GPtrArray *log; /* JsonObject, one a line */
  char *host;     /* "127.0.0.1:PORT" of https */
  char *plain;    /* the same of http */
  char *spki;     /* SHA-256 of its public key */
  char *ca;       /* PEM of the issuer, "" when it is self-signed */
} PhonePeer;

/* Starts the program in $PHONE_SIMULATOR with this personality and these further arguments,
   NULL-terminated, and waits until it listens. */
PhonePeer *phone_peer_new (const char *personality, ...) G_GNUC_NULL_TERMINATED;

/* Ends it and waits for its end. */
void phone_peer_free (PhonePeer *self);

/* Sends one command line and waits for the reply, which must be "ok". (transfer none) */
JsonObject *phone_peer_command (PhonePeer *self, const char *line);

/* How many lines so far are requests whose path begins with @path and that were made. */
guint phone_peer_count (PhonePeer *self, const char *path);

/* How many requests so far carried an Authorization header. */
guint phone_peer_count_logins (PhonePeer *self);

/* How many requests so far were answered with this status. */
guint phone_peer_count_status (PhonePeer *self, gint64 status);

/* Runs the loop until a line with this event and, when @member is not NULL, this text in that
   member has come; lines from @from on count. Returns its index. */
guint phone_peer_wait (PhonePeer *self, guint from, const char *event, const char *member,
                       const char *text);

/* What stands in a setting of the phone. (transfer full) */
char *phone_peer_get (PhonePeer *self, const char *setting);

/* Runs the loop until *flag is set; fails the test after 20 s. */
void run_until (gboolean *flag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhonePeer, phone_peer_free)

G_END_DECLS
