#!/usr/bin/env bash
# make-certificates.sh FOLDER NAME...: an authority of your own, and a certificate signed by it for every name.
# Writes FOLDER/ca.crt and FOLDER/ca.key (once; they are used again), FOLDER/NAME.crt and FOLDER/NAME.key.
set -euo pipefail
umask 022
folder=${1:?a folder for the files}
shift
[ $# -gt 0 ] || { echo "a name for every node, for example: coordinator worker-1 worker-2" >&2; exit 2; }

# Only its owner may look into the folder. The keys in it can be read by whoever they are handed to, which is how a container
# reads one that is mounted; ca.key is for nobody but the owner.
mkdir -p "$folder"
chmod 700 "$folder"

if [ ! -f "$folder/ca.crt" ]; then
  (umask 077; openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/ca.key" 2>/dev/null)
  openssl req -x509 -new -key "$folder/ca.key" -sha256 -days 3650 -subj "/CN=actorload cluster" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign" -out "$folder/ca.crt"
fi

for name in "$@"; do
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/$name.key" 2>/dev/null
  openssl req -new -key "$folder/$name.key" -subj "/CN=$name" \
    -addext "basicConstraints=critical,CA:FALSE" -addext "extendedKeyUsage=serverAuth,clientAuth" -addext "subjectAltName=DNS:$name" |
    openssl x509 -req -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -sha256 -days 825 -copy_extensions copyall \
      -out "$folder/$name.crt" 2>/dev/null
  chmod 644 "$folder/$name.key"
  echo "$folder/$name.crt"
done
