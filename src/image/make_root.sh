#!/bin/sh
# Makes what the image has besides the library: a Java runtime, the shared libraries that it and
# TensorFlow need, copied from this system, a user, and folders to write to. No shell.
set -eu
root=$1
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v jlink)")")")

rm -rf "$root"
mkdir -p "$root/opt" "$root/etc" "$root/tmp" "$root/models"
jlink --module-path "$java_home/jmods" --add-modules java.se,jdk.crypto.ec,jdk.unsupported,jdk.zipfs \
  --strip-java-debug-attributes --no-header-files --no-man-pages --output "$root/opt/java"
# jlink leaves links, which Jib does not copy.
find "$root/opt/java" -type l | while read -r link; do
  target=$(readlink -f "$link" || true)
  rm "$link"
  [ -f "$target" ] && cp "$target" "$link"
done

# The loader, what the runtime's own libraries link to, and C++ for TensorFlow.
{
  find "$root/opt/java" -name '*.so' -o -path '*/bin/java' | xargs ldd 2>/dev/null
  for name in libstdc++.so.6 libgcc_s.so.1 libm.so.6 librt.so.1 libdl.so.2 libpthread.so.0; do
    ldconfig -p | awk -v name="$name" '$1 == name { print $1, "=>", $NF; exit }'
  done
} | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-/ { print $1 }' | sort -u |
  while read -r library; do
    case $library in "$root"/*) continue ;; esac
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done

echo 'convnet4j:x:65532:65532::/tmp:/sbin/nologin' > "$root/etc/passwd"
echo 'convnet4j:x:65532:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
