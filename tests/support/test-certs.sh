#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A certificate authority and server certificates for tests, from nothing, in a fraction of a
# second.
#
#   test-certs.sh DIR [NAME...]      (default: fe1.fabrikam.test other.fabrikam.test)
#
# Leaves DIR/ca.pem and DIR/ca.key, and for each NAME (host name or IPv4 address)
# DIR/NAME.pem: certificate and key in one file, NAME as the only subject alternative name,
# DIR/NAME.crt and DIR/NAME.key: the same, apart, and DIR/NAME.fingerprint: SHA-256 in lower-case
# hex. "NAME=OTHER" makes DIR/NAME.pem with a certificate for OTHER, for tests of names that do
# not fit. An authority that is there is used again. CERT_DAYS says how long they are valid (30): -1
# makes expired ones.
set -eu

dir=$1
shift
[ $# -gt 0 ] || set -- fe1.fabrikam.test other.fabrikam.test
mkdir -p "$dir"
umask 077

if [ ! -f "$dir/ca.pem" ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 400 \
    -subj '/O=Offhook Tests/CN=Offhook Test CA' \
    -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$dir/ca.key" -out "$dir/ca.pem" 2>"$dir/openssl.log"
fi

for entry; do
  file=${entry%%=*}
  name=${entry#*=}
  case $name in
    *[!0-9.]*) kind=DNS ;;
    *) kind=IP ;;
  esac
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
    -subj "/O=Offhook Tests/CN=$name" -keyout "$dir/$file.key" -out "$dir/$file.csr" \
    2>>"$dir/openssl.log"
  printf '%s\n' "subjectAltName=$kind:$name" 'basicConstraints=CA:FALSE' \
    'keyUsage=critical,digitalSignature' 'extendedKeyUsage=serverAuth,clientAuth' \
    'authorityKeyIdentifier=keyid' 'subjectKeyIdentifier=hash' >"$dir/$file.ext"
  openssl x509 -req -in "$dir/$file.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" \
    -set_serial "0x$(openssl rand -hex 8)" -days "${CERT_DAYS:-30}" -sha256 -extfile "$dir/$file.ext" \
    -out "$dir/$file.crt" 2>>"$dir/openssl.log"
  cat "$dir/$file.crt" "$dir/$file.key" >"$dir/$file.pem"
  openssl x509 -in "$dir/$file.crt" -noout -fingerprint -sha256 |
    sed 's/.*=//; s/://g' | tr 'A-F' 'a-f' >"$dir/$file.fingerprint"
  rm -f "$dir/$file.csr" "$dir/$file.ext"
done
