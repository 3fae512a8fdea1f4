/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ntlm.h"

/* One sign-in of an invented user, every number computed by a program that was first run over the
 * published values of [MS-NLMP] 4.2.4 and over a recorded real sign-in. Used by the tests of all
 * layers: keys, handshake, signature text, mechanism, association. */

/* clang-format off */

#define EXAMPLE_USER "anna.berg"
#define EXAMPLE_DOMAIN "FABRIKAM"
#define EXAMPLE_PASSWORD "Tr0ut&Lemon-42"
#define EXAMPLE_WORKSTATION "DESK-0417"
#define EXAMPLE_REALM "SIP Communications Service"
#define EXAMPLE_TARGET "fe02.corp.fabrikam.test"
#define EXAMPLE_FLAGS 0x62988255U
#define EXAMPLE_SESSION_KEY "7a1f3c5502e94bd8a6106ec9f384b72d"

/* 212 octets, hexadecimal */
#define EXAMPLE_CHALLENGE \
  "4e544c4d53535000020000000000000038000000f38298e25b1ec07a92d34f680000000000000000" \
  "9c009c00380000000502ce0e0000000f02001000460041004200520049004b0041004d0001000800" \
  "46004500300032000400240063006f00720070002e00660061006200720069006b0061006d002e00" \
  "740065007300740003002e0066006500300032002e0063006f00720070002e006600610062007200" \
  "69006b0061006d002e00740065007300740005001a00660061006200720069006b0061006d002e00" \
  "740065007300740000000000"

/* the same as gssapi-data has it */
#define EXAMPLE_CHALLENGE_BASE64 \
  "TlRMTVNTUAACAAAAAAAAADgAAADzgpjiWx7AepLTT2gAAAAAAAAAAJwAnAA4AAAABQLODgAAAA8CABAA" \
  "RgBBAEIAUgBJAEsAQQBNAAEACABGAEUAMAAyAAQAJABjAG8AcgBwAC4AZgBhAGIAcgBpAGsAYQBtAC4A" \
  "dABlAHMAdAADAC4AZgBlADAAMgAuAGMAbwByAHAALgBmAGEAYgByAGkAawBhAG0ALgB0AGUAcwB0AAUA" \
  "GgBmAGEAYgByAGkAawBhAG0ALgB0AGUAcwB0AAAAAAA="

/* 368 octets */
#define EXAMPLE_AUTHENTICATE \
  "4e544c4d5353500003000000180018007c000000cc00cc0094000000100010004800000012001200" \
  "58000000120012006a0000001000100060010000558298620501280a0000000f4600410042005200" \
  "49004b0041004d0061006e006e0061002e0062006500720067004400450053004b002d0030003400" \
  "31003700bf214aa923b3c71984e64aaf81b2dd9dc3d07e1195ab6c20bf2428142d260f10847e4628" \
  "44121414010100000000000000b55ff4d1d1ca01c3d07e1195ab6c20000000000200100046004100" \
  "4200520049004b0041004d000100080046004500300032000400240063006f00720070002e006600" \
  "61006200720069006b0061006d002e00740065007300740003002e0066006500300032002e006300" \
  "6f00720070002e00660061006200720069006b0061006d002e00740065007300740005001a006600" \
  "61006200720069006b0061006d002e00740065007300740000000000000000009c4186c626b2e899" \
  "514bdd886a0b3e1f"

/* the same as gssapi-data has it */
#define EXAMPLE_AUTHENTICATE_BASE64 \
  "TlRMTVNTUAADAAAAGAAYAHwAAADMAMwAlAAAABAAEABIAAAAEgASAFgAAAASABIAagAAABAAEABgAQAA" \
  "VYKYYgUBKAoAAAAPRgBBAEIAUgBJAEsAQQBNAGEAbgBuAGEALgBiAGUAcgBnAEQARQBTAEsALQAwADQA" \
  "MQA3AL8hSqkjs8cZhOZKr4Gy3Z3D0H4RlatsIL8kKBQtJg8QhH5GKEQSFBQBAQAAAAAAAAC1X/TR0coB" \
  "w9B+EZWrbCAAAAAAAgAQAEYAQQBCAFIASQBLAEEATQABAAgARgBFADAAMgAEACQAYwBvAHIAcAAuAGYA" \
  "YQBiAHIAaQBrAGEAbQAuAHQAZQBzAHQAAwAuAGYAZQAwADIALgBjAG8AcgBwAC4AZgBhAGIAcgBpAGsA" \
  "YQBtAC4AdABlAHMAdAAFABoAZgBhAGIAcgBpAGsAYQBtAC4AdABlAHMAdAAAAAAAAAAAAJxBhsYmsuiZ" \
  "UUvdiGoLPh8="

/* final REGISTER of the handshake, version 4, client keys */
#define EXAMPLE_S1 \
  "<NTLM><a61f09d3><1><SIP Communications Service><fe02.corp.fabrikam.test><5d0e8a4" \
  "1b7c94f3c9d21><3><REGISTER><sip:anna.berg@fabrikam.test><60ab51c7d2><sip:anna.be" \
  "rg@fabrikam.test><><><><>"

/* its 200, server keys */
#define EXAMPLE_S2 \
  "<NTLM><3C91D0E7><1><SIP Communications Service><fe02.corp.fabrikam.test><5d0e8a4" \
  "1b7c94f3c9d21><3><REGISTER><sip:anna.berg@fabrikam.test><60ab51c7d2><sip:anna.be" \
  "rg@fabrikam.test><D2B07711E95F4C08A1637FCC20B9E543><><><7200><200>"

/* SERVICE to self, client keys */
#define EXAMPLE_S3 \
  "<NTLM><0b7d42e8><2><SIP Communications Service><fe02.corp.fabrikam.test><77b1c2f" \
  "0e6d84b0fa2cc><1><SERVICE><sip:anna.berg@fabrikam.test><8831f0aa4e><sip:anna.ber" \
  "g@fabrikam.test><><><><>"

/* INVITE received, server keys */
#define EXAMPLE_S4 \
  "<NTLM><58E2B60F><9><SIP Communications Service><fe02.corp.fabrikam.test><b9d3f1e" \
  "2a0c44d6f8812><1><INVITE><sip:piotr.lang@fabrikam.test><1c2b3a4d5e><sip:anna.ber" \
  "g@fabrikam.test><><sip:piotr.lang@fabrikam.test><tel:+442079460123;ext=123><>"

/* the 200 as a server of version 2 signs it */
#define EXAMPLE_S2_VERSION_2 \
  "<NTLM><3C91D0E7><1><SIP Communications Service><fe02.corp.fabrikam.test><5d0e8a4" \
  "1b7c94f3c9d21><3><REGISTER><sip:anna.berg@fabrikam.test><60ab51c7d2><D2B07711E95" \
  "F4C08A1637FCC20B9E543><7200><200>"

#define EXAMPLE_S1_SIGNATURE "01000000e0e8e7aeb83fd8a564000000"
#define EXAMPLE_S2_SIGNATURE "01000000f7b7dcbde9fa1fbb64000000"
#define EXAMPLE_S3_SIGNATURE "0100000098e300771452901e64000000"
#define EXAMPLE_S4_SIGNATURE "010000005df476817673413d64000000"
#define EXAMPLE_S2_VERSION_2_SIGNATURE "0100000040812466ceb69bc264000000"

/* clang-format on */

/**
 * oh_example_octets:
 * @hex: lower-case hexadecimal digits, an even number of them
 *
 * Returns: (transfer full): the octets
 */
GBytes *oh_example_octets (const char *hex);

/**
 * oh_example_hex:
 * @data: octets
 * @len: how many
 *
 * Returns: (transfer full): lower-case hexadecimal digits
 */
char *oh_example_hex (const guint8 *data, gsize len);

/**
 * oh_example_fresh:
 *
 * Returns: the example's random octets and time
 */
OhNtlmFresh oh_example_fresh (void);
