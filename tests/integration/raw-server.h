/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What follows the text of an answer. */
typedef enum
{
  RAW_KEEP,    /* the next request may come */
  RAW_CLOSE,   /* the connection ends */
  RAW_RESET,   /* it is torn down */
  RAW_HANG,    /* nothing, for ever */
  RAW_DRIP,    /* an octet now and then, for ever */
  RAW_ENDLESS, /* as much as the other end takes, for ever */
} RawThen;

/* One answer; @text goes out as it is. */
typedef struct
{
  const char *text;
  RawThen then;
} RawAnswer;

/* A web server that says what it is told, in this process and its loop. */
typedef struct
{
  GSocketService *service;
  char *host;              /* "127.0.0.1:PORT" */
  const RawAnswer *script; /* one for each request; the last one for all after it */
  guint n_script;
  guint n_requests;
  guint n_connections;
  guint n_links;    /* open now */
  gsize n_octets;   /* sent */
  GPtrArray *heads; /* of the requests, as they came */
} RawServer;

RawServer *raw_server_new (const RawAnswer *script, guint n_script);
void raw_server_free (RawServer *self);

/* Requests so far whose head has this in it. */
guint raw_server_count (RawServer *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
