# Sourced by test, after prepare.sh: compiles ahead what was built, as in the release. Tests start hundreds of boxes and workers, and each would
# compile itself first, which is a sixth of the processor time of a box that makes a few segments (docs/testing.md).

# What was compiled is kept by the digest of what it was compiled of.
ahead=$artifacts/ahead

# Only what the tests start or are; the packages beside them hardly run.
ahead_of() {
  ls "$house"/src/Appliance/bin/"$configuration"/net10.0/*.dll "$house"/src/Transcode.Engine/bin/"$configuration"/net10.0/Transcode.Engine.dll \
    "$house"/tests/*/bin/"$configuration"/net10.0/{Appliance,Rewards,Transcode,xunit.v3}*.dll 2>/dev/null
}

compile_one() { # DIGEST FILE
  local kept=$ahead/$1.dll
  [ -e "$kept" ] && return
  # Where it cannot be compiled, as what is compiled already, it stays as it is.
  if "$crossgen" "$2" -o "$kept.part" --targetos:linux --targetarch:x64 -O -r "$framework/Microsoft.NETCore.App/$runtime/*.dll" \
    -r "$framework/Microsoft.AspNetCore.App/$runtime/*.dll" -r "$(dirname "$2")/*.dll" >"$ahead/$1.log" 2>&1; then
    mv "$kept.part" "$kept" && rm "$ahead/$1.log"
  fi
}

compile_ahead() {
  local digest file files
  mkdir -p "$ahead"
  find "$ahead" -maxdepth 1 -type f -mtime +7 -delete
  crossgen=$(dotnet msbuild "$house/scripts/ahead.proj" -restore -nologo -v:m -t:Where -nodeReuse:false | tail -1)
  crossgen=${crossgen// /}
  framework=$DOTNET_ROOT/shared
  runtime=$(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \(10\.[^ ]*\) .*/\1/p' | sort -V | tail -1)
  [ -x "$crossgen" ] && [ -d "$framework/Microsoft.AspNetCore.App/$runtime" ] || return
  export crossgen framework runtime ahead
  export -f compile_one
  # The largest first; what lies in several folders once.
  files=$(ahead_of | xargs -d '\n' ls -S | xargs -d '\n' sha256sum)
  awk '!seen[$1]++ { print $1; print $2 }' <<<"$files" | xargs -d '\n' -P "$(nproc)" -n 2 bash -c 'compile_one "$0" "$1"'
  while read -r digest file; do
    [ ! -e "$ahead/$digest.dll" ] || { cp "$ahead/$digest.dll" "$file.ahead" && mv "$file.ahead" "$file"; } || return
  done <<<"$files"
}
