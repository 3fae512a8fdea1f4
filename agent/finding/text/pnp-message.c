/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pnp-message.h"

#include <string.h>

#include "hardware-address.h"

/* The user part: "MAC%3a" or "MAC:", and the digits. */
static char *
mac_of_uri (OhSlice uri)
{
  OhSlice scheme = oh_slice_eat_until (&uri, ":");

  if (!oh_slice_eat (&uri, ':') ||
      !(oh_slice_equal_case (scheme, "sip") || oh_slice_equal_case (scheme, "sips")))
    return NULL;
  if (oh_slice_has_prefix_case (uri, "MAC%3a"))
    uri = oh_slice (uri.data + 6, uri.len - 6);
  else if (oh_slice_has_prefix_case (uri, "MAC:"))
    uri = oh_slice (uri.data + 4, uri.len - 4);
  else
    return NULL;
  return oh_hardware_address_parse (oh_slice_eat_until (&uri, "@;?"));
}

/* Only what can be shown and logged as it is. */
static char *
dup_word (OhSlice value)
{
  if (value.len == 0 || value.len > OH_PNP_WORD_MAX)
    return NULL;
  for (gsize i = 0; i < value.len; i++)
    if (!g_ascii_isalnum (value.data[i]) && value.data[i] != '.' && value.data[i] != '-')
      return NULL;
  return oh_slice_dup (value);
}

/* Behind "ua-profile": ;name=value;name="value" ... (RFC 3261 25.1, generic-param) */
static void
read_parameters (OhSlice rest, OhPnpRequest *out)
{
  while (oh_slice_eat_space (&rest), oh_slice_eat (&rest, ';'))
    {
      OhSlice name, value;

      oh_slice_eat_space (&rest);
      name = oh_slice_eat_token (&rest);
      oh_slice_eat_space (&rest);
      if (!oh_slice_eat (&rest, '='))
        continue;
      oh_slice_eat_space (&rest);
      if (!oh_slice_eat_quoted (&rest, &value))
        value = oh_slice_eat_until (&rest, "; \t");
      if (oh_slice_equal_case (name, "model") && out->model == NULL &&
          !oh_slice_equal_case (value, "OEM"))
        out->model = dup_word (value);
      else if (oh_slice_equal_case (name, "version") && out->firmware == NULL)
        out->firmware = dup_word (value);
    }
}

/* Returns: whether the header lines name the package */
static gboolean
read_headers (OhSlice rest, OhPnpRequest *out)
{
  while (rest.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&rest, "\r\n");
      OhSlice name;

      oh_slice_eat (&rest, '\r');
      oh_slice_eat (&rest, '\n');
      if (line.len == 0)
        return FALSE; /* the body begins */
      name = oh_slice_trim (oh_slice_eat_until (&line, ":"));
      if (!oh_slice_equal_case (name, "event") && !oh_slice_equal_case (name, "o"))
        continue;
      oh_slice_eat (&line, ':');
      oh_slice_eat_space (&line);
      if (!oh_slice_equal_case (oh_slice_eat_token (&line), "ua-profile"))
        return FALSE;
      read_parameters (line, out);
      return TRUE;
    }
  return FALSE;
}

OhPnpRequest *
oh_pnp_request_parse (OhSlice datagram)
{
  g_autoptr (OhPnpRequest) request = g_new0 (OhPnpRequest, 1);
  OhSlice line;

  if (datagram.len > OH_PNP_MAX)
    return NULL;
  line = oh_slice_eat_until (&datagram, "\r\n");
  oh_slice_eat (&datagram, '\r');
  oh_slice_eat (&datagram, '\n');
  if (!oh_slice_equal (oh_slice_eat_until (&line, " "), "SUBSCRIBE") || !oh_slice_eat (&line, ' '))
    return NULL;
  request->mac = mac_of_uri (oh_slice_eat_until (&line, " "));
  if (request->mac == NULL || !oh_slice_equal (line, " SIP/2.0") ||
      !read_headers (datagram, request))
    return NULL;
  return g_steal_pointer (&request);
}

void
oh_pnp_request_free (OhPnpRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->mac);
  g_free (self->model);
  g_free (self->firmware);
  g_free (self);
}
