/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-display.h"

#include "sim-report.h"

#include <string.h>

/* A page of the minibrowser has some hundred octets. */
#define PAGE_MAX 8192

typedef struct
{
  GSocketConnection *connection;
  char *request;
  char *url;
  gsize got;
  char answer[PAGE_MAX + 1];
} Fetch;

static char *shown; /* one program, one display */

const char *
sim_display_text (void)
{
  return shown != NULL ? shown : "";
}

static void
fetch_free (Fetch *fetch)
{
  g_clear_object (&fetch->connection);
  g_free (fetch->request);
  g_free (fetch->url);
  g_free (fetch);
}

static char *
between (const char *text, const char *open, const char *close)
{
  const char *start = strstr (text, open);
  const char *end = start != NULL ? strstr (start, close) : NULL;

  return end != NULL ? g_strndup (start + strlen (open), (gsize) (end - start) - strlen (open))
                     : NULL;
}

static void
done (Fetch *fetch, const char *why)
{
  JsonObject *line = sim_report_new ("display");
  g_autofree char *title = between (fetch->answer, "<Title>", "</Title>");

  if (why == NULL)
    {
      g_free (shown);
      shown = between (fetch->answer, "<Text>", "</Text>");
    }
  sim_report_set (line, "title", title);
  sim_report_set (line, "text", why == NULL ? shown : NULL);
  sim_report_set (line, "error", why);
  sim_report_send (line);
  fetch_free (fetch);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  fetch->got += (gsize) MAX (n, 0);
  fetch->answer[fetch->got] = '\0';
  if (n > 0 && fetch->got < PAGE_MAX)
    g_input_stream_read_async (G_INPUT_STREAM (source), fetch->answer + fetch->got,
                               PAGE_MAX - fetch->got, G_PRIORITY_DEFAULT, NULL, on_read, fetch);
  else
    done (fetch, g_str_has_prefix (fetch->answer, "HTTP/1.1 200") ? NULL : "no page");
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (fetch->connection)),
                               fetch->answer, PAGE_MAX, G_PRIORITY_DEFAULT, NULL, on_read, fetch);
  else
    done (fetch, "write");
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (GUri) uri = g_uri_parse (fetch->url, G_URI_FLAGS_ENCODED, NULL);

  fetch->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (fetch->connection == NULL)
    {
      done (fetch, "connect");
      return;
    }
  fetch->request =
    g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n",
                     g_uri_get_path (uri), g_uri_get_host (uri), g_uri_get_port (uri));
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (fetch->connection)),
                                   fetch->request, strlen (fetch->request), G_PRIORITY_DEFAULT,
                                   NULL, on_written, fetch);
}

void
sim_display_fetch (SimPhone *phone, const char *url)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) own = g_inet_socket_address_new_from_string (phone->address, 0);
  g_autoptr (GSocketConnectable) there = g_network_address_parse_uri (url, 80, NULL);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->url = g_strdup (url);
  if (there == NULL)
    {
      done (fetch, "not a URL");
      return;
    }
  g_socket_client_set_local_address (client, own);
  g_socket_client_connect_async (client, there, NULL, on_connected, fetch);
}
