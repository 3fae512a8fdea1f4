/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * assert_told:
 * @self: a fixture with a GString "told", into which everything that is told is written
 * @expected: what was told since the last look, in order
 *
 * Compares, and begins anew.
 */
#define assert_told(self, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_assert_cmpstr ((self)->told->str, ==, expected);                                             \
    g_string_truncate ((self)->told, 0);                                                           \
  }                                                                                                \
  G_STMT_END
